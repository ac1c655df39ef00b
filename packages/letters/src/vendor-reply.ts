import { letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'

/** A free text to another vendor to whom a report was forwarded: the text as typed, wrapped, under the signature. */
export function vendorReply(fields: LetterBase & { text: string }): Letter {
  return letter({
    base: fields,
    about: 'About the report that we forwarded',
    automatic: false,
    greeting: false,
    blocks: [{ said: fields.text }],
  })
}
