import { describe, expect, it } from 'vitest'
import { CASE, createHouse, REPORTER } from '../house.ts'
import type { House } from '../house.ts'
import { requestAndApprove, submit, RELEASE, untilPrenotified } from '../story.ts'

const NORTH = 'security@north.example'
const SOUTH = 'security@south.example'
const ANNOUNCE = 'announce@quillmark.example'
const OSS = 'oss-security@lists.example'

/** Sends what is due, and returns the address of each mail. */
async function leaves(house: House): Promise<readonly string[]> {
  const before = house.relay.mails.length
  await house.drain()
  return house.relay.mails.slice(before).map(({ envelopeTo }) => envelopeTo)
}

const release = async (house: House) => (await house.engine.queries.world(CASE))?.release
const parked = async (house: House) => (await release(house))?.parked ?? []

/** Acts as a person who requests that each waiting mail is sent again. */
async function sendAgain(house: House): Promise<void> {
  for (const { effect } of await parked(house))
    await submit(house, 'ana', { verb: 'settle', case: CASE, effect, outcome: 'again' })
}

const hold = { verb: 'hold', case: CASE, reason: 'the patch breaks login' } as const

describe('a hold', () => {
  it('stops a pre-notification that was approved and has not left, until two people say go', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await submit(house, 'ben', hold)
    expect(await leaves(house)).toEqual([REPORTER])
    expect((await parked(house)).map(({ because }) => because)).toEqual(
      Array.from({ length: 3 }, () => expect.stringContaining('The release is on hold, so nothing of it is sent.')),
    )
    await requestAndApprove(house, { verb: 'hold.off', case: CASE })
    await sendAgain(house)
    expect((await leaves(house)).toSorted()).toEqual([ANNOUNCE, NORTH, SOUTH])
  })

  it('stops a publication that is running: what has left stays, and nothing more leaves', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await house.drain()
    house.clock.moveTo(RELEASE)
    await requestAndApprove(house, { verb: 'disclose', case: CASE })
    await submit(house, 'ana', hold)
    expect(await leaves(house)).toEqual([])
    expect((await release(house))?.steps[0]?.doneAt).toBeUndefined()
    await requestAndApprove(house, { verb: 'hold.off', case: CASE })
    await sendAgain(house)
    expect(await leaves(house)).toEqual([ANNOUNCE, NORTH, SOUTH, OSS, REPORTER])
  })

  it('does not stop the mails about a cancelled release', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await house.drain()
    await submit(house, 'ana', hold)
    await requestAndApprove(house, { verb: 'release.cancel', case: CASE, reason: 'the patch breaks login' })
    expect((await leaves(house)).toSorted()).toEqual([ANNOUNCE, REPORTER, NORTH, SOUTH])
  })
})
