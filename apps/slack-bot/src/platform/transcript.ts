import { instant } from '@embargo/core'
import type { TranscriptLine } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import { calling, slackCode } from './outside.ts'
import { readable } from './readable.ts'

/** https://docs.slack.dev/reference/methods/conversations.history: the largest page for an internal app is 999. */
const PAGE = 200

/** More than a case's channel ever has; a stop for a platform that pages without end. */
const PAGES_MAX = 500

type Message = {
  readonly ts?: string
  readonly user?: string
  readonly username?: string
  readonly bot_id?: string
  readonly text?: string
  readonly thread_ts?: string
  readonly reply_count?: number
  readonly files?: readonly { readonly name?: string | null }[]
}
type Paged = {
  readonly messages?: readonly Message[]
  readonly response_metadata?: { readonly next_cursor?: string }
}

/** Everything that was said in a channel and in its threads, the oldest first, with people by their names. */
export async function transcriptOf(client: WebClient, channel: string): Promise<readonly TranscriptLine[]> {
  const said = await pages((page) =>
    calling('conversations.history', 'read', () => client.conversations.history({ channel, limit: PAGE, ...page })),
  )
  const whole: Message[] = []
  for (const message of said.toReversed()) {
    whole.push(message)
    const { ts } = message
    if (ts === undefined || (message.reply_count ?? 0) === 0) continue
    const thread = await pages((page) =>
      calling('conversations.replies', 'read', () =>
        client.conversations.replies({ channel, ts, limit: PAGE, ...page }),
      ),
    )
    // The first is what they answer.
    whole.push(...thread.filter((reply) => reply.ts !== ts))
  }
  const names = await namesOf(client, whole)
  return whole.toSorted(byTime).map((message) => lineOf(message, names))
}

/** By Slack's own stamps: seconds with ten digits and six decimals, so that two within a millisecond keep their order. */
const byTime = ({ ts: one = '' }: Message, { ts: other = '' }: Message): number =>
  one === other ? 0 : one < other ? -1 : 1

async function pages(read: (page: { readonly cursor?: string }) => Promise<Paged>): Promise<readonly Message[]> {
  const all: Message[] = []
  let cursor: string | undefined
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { messages = [], response_metadata: next } = await read(cursor === undefined ? {} : { cursor })
    all.push(...messages)
    cursor = next?.next_cursor
    if (cursor === undefined || cursor === '') break
  }
  return all
}

type Names = ReadonlyMap<string, string>

/** Each account is asked for once. Whom Slack does not know any more keeps their id. */
async function namesOf(client: WebClient, messages: readonly Message[]): Promise<Names> {
  const mentioned = messages.flatMap(({ text = '' }) => [...text.matchAll(/<@([A-Z0-9]+)/g)].map((match) => match[1]))
  const accounts = new Set([...messages.map(({ user }) => user), ...mentioned].filter((each) => each !== undefined))
  const names = new Map<string, string>()
  for (const account of accounts) {
    const name = await nameOfAccount(client, account)
    if (name !== undefined) names.set(account, name)
  }
  return names
}

/** How an account is called in Slack; undefined where there is none. */
export async function nameOfAccount(client: WebClient, account: string): Promise<string | undefined> {
  try {
    const { user } = await client.users.info({ user: account })
    const names = [user?.profile?.display_name, user?.real_name, user?.name]
    return names.find((name) => name !== undefined && name !== '')
  } catch (error) {
    if (slackCode(error) === 'user_not_found' || slackCode(error) === 'user_not_visible') return undefined
    return calling('users.info', 'read', () => Promise.reject(error))
  }
}

const lineOf = (
  { ts = '0', user, username, bot_id: bot, text = '', files = [] }: Message,
  names: Names,
): TranscriptLine => ({
  at: instant(Math.floor(Number(ts) * 1000)),
  author: (user === undefined ? undefined : names.get(user)) ?? user ?? username ?? bot ?? 'unknown',
  text: readable(text, (account) => {
    const name = names.get(account)
    return name === undefined ? undefined : `@${name}`
  }),
  files: files.flatMap(({ name }) => (typeof name === 'string' ? [name] : [])),
})
