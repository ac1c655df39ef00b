import { instant } from '@embargo/core'
import type { Platform } from '@embargo/core'
import type { Card } from '../../src/ports/card.ts'
import { OutsideError } from '../../src/ports/chat-platform.ts'
import type { ChatPlatform } from '../../src/ports/chat-platform.ts'
import type { MailOut, OutgoingMail } from '../../src/ports/mail-out.ts'
import type { Presenter } from '../../src/ports/presenter.ts'

type Post = {
  readonly channel: string
  readonly effect: string
  readonly title: string
  readonly pin: boolean
  edits: number
  deleted?: true
}

const START_OF_TALK = instant(Date.UTC(2026, 4, 4, 9))

/** A chat platform that records its calls, and fails once for each entry of `failures`. */
export function createFakeChat(platform: Platform): ChatPlatform & {
  readonly channels: Map<string, string>
  readonly posts: Post[]
  readonly invited: string[]
  readonly removed: string[]
  readonly lookUps: string[]
  readonly failures: Failure[]
  readonly archived: string[]
  /** Channels that people outside the team can read. */
  readonly open: Set<string>
  /** The accounts in each channel. */
  readonly inside: Map<string, Set<string>>
} {
  const channels = new Map<string, string>()
  const posts: Post[] = []
  const invited: string[] = []
  const removed: string[] = []
  const lookUps: string[] = []
  const failures: Failure[] = []
  const archived: string[] = []
  const open = new Set<string>()
  const inside = new Map<string, Set<string>>()
  const call = <T>(effect: () => T): T => {
    const failure = failures.shift()
    if (failure === undefined) return effect()
    if (failure.afterEffect) effect()
    throw failure.error
  }
  return {
    platform,
    channels,
    posts,
    invited,
    removed,
    lookUps,
    failures,
    archived,
    open,
    inside,
    openChannel: async ({ effect, name, lookUp, unlessOpen }) =>
      call(() => {
        if (lookUp) lookUps.push(effect)
        const found = [...channels].find(([channel, owner]) => owner === effect && !(unlessOpen && open.has(channel)))
        const channel = found?.[0] ?? `C${channels.size + 1}`
        if (!lookUp && found !== undefined) throw new Error('opened twice')
        channels.set(channel, effect)
        return { channel, name }
      }),
    invite: async ({ people }) => call(() => void invited.push(...people)),
    remove: async ({ channel, people, accounts = [] }) =>
      call(() => {
        removed.push(...people, ...accounts)
        for (const account of accounts) inside.get(channel)?.delete(account)
      }),
    post: async ({ effect, channel, card, pin, lookUp }) =>
      call(() => {
        if (lookUp) lookUps.push(effect)
        const found = lookUp
          ? posts.findIndex((one) => one.effect === effect && one.channel === channel && !one.deleted)
          : -1
        if (found === -1) posts.push({ channel, effect, title: card.title, pin, edits: 0 })
        return { message: `M${found === -1 ? posts.length : found + 1}` }
      }),
    audience: async ({ effect, seen }) =>
      call(() =>
        [...channels].flatMap(([channel, owner]) =>
          owner === effect || seen.includes(channel)
            ? [{ channel, isOpen: open.has(channel), accounts: [...(inside.get(channel) ?? [])] }]
            : [],
        ),
      ),
    archiveChannel: async ({ channel }) => call(() => void archived.push(channel)),
    transcript: async () => call(() => [{ at: START_OF_TALK, author: 'Ana', text: 'I look at it.', files: [] }]),
    update: async ({ message }) =>
      call(() => {
        const post = posts[Number(message.slice(1)) - 1]
        if (post === undefined) throw new Error(`no such message: ${message}`)
        if (post.deleted) throw new OutsideError('refused', 'The message was deleted.', { messageGone: true })
        post.edits += 1
      }),
  }
}

export type Failure = { readonly error: Error; readonly afterEffect?: boolean }

/** A relay that keeps the mails that it accepted, and fails once for each entry of `failures`. */
export function createFakeRelay(): MailOut & { readonly mails: OutgoingMail[]; readonly failures: Failure[] } {
  const taken: OutgoingMail[] = []
  const failures: Failure[] = []
  return {
    mails: taken,
    failures,
    async send(mail) {
      const failure = failures.shift()
      if (failure === undefined || failure.afterEffect) taken.push(mail)
      if (failure !== undefined) throw failure.error
      return { response: '250 taken' }
    },
  }
}

const card = (title: string): Card => ({
  kind: 'notice',
  title,
  lines: [],
  fields: [],
  attachments: [],
  actions: [],
  fallback: title,
  notification: title,
})

/** Gives each card the type of its event as title. */
export const plainPresenter: Presenter = {
  card: async ({ recorded }) => card(recorded.event.type),
  pinned: async ({ state }) => card(state.id),
  call: async ({ call }) => card(`${call.key} ${call.people.join(' ')}`),
}
