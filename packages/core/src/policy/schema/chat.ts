import { z } from 'zod'
import { DurationOrNever } from '../duration.ts'

/**
 * Whether a case's content reaches the chat platform at all; `…-from-…`: except for a case of that severity or above.
 */
export const ChatContent = z.enum([
  'full',
  'metadata',
  'metadata-from-critical',
  'metadata-from-high',
  'metadata-from-moderate',
  'metadata-from-low',
])
export type ChatContent = z.infer<typeof ChatContent>

export const Chat = z.strictObject({
  content: ChatContent.default('full').describe(
    'Whether report text, patches, names of people outside and mail bodies reach the chat platform. `metadata`: cards say that something came, how big and from whom by role, and people read it in the terminal with `embargo case <number> read`; a recipient of a list is shown by its id. `metadata-from-high` and similar values do this only for cases of that severity or above, and for those that are not rated yet.',
  ),
  sender: z
    .enum(['name-and-address', 'name', 'nothing'])
    .describe('How much of a mail’s sender the channel shows. The stored mail keeps all of it.'),
  mailText: z
    .enum(['shown', 'on-request'])
    .describe('Whether the channel shows a reporter’s text, or people read it in the terminal when they need it.'),
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
