import { instant } from '@embargo/core'
import type { TranscriptLine } from '@embargo/engine'
import { OutsideError } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import { calling, slackCode } from './api-errors.ts'
import { PAGE, pages } from './messages.ts'
import type { Message } from './partial-transcripts.ts'
import { PartialTranscripts } from './partial-transcripts.ts'
import { messageText, textsIn } from './message-text.ts'

/**
 * Every message in a channel and in its threads, the oldest first, with people's names. Each thread takes a call, and
 * Slack allows fifty calls a minute. If Slack asks us to slow down, the attempt ends, and the next one continues where
 * it ended.
 */
export async function transcriptOf(
  client: WebClient,
  channel: string,
  partials: PartialTranscripts = new PartialTranscripts(),
): Promise<readonly TranscriptLine[]> {
  const { threads, names } = partials.of(channel)
  const listed = await pages((page) =>
    reading('conversations.history', () => client.conversations.history({ channel, limit: PAGE, ...page })),
  )
  const whole: Message[] = []
  for (const message of listed.toReversed()) {
    whole.push(message)
    const { ts, reply_count: replies = 0, latest_reply: latest = '' } = message
    if (ts === undefined || replies === 0) continue
    const version = `${replies} ${latest}`
    const known = threads.get(ts)
    const thread = known?.version === version ? known.thread : await repliesTo(client, channel, ts)
    threads.set(ts, { version, thread })
    whole.push(...thread)
  }
  const messages = eachOnce(whole)
  await nameAll(client, messages, names)
  partials.forget(channel)
  return messages.toSorted(byTime).map((message) => lineOf(message, names))
}

/** Removes duplicates: a reply that was also sent to the channel is listed in the channel and in its thread. */
const eachOnce = (messages: readonly Message[]): readonly Message[] => [
  ...new Map(messages.map((message, index) => [message.ts ?? index, message])).values(),
]

/**
 * Makes a call that reads. Slack's limits on reading apply to all channels together, so an error that asks us to wait
 * is marked `forAll`.
 */
async function reading<T>(method: string, call: () => Promise<T>): Promise<T> {
  try {
    return await calling(method, 'read', call)
  } catch (error) {
    if (!(error instanceof OutsideError) || error.retryAfterMs === undefined) throw error
    const { code, message, cause, retryAfterMs, forAPerson, away } = error
    throw new OutsideError(code, message, { cause, retryAfterMs, forAPerson, away, forAll: true })
  }
}

/** The replies to a message. Slack lists the message itself first; it is left out. */
async function repliesTo(client: WebClient, channel: string, ts: string): Promise<readonly Message[]> {
  const thread = await pages((page) =>
    reading('conversations.replies', () => client.conversations.replies({ channel, ts, limit: PAGE, ...page })),
  )
  return thread.filter((reply) => reply.ts !== ts)
}

/**
 * Sorts by Slack's own timestamps. The timestamps have six decimals, so messages within the same millisecond keep their
 * order.
 */
const byTime = ({ ts: one = '' }: Message, { ts: other = '' }: Message): number =>
  one === other ? 0 : one < other ? -1 : 1

type Names = ReadonlyMap<string, string | undefined>

/** Looks up each account once. An account for which Slack shows no name keeps its id. */
async function nameAll(
  client: WebClient,
  messages: readonly Message[],
  names: Map<string, string | undefined>,
): Promise<void> {
  const mentioned = messages
    .flatMap(textsIn)
    .flatMap((text) => [...text.matchAll(/<@([A-Z0-9]+)/g)].map((match) => match[1]))
  const accounts = new Set([...messages.map(({ user }) => user), ...mentioned].filter((each) => each !== undefined))
  for (const account of accounts) if (!names.has(account)) names.set(account, await nameOfAccount(client, account))
}

/** The account's name in Slack; undefined if Slack shows none. */
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

function lineOf(message: Message, names: Names): TranscriptLine {
  const { ts = '0', user, username, bot_id: bot } = message
  return {
    at: instant(Math.floor(Number(ts) * 1000)),
    author: (user === undefined ? undefined : names.get(user)) ?? user ?? username ?? bot ?? 'unknown',
    ...messageText(message, (account) => {
      const name = names.get(account)
      return name === undefined ? undefined : `@${name}`
    }),
  }
}
