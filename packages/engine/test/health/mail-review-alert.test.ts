import { describe, expect, it } from 'vitest'
import { actorOf, DAY, MINUTE } from '@embargo/core'
import { createMailReviewAlert, OutsideError } from '../../src/index.ts'
import type { Card } from '../../src/index.ts'
import { createHouse, policyOf } from '../house.ts'
import type { House } from '../house.ts'

const card = ({ count }: { readonly count: number }): Card => titled(`${count} aside`)
const heldCard = ({ count }: { readonly count: number }): Card => titled(`${count} wait`)

const titled = (title: string): Card => ({
  kind: 'notice',
  title,
  lines: [],
  fields: [],
  attachments: [],
  actions: [],
  fallback: '',
  notification: '',
})

/** Automatic answers that belong to no case, each with different bytes. */
async function storm(house: House, mails: number, name: string): Promise<void> {
  for (let mail = 0; mail < mails; mail += 1)
    await house.receive({ body: `${name} ${mail}`, headers: ['Auto-Submitted: auto-replied'] })
}

/** Lets the alert check `times` times, and calls `meanwhile` between two checks. */
async function looks(house: House, times: number, meanwhile: (look: number) => Promise<void> = async () => undefined) {
  const over = new AbortController()
  let looked = 0
  const sleep = async (milliseconds: number): Promise<void> => {
    // A wait of a minute is the pause between two messages; any other wait is for a new message.
    if (milliseconds === MINUTE) return
    looked += 1
    if (looked === times) over.abort()
    else await meanwhile(looked)
  }
  await createMailReviewAlert({
    engine: house.engine,
    chat: new Map([['slack', house.chat]]),
    card,
    heldCard,
    sleep,
  }).run(over.signal)
}

describe('mail that was set aside', () => {
  it('is reported once, to the whole team, in the team’s own channel', async () => {
    const house = createHouse()
    await storm(house, 1, 'answer')
    await looks(house, 3)
    expect(house.chat.posts.map(({ title }) => title)).toEqual(['1 aside'])
    expect(house.chat.invited).toEqual(['ana', 'ben'])
    expect(house.chat.channels.size).toBe(1)
  })

  it('has one message for a storm of mails, whose number is kept up to date', async () => {
    const house = createHouse()
    await storm(house, 40, 'first')
    await looks(house, 3, (look) => storm(house, 30, `more ${look}`))
    expect(house.chat.posts).toMatchObject([{ title: '40 aside', edits: 3 }])
  })

  it('has a new message for the next day, and none for earlier days', async () => {
    const house = createHouse()
    await storm(house, 1, 'monday')
    await looks(house, 1)
    house.wait(DAY)
    await storm(house, 2, 'tuesday')
    await looks(house, 1)
    house.wait(9 * DAY)
    await looks(house, 1)
    expect(house.chat.posts.map(({ title }) => title)).toEqual(['1 aside', '2 aside'])
  })

  it('is reported once chat works again', async () => {
    const house = createHouse()
    await storm(house, 1, 'answer')
    house.chat.failures.push({ error: new OutsideError('unreachable', 'away') })
    await looks(house, 2)
    expect(house.chat.posts.map(({ title }) => title)).toEqual(['1 aside'])
    expect(house.log.lines.map(({ message }) => message)).toContain(
      'mail was set aside, and this could not be posted in chat yet',
    )
  })

  it.each(['deleted', undefined] as const)(
    'is told in another channel when the first takes nothing: %s',
    async (gone) => {
      const house = createHouse()
      await storm(house, 1, 'answer')
      await looks(house, 3, async (look) => {
        if (look !== 1) return
        house.chat.channels.clear()
        house.chat.channels.set('C0', 'of somebody else')
        house.chat.failures.push({
          error: new OutsideError('refused', 'not there', gone === undefined ? {} : { gone }),
        })
        await storm(house, 1, 'another')
      })
      expect(house.chat.posts.map(({ title, channel }) => `${channel}: ${title}`)).toEqual([
        'C1: 1 aside',
        'C2: 2 aside',
      ])
    },
  )

  it('is reported in a channel with a mark that nobody can make without the key', async () => {
    const house = createHouse()
    await storm(house, 1, 'answer')
    await looks(house, 1)
    expect([...house.chat.channels.values()]).toEqual([expect.stringMatching(/^intake\/channel\/slack\/[0-9a-f]{32}$/)])
  })

  it('is reported although somebody cannot be invited', async () => {
    const house = createHouse()
    await storm(house, 1, 'answer')
    house.chat.invite = async () => {
      throw new OutsideError('refused', 'no such member')
    }
    await looks(house, 1)
    expect(house.chat.posts).toHaveLength(1)
  })

  it('is not reported again after a restart', async () => {
    const house = createHouse()
    await storm(house, 2, 'answer')
    await looks(house, 1)
    await looks(house, 1)
    expect(house.chat.posts).toHaveLength(1)
  })

  it('posts nothing while no mail waits for a review', async () => {
    const house = createHouse()
    await house.receive()
    await looks(house, 2)
    expect(house.chat.channels.size).toBe(0)
  })
})

describe('mails that wait because too many came', () => {
  const flood = async (house: House, mails: number, name: string): Promise<void> => {
    for (let mail = 0; mail < mails; mail += 1)
      await house.receive({ body: `${name} ${mail}`, subject: `${name} ${mail}` })
  }
  const house = () =>
    createHouse({
      policy: policyOf({ intake: { lists: 'open', newCases: 8 } }),
    })

  it('have one message whose number is kept up to date until no mail waits; the next flood gets another message', async () => {
    const one = house()
    await flood(one, 5, 'first')
    const ana = actorOf(one.engine.policy.policy, 'slack', 'UANA')
    await looks(one, 4, async (look) => {
      if (look === 1) await flood(one, 1, 'more')
      if (look === 2) await one.engine.commands.decideHeld({ actor: ana, as: 'aside', mails: 'all' })
      if (look === 3) await flood(one, 1, 'later')
    })
    expect(one.chat.posts).toMatchObject([{ title: '3 wait', edits: 3 }, { title: '1 wait' }])
    expect(one.chat.channels.size).toBe(1)
  })

  it('are shown in the message as they are now, even if one was decided and another arrived, because its buttons act on them', async () => {
    const one = house()
    await flood(one, 5, 'first')
    const ana = actorOf(one.engine.policy.policy, 'slack', 'UANA')
    await looks(one, 2, async () => {
      const [oldest] = await one.spool.held(1)
      if (oldest === undefined) throw new Error('none waits')
      await one.engine.commands.decideHeld({ actor: ana, as: 'aside', mails: [oldest.id] })
      await flood(one, 1, 'more')
    })
    expect(one.chat.posts).toMatchObject([{ title: '3 wait', edits: 2 }])
  })
})
