import { z } from 'zod'
import { DurationOrNever } from '../duration.ts'

/**
 * Each value shows less than the one before. `metadata-from-…` shows only the metadata of cases of that severity or a
 * higher one.
 */
export const ChatContent = z.enum([
  'full',
  'without-addresses',
  'without-mail-text',
  'without-senders',
  'metadata-from-critical',
  'metadata-from-high',
  'metadata-from-moderate',
  'metadata-from-low',
  'metadata',
])
export type ChatContent = z.infer<typeof ChatContent>

export const Chat = z.strictObject({
  content: ChatContent.default('full').describe(
    'How much of a case is shown in chat, from everything (`full`) down to `metadata`. What chat does not show is read in the terminal. An unrated case counts as critical.',
  ),
  encrypted: z
    .enum(['metadata', 'full'])
    .default('metadata')
    .describe(
      'How much chat shows of encrypted mails, and of every case whose reporter sent one: only metadata (`metadata`), or as much as `content` allows (`full`).',
    ),
  archiveAfter: DurationOrNever.describe(
    'How long a case keeps its channel after it is closed. A channel that a late mail opened is kept for the same time.',
  ),
  transcript: z
    .enum(['kept', 'not-kept'])
    .describe(
      'Whether the messages of a channel are stored in encrypted form when the case is closed and when the channel is archived.',
    ),
})
export type Chat = z.infer<typeof Chat>
