import type { TranscriptLine } from '@embargo/engine'
import { instant } from '@embargo/core'
import type { WebClient } from '@slack/web-api'
import { calling, outsideError, slackCode } from './outside.ts'

/** https://docs.slack.dev/reference/methods/conversations.history: the largest page for an internal app. */
const PAGE = 200

/** More than a case's channel ever has; a stop for a platform that pages without end. */
const MOST_PAGES = 500

/**
 * https://docs.slack.dev/reference/methods/conversations.archive: a bot that archives a private channel leaves it, and can
 * neither read nor unarchive it afterwards.
 */
export async function archiveChannel(client: WebClient, channel: string): Promise<void> {
  try {
    await client.conversations.archive({ channel })
  } catch (error) {
    const code = slackCode(error)
    if (code === 'already_archived' || code === 'channel_not_found') return
    throw outsideError('conversations.archive', 'write', error)
  }
}

/** Everything that was said in a channel, threads aside. */
export async function transcriptOf(client: WebClient, channel: string): Promise<readonly TranscriptLine[]> {
  const lines: TranscriptLine[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { messages = [], response_metadata: next } = await calling('conversations.history', 'read', () =>
      client.conversations.history({ channel, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }),
    )
    lines.push(...messages.map(lineOf))
    cursor = next?.next_cursor
    if (cursor === undefined || cursor === '') break
  }
  return lines.toReversed()
}

type Message = {
  readonly ts?: string
  readonly user?: string
  readonly username?: string
  readonly bot_id?: string
  readonly text?: string
  readonly files?: readonly { readonly name?: string | null }[]
}

const lineOf = ({ ts = '0', user, username, bot_id: bot, text = '', files = [] }: Message): TranscriptLine => ({
  at: instant(Math.floor(Number(ts) * 1000)),
  author: user ?? username ?? bot ?? 'unknown',
  text,
  files: files.flatMap(({ name }) => (typeof name === 'string' ? [name] : [])),
})
