import { announcement } from '@embargo/documents'
import type { PublicRecord } from '@embargo/documents'
import { recordOf } from './shared/advisory-record.ts'
import { base, contact, creditLine, reportOf, secrecyOf, upcomingRelease } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { NothingToSay } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase, Secrecy } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'

/** The text that will be public, for the reporter to check. The text is about the reporter's case alone. */
export type PublicTextFields = LetterBase & {
  record: PublicRecord
  contact: string
  /** The project's own text for the announcement. */
  template?: string | undefined
  /** The project's description of its software. */
  about?: string | undefined
  /** The credit as it will be printed; absent if nobody is named. */
  credit?: string | undefined
  /** Set while nobody knows how the reporter wants to be named. */
  isCreditOpen?: boolean
  plannedFor?: number | undefined
  secrecy: Secrecy
}

/** Shows the reporter the text and the credit before recipients get them, while a mistake is still easy to correct. */
export const publicText = defineLetter({
  name: 'public-text',
  label: 'public text to check',
  obsoleteAfter: ['publication', 'closing', 'merge', 'spam'],
  facts,
  words,
})

function facts(material: LetterMaterial): PublicTextFields {
  const { case: theCase } = material
  if (theCase.cs.fixReady === undefined)
    throw new NothingToSay('The fix was withdrawn before this mail could be sent; with a new fix comes a new text.')
  const { dates, ...record } = recordOf(material, theCase)
  // The day of the publication is left out of the record, because it is not certain yet. The planned date has its own
  // line.
  const { published: _later, ...past } = dates
  return {
    ...base(material),
    record: { ...record, dates: past },
    contact: contact(material),
    template: material.policy.templates.announcement,
    about: material.project.about,
    credit: creditLine(reportOf(material)),
    isCreditOpen: reportOf(material).credit === undefined,
    plannedFor: upcomingRelease(material),
    secrecy: secrecyOf(material),
  }
}

const ASKS: Readonly<Record<Secrecy, string | undefined>> = {
  bound: 'The text is under the embargo like everything else here. Please do not put it anywhere public.',
  asked: 'We ask you not to put the text anywhere public before we publish.',
  over: undefined,
}

const OPEN_CREDIT =
  'You are not named, because we do not know how you want to be named. Reply with your name or pseudonym as it should be printed, or tell us that you want neither.'

function words(fields: PublicTextFields): Letter {
  const { record, project, credit, isCreditOpen, plannedFor, secrecy, template, about } = fields
  const written = announcement({ project, records: [record], contact: fields.contact, template, about })
  return letter({
    base: fields,
    about: 'Please check what we will publish',
    automatic: true,
    blocks: [
      'The fix is ready. Below is what we will publish about what you reported. Is anything wrong or missing in it, or does it say too much? "It is right" is enough as an answer. Without an answer, we go on.',
      isCreditOpen === true ? OPEN_CREDIT : undefined,
      {
        rows: [
          ['Credit', credit ?? 'nobody is named'],
          ['Planned', plannedFor === undefined ? 'no date yet' : date(plannedFor, fields)],
        ],
      },
      ASKS[secrecy],
      'The text:',
      { verbatim: `${written.subject}\n\n${written.text.trimEnd()}` },
    ],
  })
}
