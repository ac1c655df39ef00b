import { letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'

/** A free text to one recipient of a pre-notification, as it was shown in the preview; no field for the others. */
export type RecipientReplyFields = LetterBase & {
  /** All case numbers that they were told of. */
  cases: readonly string[]
  text: string
  /** Whether an embargo holds on what they were told. */
  embargoed: boolean
}

/** The text as typed, wrapped, under the signature; and where they must keep it, what they may do with it. */
export function recipientReply(fields: RecipientReplyFields): Letter {
  const { cases, text, embargoed } = fields
  return letter({
    base: fields,
    cases,
    about: embargoed ? 'TLP:AMBER about the pre-notification' : 'About the pre-notification',
    automatic: false,
    greeting: false,
    blocks: [
      { said: text },
      embargoed ? 'This comes under the same terms as the pre-notification. Please publish nothing of it.' : undefined,
    ],
  })
}
