import { CveId } from '@embargo/core'
import type { Policy, Project, Recipient } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { OutsideError } from '../../src/ports/chat-platform.ts'
import { CASE, createHouse, policyOf, REPORTER } from '../house.ts'
import type { House } from '../house.ts'
import { requestAndApprove, submit, RELEASE, previewOf, untilPrenotified, untilReady } from '../story.ts'

const HOUR = 3_600_000
const NORTH = 'security@north.example'
const SOUTH = 'security@south.example'
const ANNOUNCE = 'announce@quillmark.example'
const OSS = 'oss-security@lists.example'

/** Who got an approved mail. The mail with the planned date is left out, because it needs no approval. */
const readers = (house: House) =>
  house.relay.mails
    .filter(({ raw }) => !Buffer.from(raw).toString('utf8').includes('The planned date'))
    .map(({ envelopeTo }) => envelopeTo)
    .toSorted()
const parked = async (house: House) => (await house.engine.queries.world(CASE))?.release?.parked ?? []

/** The program stops, and starts again on the same database, some time later and with this policy. */
function restarted(house: House, policy: Policy, hash = 'b'): House {
  const next = createHouse({ policy, hash, store: house.engine.deps })
  next.clock.moveTo(house.wait(HOUR))
  return next
}

const project = (change: Partial<Project>): Policy => {
  const policy = policyOf()
  return { ...policy, projects: policy.projects.map((each) => ({ ...each, ...change })) }
}

const without = (key: 'announce' | 'ossSecurity'): Policy => {
  const policy = policyOf()
  const projects = policy.projects.map((each) => {
    const { [key]: _gone, ...rest } = each
    return rest
  })
  return { ...policy, projects }
}

const list = (change: (recipients: readonly Recipient[]) => readonly Recipient[], name = 'Distributions'): Policy => {
  const policy = policyOf()
  const lists = policy.prenotification.lists.map((each) => ({
    ...each,
    name,
    recipients: [...change(each.recipients)],
  }))
  return { ...policy, prenotification: { ...policy.prenotification, lists } }
}

const north = (change: Partial<Recipient>) => (recipients: readonly Recipient[]) =>
  recipients.map((each) => (each.id === 'north' ? { ...each, ...change } : each))

/** Acts as a person who requests that each waiting mail is sent again. */
async function sendAgain(house: House): Promise<void> {
  for (const { effect } of await parked(house))
    await house.ask('ana', { verb: 'settle', case: CASE, effect, outcome: 'again' }, `again:${effect}`)
}

async function disclosing(): Promise<House> {
  const house = createHouse()
  await untilPrenotified(house)
  await house.drain()
  house.clock.moveTo(RELEASE)
  await requestAndApprove(house, { verb: 'disclose', case: CASE })
  return house
}

async function oneLooksTwice(): Promise<House> {
  const twice = { by: 'second-look', secondLookAfter: '1 hour' } as const
  const house = createHouse({ policy: policyOf({ approvals: twice }) })
  await untilReady(house)
  const request = { verb: 'prenotify', case: CASE, at: RELEASE } as const
  const preview = previewOf(await house.engine.commands.preview(request, house.clock.now()))
  await submit(house, 'ana', { ...request, shown: preview })
  house.wait(HOUR)
  const again = previewOf(await house.engine.commands.preview({ verb: 'approve', case: CASE }, house.clock.now()))
  await submit(house, 'ana', { verb: 'approve', case: CASE, typedCase: CASE, shown: again })
  return house
}

describe('a mail that two people approved, between the approval and its sending', () => {
  it.each<[string, Policy, readonly string[]]>([
    ['a recipient’s address', list(north({ address: 'somebody@else.example' })), [ANNOUNCE, SOUTH]],
    ['who is on the list', list((recipients) => recipients.filter(({ id }) => id !== 'north')), [ANNOUNCE, SOUTH]],
    ['the announce address', project({ announce: 'somebody@else.example' }), [NORTH, SOUTH]],
    ['that there is an announce address', without('announce'), [NORTH, SOUTH]],
    ['whom to ask, in every text', project({ contact: 'somebody@else.example' }), []],
    ['the project’s own address, where answers go', project({ address: 'other@quillmark.example' }), []],
    ['a name that is in the text', list((recipients) => recipients, 'Other list'), [ANNOUNCE]],
  ])('a policy that changes %s holds back whatever nobody approved', async (_name, policy, leave) => {
    const house = createHouse()
    await untilPrenotified(house)
    const changed = restarted(house, policy)
    await changed.drain()
    expect(readers(changed)).toEqual(leave)
    expect(await parked(changed)).toHaveLength(3 - leave.length)
    expect(changed.chat.posts.filter(({ title }) => title === 'EffectParked')).toHaveLength(3 - leave.length)

    const back = restarted(changed, policyOf(), 'a')
    await sendAgain(back)
    await back.drain()
    expect([...readers(changed), ...readers(back)].toSorted((a, b) => a.localeCompare(b))).toEqual([
      ANNOUNCE,
      NORTH,
      SOUTH,
    ])
    expect(await parked(back)).toEqual([])
  })

  it('is asked for again if a person records a CVE id before the second approval, and then names the id', async () => {
    const policy = policyOf()
    const projects = policy.projects.map((one) => ({ ...one, cve: 'form' as const }))
    const house = createHouse({ policy: { ...policy, projects } })
    await untilReady(house)
    await submit(house, 'ana', { verb: 'cve.request', case: CASE })
    const request = { verb: 'prenotify', case: CASE, at: RELEASE } as const
    const { digest, blob } = previewOf(await house.engine.commands.preview(request, house.clock.now()))
    await submit(house, 'ana', { ...request, shown: { digest, blob } })
    await submit(house, 'ana', { verb: 'cve.set', case: CASE, cve: CveId.parse('CVE-1900-0042') })
    expect(await house.ask('ben', { verb: 'approve', case: CASE, shown: { digest, blob } })).toMatchObject({
      note: expect.stringContaining('The approval is void, and nothing was sent'),
    })
    await house.drain()
    expect(readers(house)).not.toContain(NORTH)
    await requestAndApprove(house, request)
    await house.drain()
    const mails = house.relay.mails.filter(({ envelopeTo }) => envelopeTo === NORTH)
    expect(mails.map(({ raw }) => new TextDecoder().decode(raw))).toEqual([expect.stringContaining('CVE-1900-0042')])
  })

  it('says what differs, why, and what to do', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    const changed = restarted(house, list(north({ address: 'somebody@else.example' })))
    await changed.drain()
    const [{ because } = { because: '' }] = await parked(changed)
    expect(because).toBe(
      'Its address is not what was approved, so nothing was sent. The policy was changed since the approval. Undo the policy change that affects this mail, restart and send it again; or send it by hand as it was approved.',
    )
    expect(because).not.toContain('@')
  })

  it('also waits if a different version of the program writes a different text', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    const upgraded = restarted(house, project({ contact: 'the program writes another line' }), 'a')
    await upgraded.drain()
    expect(readers(upgraded)).toEqual([])
    expect((await parked(upgraded))[0]?.because).toContain('either Embargo was changed')
  })

  it.each([
    ['a minute', 60_000],
    ['five days', 5 * 24 * HOUR],
    ['until after the release', 10 * 24 * HOUR],
  ])(
    'a restart that takes %s lets every mail leave as it was approved, with the time as it is then',
    async (_name, ms) => {
      const house = createHouse()
      await untilPrenotified(house)
      house.wait(ms)
      const later = restarted(house, policyOf(), 'a')
      await later.drain()
      expect(readers(later)).toEqual([ANNOUNCE, NORTH, SOUTH])
    },
  )

  it('is checked in the same way after one person’s second look as after a second person’s approval', async () => {
    const house = await oneLooksTwice()
    const changed = restarted(house, list(north({ address: 'somebody@else.example' })))
    await changed.drain()
    expect(readers(changed)).toEqual([ANNOUNCE, SOUTH])
    const back = restarted(changed, policyOf(), 'a')
    await sendAgain(back)
    await back.drain()
    expect(readers(back)).toEqual([NORTH])
  })

  it('waits in the middle of a publication, and is sent when the policy is restored', async () => {
    const house = await disclosing()
    house.relay.mails.splice(0)
    const changed = restarted(house, without('ossSecurity'))
    await changed.drain()
    // The mail to oss-security waits for a person's decision. The mails to recipients do not wait for that decision.
    expect(readers(changed)).toEqual([ANNOUNCE, NORTH, SOUTH])
    expect(await parked(changed)).toHaveLength(1)
    const back = restarted(changed, policyOf(), 'a')
    await sendAgain(back)
    await back.drain()
    expect(readers(back)).toEqual([OSS, REPORTER])
    expect((await back.engine.queries.world(CASE))?.release?.disclosedAt).toBe(back.clock.now())
  })

  it('is not sent to a recipient who was added to the list since', async () => {
    const house = await disclosing()
    const newcomer = {
      id: 'east',
      name: 'East Linux',
      address: 'security@east.example',
      plaintext: 'accepted',
    } as const
    const changed = restarted(
      house,
      list((recipients) => [...recipients, newcomer]),
    )
    await changed.drain()
    expect(readers(changed)).not.toContain('security@east.example')
    expect((await changed.engine.queries.world(CASE))?.release?.disclosedAt).toBe(changed.clock.now())
  })

  it('is repeated with the approved bytes if it was in doubt, whatever the policy says by then', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    for (let mail = 0; mail < 4; mail += 1)
      house.relay.failures.push({ error: new OutsideError('unknown', 'the connection broke'), afterEffect: false })
    await house.drain()
    house.relay.mails.splice(0)
    const changed = restarted(house, list(north({ address: 'somebody@else.example' })))
    await sendAgain(changed)
    await changed.drain()
    expect(readers(changed)).toEqual([ANNOUNCE, NORTH, SOUTH])
  })
})
