import { embargoInForce } from '@embargo/core'
import type { Tlp } from '@embargo/core'
import { base, labelOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import { storedText } from './shared/material.ts'
import type { LetterMaterial, StoredContent } from './shared/material.ts'

/** A free text to one recipient of a pre-notification, as the preview showed it. No field names another recipient. */
export type RecipientReplyFields = LetterBase & {
  /** All case numbers that the recipient was told of. */
  cases: readonly string[]
  text: string
  /** Whether the cases that the recipient was told of are under embargo. */
  embargoed: boolean
  tlp: Tlp
}

/**
 * The text as typed, wrapped and signed. If one of the cases is under embargo, a sentence is added that says what the
 * recipient may do with the text.
 */
export const recipientReply = defineLetter({
  name: 'recipient-reply',
  label: 'reply',
  needs: ({ event }) => ({ texts: event?.type === 'RecipientsWritten' ? [event.text] : [] }),
  facts,
  words,
})

function facts(material: LetterMaterial, content: StoredContent): RecipientReplyFields {
  const { event, cases } = material
  if (event?.type !== 'RecipientsWritten') throw new CannotWrite('There is no text to send.')
  return {
    ...base(material),
    cases: cases.map(({ id }) => id),
    text: storedText(content, event.text),
    embargoed: cases.some((one) => embargoInForce(one.em)),
    tlp: labelOf(material),
  }
}

function words(fields: RecipientReplyFields): Letter {
  const { cases, text, embargoed, tlp } = fields
  return letter({
    base: fields,
    cases,
    about: embargoed ? `${tlp} about the pre-notification` : 'About the pre-notification',
    automatic: false,
    greeting: false,
    blocks: [
      { said: text },
      embargoed ? 'This comes under the same terms as the pre-notification. Please publish nothing of it.' : undefined,
    ],
  })
}
