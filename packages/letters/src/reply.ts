import { base } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import { storedText } from './shared/material.ts'
import type { LetterMaterial, StoredContent } from './shared/material.ts'

/** A free text by a member of the team, as it was shown in the preview. */
export type ReplyFields = LetterBase & { text: string }

/** The text as the team member typed it, wrapped and signed. No greeting is added. */
export const reply = defineLetter({
  name: 'reply',
  label: 'reply',
  needs: ({ event }) => ({ texts: event?.type === 'MessageSentOut' ? [event.text] : [] }),
  facts,
  words,
})

function facts(material: LetterMaterial, content: StoredContent): ReplyFields {
  const { event } = material
  if (event?.type !== 'MessageSentOut') throw new CannotWrite('There is no text to send.')
  return { ...base(material), text: storedText(content, event.text) }
}

function words(fields: ReplyFields): Letter {
  return letter({
    base: fields,
    about: 'About your report',
    automatic: false,
    greeting: false,
    blocks: [{ said: fields.text }],
  })
}
