import { letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'

/** A free text by a member of the team, as it was shown in the preview. */
export type ReplyFields = LetterBase & { text: string }

/** The only letter whose words are not ours: the text as typed, wrapped, under the signature. No greeting is added. */
export function reply(fields: ReplyFields): Letter {
  return letter({
    base: fields,
    about: 'About your report',
    automatic: false,
    greeting: false,
    blocks: [{ said: fields.text }],
  })
}
