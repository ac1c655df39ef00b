import { instant } from '@embargo/core'
import type { TranscriptLine } from '@embargo/engine'
import type { REST } from 'discord.js'
import { z } from 'zod'
import { pagesOf } from './messages.ts'
import type { Backoff } from './paginate-with-backoff.ts'

/**
 * 500 pages have fifty thousand messages, which is years of conversation. The limit keeps a flooded channel from being
 * read for hours.
 */
const PAGES_MAX = 500

/** The content of a message: https://docs.discord.com/developers/resources/message#message-object */
const MessageContent = {
  content: z.string().default(''),
  embeds: z.array(z.object({ title: z.string().optional(), description: z.string().optional() })).default([]),
  attachments: z.array(z.object({ filename: z.string() })).default([]),
}

const Text = z.object({ text: z.string().default('') })

const TranscriptMessage = z.object({
  id: z.string(),
  timestamp: z.string(),
  author: z.object({ username: z.string(), global_name: z.string().nullish() }),
  ...MessageContent,
  /** The content of a forwarded message. The message that forwards it has no content of its own. */
  message_snapshots: z.array(z.object({ message: z.object(MessageContent) })).default([]),
  poll: z.object({ question: Text, answers: z.array(z.object({ poll_media: Text })).default([]) }).nullish(),
})

/** The messages of a channel, the oldest first, including our cards. */
export async function transcript(rest: REST, channel: string, backoff: Backoff): Promise<readonly TranscriptLine[]> {
  const lines: TranscriptLine[] = []
  const reading = { channel, what: 'read a channel', pagesMax: PAGES_MAX, shape: TranscriptMessage, backoff }
  for await (const messages of pagesOf(rest, reading)) lines.push(...messages.map(lineOf))
  return lines.toReversed()
}

const lineOf = ({
  timestamp,
  author,
  message_snapshots: forwarded,
  poll,
  ...own
}: z.infer<typeof TranscriptMessage>) => ({
  at: instant(Date.parse(timestamp)),
  author: author.global_name ?? author.username,
  text: [
    ...textsOf(own),
    ...forwarded.flatMap(({ message }) => ['Forwarded:', ...textsOf(message)]),
    ...(poll ? [`Poll: ${poll.question.text}`, ...poll.answers.map((answer) => `- ${answer.poll_media.text}`)] : []),
  ]
    .filter((each) => each !== '')
    .join('\n'),
  files: [own, ...forwarded.map(({ message }) => message)].flatMap(({ attachments }) =>
    attachments.map(({ filename }) => filename),
  ),
})

const textsOf = ({
  content,
  embeds,
}: Pick<z.infer<typeof TranscriptMessage>, 'content' | 'embeds'>): readonly string[] => [
  content,
  ...embeds.flatMap(({ title, description }) => [title ?? '', description ?? '']),
]
