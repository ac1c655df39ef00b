import { base } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import { storedText } from './shared/material.ts'
import type { LetterMaterial, StoredContent } from './shared/material.ts'

export type MailToCnaFields = LetterBase & {
  text: string
  /** The id that the mail is about, once it is known. */
  cve?: string | undefined
  /** What the CNA is asked to do with the record of a corrected or withdrawn case. */
  asks?: 'update' | 'reject' | undefined
}

/** The request for a CVE id, or a later mail to the CNA: the text exactly as a person saw it, wrapped and signed. */
export const mailToCna = defineLetter({
  name: 'mail-to-cna',
  label: 'mail to the CNA',
  needs: ({ event }) => ({ texts: event?.type === 'CnaWritten' ? [event.text] : [] }),
  facts,
  words,
})

function facts(material: LetterMaterial, content: StoredContent): MailToCnaFields {
  const { event, case: theCase } = material
  const last = theCase.corrections?.at(-1)
  if (event?.type !== 'CnaWritten') throw new CannotWrite('There is no text to send.')
  return {
    ...base(material),
    text: storedText(content, event.text),
    cve: theCase.cve?.id,
    asks: last === undefined ? undefined : last.withdrawn === true ? 'reject' : 'update',
  }
}

function words(fields: MailToCnaFields): Letter {
  return letter({
    base: fields,
    about: aboutOf(fields),
    automatic: false,
    greeting: false,
    blocks: [{ said: fields.text }],
  })
}

const aboutOf = ({ cve, asks }: MailToCnaFields): string =>
  cve === undefined ? 'CVE id' : asks === undefined ? cve : `${cve}: ${asks}`
