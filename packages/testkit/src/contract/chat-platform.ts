import { EffectId, PersonId } from '@embargo/core'
import type { Card, ChatPlatform } from '@embargo/engine'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endingOf } from './ending.ts'

/** An adapter and the platform that it talks to, on which only Ana and Ben have accounts. */
export type ChatHouse = AsyncDisposable & {
  readonly platform: ChatPlatform
  /** The messages that people see in a channel, as text, in order. */
  seen(channel: string): readonly string[] | Promise<readonly string[]>
  /** Which of Ana and Ben are in a channel; absent if the platform has no members. */
  members?(channel: string): readonly string[]
  /** Deletes a message as a person would; absent if nobody can. */
  deletes?(channel: string, message: string): void | Promise<void>
  /** Makes the platform unreachable from now on. */
  leaves(): void | Promise<void>
}

const ana = PersonId.parse('ana')
const ben = PersonId.parse('ben')
const stranger = PersonId.parse('stranger')

const card = (title: string): Card => ({
  kind: 'change',
  title,
  lines: [[{ text: title }]],
  fields: [],
  attachments: [],
  actions: [],
  fallback: title,
  notification: 'SEC-2026-0042 · high',
})

/** The promises of `ChatPlatform`, as tests for any adapter. */
export function chatPlatformContract(name: string, open: () => Promise<ChatHouse>): void {
  describe(`the chat platform ${name}`, () => {
    let house: ChatHouse
    beforeEach(async () => {
      house = await open()
    })
    afterEach(() => house[Symbol.asyncDispose]())

    const effect = (id: string) => EffectId.parse(`${id}/${house.platform.platform}`)
    const opens = (id = 'e1', more: { readonly name?: string; readonly lookUp?: boolean } = {}) =>
      house.platform.openChannel({ effect: effect(id), name: 'sec-2026-0042', lookUp: false, ...more })
    const posts = (channel: string, id: string, more: { readonly title?: string; readonly lookUp?: boolean } = {}) =>
      house.platform.post({
        effect: effect(id),
        channel,
        card: card(more.title ?? id),
        pin: false,
        lookUp: more.lookUp ?? false,
      })

    it('opens a channel of that name, and finds it again instead of opening a second one', async () => {
      const first = await opens()
      expect(first.name).toBe('sec-2026-0042')
      expect(await opens('e1', { lookUp: true })).toEqual(first)
    })

    it('gives each effect its own channel', async () => {
      const [first, second] = [await opens('e1'), await opens('e2', { name: 'sec-2026-0043' })]
      expect(second.channel).not.toBe(first.channel)
    })

    it('opens a channel if it finds no earlier one', async () => {
      expect((await opens('e1', { lookUp: true })).name).toBe('sec-2026-0042')
    })

    it('shows a message once, and finds it again instead of showing it twice', async () => {
      const { channel } = await opens()
      const first = await posts(channel, 'p1')
      expect(await posts(channel, 'p1', { lookUp: true })).toEqual(first)
      expect(await house.seen(channel)).toHaveLength(1)
    })

    it('shows a message if it finds no earlier one, and gives each message its own id', async () => {
      const { channel } = await opens()
      const first = await posts(channel, 'p1', { lookUp: true })
      const second = await posts(channel, 'p2')
      expect(second.message).not.toBe(first.message)
      expect(await house.seen(channel)).toHaveLength(2)
    })

    it('edits a message in place', async () => {
      const { channel } = await opens()
      const { message } = await posts(channel, 'p1')
      await house.platform.update({ channel, message, card: card('another') })
      expect(await house.seen(channel)).toHaveLength(1)
    })

    it('says if the message to be edited was deleted, and shows it again on request', async () => {
      const { channel } = await opens()
      const { message } = await posts(channel, 'p1')
      if (house.deletes === undefined) return
      await house.deletes(channel, message)
      const error = await endingOf(house.platform.update({ channel, message, card: card('another') }))
      expect(error).toMatchObject({ code: 'refused', messageGone: true, gone: undefined })
      expect((await posts(channel, 'p1', { lookUp: true })).message).not.toBe(message)
      expect(await house.seen(channel)).toHaveLength(1)
    })

    it('adds and removes people, changes nothing if that is already done, and leaves out people who have no account', async () => {
      const { channel } = await opens()
      for (let time = 0; time < 2; time += 1) await house.platform.invite({ channel, people: [ana, ben, stranger] })
      expect(house.members?.(channel) ?? ['ana', 'ben']).toEqual(['ana', 'ben'])
      for (let time = 0; time < 2; time += 1) await house.platform.remove({ channel, people: [ben, stranger] })
      expect(house.members?.(channel) ?? ['ana']).toEqual(['ana'])
      await house.platform.remove({ channel, people: [], accounts: [] })
      await house.platform.invite({ channel, people: [] })
      await house.platform.remove({ channel, people: [] })
    })

    it('lists who can read in the channels of an effect without opening one, and removes the accounts in the list', async () => {
      const asked = (id: string, seen: readonly string[] = []) => house.platform.audience({ effect: effect(id), seen })
      expect(await asked('e1')).toEqual([])
      const { channel } = await opens()
      await opens('e2', { name: 'sec-2026-0043' })
      if (house.members === undefined) return
      await house.platform.invite({ channel, people: [ana] })
      const [one, ...more] = await asked('e1')
      expect(one).toEqual({ channel, isOpen: false, accounts: [expect.any(String)] })
      expect(more).toEqual([])
      expect(await asked('e3', [channel])).toEqual([one])
      await house.platform.remove({ channel, people: [], accounts: one?.accounts ?? [] })
      expect(house.members(channel)).toEqual([])
      expect(await asked('e1')).toEqual([{ channel, isOpen: false, accounts: [] }])
    })

    it('throws an OutsideError if the platform cannot be reached, and quotes nothing of the card in it', async () => {
      const { channel } = await opens()
      await house.leaves()
      const error = await endingOf(posts(channel, 'p1', { title: 'plumbago' }))
      expect(['unreachable', 'unknown']).toContain(error.code)
      expect(error.message).not.toContain('plumbago')
    })
  })
}
