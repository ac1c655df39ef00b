import { z } from 'zod'
import { DurationOrNever } from '../duration.ts'

/** Each shows less than the one before; `metadata-from-…` shows metadata of cases of that severity or above alone. */
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
    'What reaches the chat platform: all of it; no addresses of senders; no text of their mails either; not even their names; or `metadata` alone, with which cards say that something came, and it is read in the terminal (`metadata-from-high`: so for a case of that severity or above, and for one that is not rated).',
  ),
  archiveAfter: DurationOrNever.describe(
    'How long after its end a case keeps its channel. Then the channel is archived and nobody writes in it; a late mail opens another, which has as long.',
  ),
  transcript: z
    .enum(['kept', 'not-kept'])
    .describe(
      'Whether what people said in a channel is kept, sealed: when the case is closed, and again when the channel is archived. A Discord server that gets full loses the oldest archived channels of which it is kept.',
    ),
})
export type Chat = z.infer<typeof Chat>
