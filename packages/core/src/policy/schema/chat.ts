import { z } from 'zod'
import { DurationOrNever } from '../duration.ts'

/**
 * Each shows less than the one before; `metadata-from-…` shows only the metadata of cases of that severity or above.
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
    'How much of a case is shown in chat, from everything to `metadata` alone (people then read the case in the terminal); unrated cases count as critical.',
  ),
  archiveAfter: DurationOrNever.describe(
    'How long after its end a case keeps its channel, and after a late mail the channel that it opened.',
  ),
  transcript: z
    .enum(['kept', 'not-kept'])
    .describe(
      'Whether what people said in a channel is kept, sealed, when the case is closed and when the channel is archived.',
    ),
})
export type Chat = z.infer<typeof Chat>
