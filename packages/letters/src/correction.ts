import { correction as write, correctionBody, partsInWords } from '@embargo/documents'
import type { CorrectionFields as PublicFields } from '@embargo/documents'
import { recordOf } from './shared/advisory-record.ts'
import { base, contact, creditLine } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'

/** The mail about a correction. It is written for one kind of reader: the public, a recipient or a reporter. */
export type CorrectionFields = LetterBase & {
  correction: PublicFields
  reader: 'public' | 'recipient' | 'reporter'
  /** The reporter's credit as it is printed now; absent if nobody is named. */
  credit?: string | undefined
}

/** Says what was wrong in a publication. The letter goes to everybody who was told about the publication. */
export const correction = defineLetter({
  name: 'correction',
  label: 'correction',
  facts,
  words,
})

function facts(material: LetterMaterial): CorrectionFields {
  const { case: theCase, to, report, project, policy } = material
  const last = theCase.corrections?.at(-1)
  if (last === undefined) throw new CannotWrite(`Nothing of ${theCase.id} was corrected.`)
  return {
    ...base(material),
    correction: {
      project: project.name,
      record: recordOf(material, theCase),
      parts: last.parts,
      reason: last.reason,
      revision: (theCase.corrections?.length ?? 0) + 1,
      withdrawn: last.withdrawn,
      contact: contact(material),
      template: policy.templates[last.withdrawn === true ? 'withdrawal' : 'correction'],
    },
    reader: to.kind === 'public' ? 'public' : to.kind === 'report' ? 'reporter' : 'recipient',
    credit: report === undefined ? undefined : creditLine(report),
  }
}

function words(fields: CorrectionFields): Letter {
  const { correction: of, reader } = fields
  if (reader === 'public') return { ...write(of), automatic: false }
  return letter({
    base: fields,
    about: of.withdrawn === true ? 'Withdrawn: the security advisory' : `Correction: ${partsInWords(of)}`,
    automatic: true,
    blocks: [
      ...correctionBody(of),
      reader === 'reporter' && of.parts.includes('credit') ? creditNow(fields) : undefined,
      'If anything in it is wrong, reply and we correct it.',
    ],
  })
}

const creditNow = ({ credit }: CorrectionFields): string =>
  credit === undefined
    ? 'Nobody is named as the reporter now. Is that how you want it?'
    : `The credit now reads “${credit}”. Is that how you want it?`
