import { instant } from '@embargo/core'
import type { TranscriptLine } from '@embargo/engine'
import type { REST } from 'discord.js'
import { z } from 'zod'
import { pagesOf } from './messages.ts'
import type { Patience } from './patience.ts'

/** Fifty thousand messages: years of talk, and an end to a channel that somebody floods. */
const PAGES_MAX = 500

const Said = z.object({
  id: z.string(),
  timestamp: z.string(),
  content: z.string().default(''),
  author: z.object({ username: z.string(), global_name: z.string().nullish() }),
  embeds: z.array(z.object({ title: z.string().optional(), description: z.string().optional() })).default([]),
  attachments: z.array(z.object({ filename: z.string() })).default([]),
})

/** What was said in a channel, the oldest first: messages of people and cards of ours. */
export async function transcript(rest: REST, channel: string, patience: Patience): Promise<readonly TranscriptLine[]> {
  const lines: TranscriptLine[] = []
  const reading = { channel, what: 'read a channel', pagesMax: PAGES_MAX, shape: Said, patience }
  for await (const messages of pagesOf(rest, reading)) lines.push(...messages.map(lineOf))
  return lines.toReversed()
}

const lineOf = ({ timestamp, content, author, embeds, attachments }: z.infer<typeof Said>): TranscriptLine => ({
  at: instant(Date.parse(timestamp)),
  author: author.global_name ?? author.username,
  text: [content, ...embeds.flatMap(({ title, description }) => [title ?? '', description ?? ''])]
    .filter((each) => each !== '')
    .join('\n'),
  files: attachments.map(({ filename }) => filename),
})
