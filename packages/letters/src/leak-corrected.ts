import { base, embargoTerms, upcomingRelease } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { NothingToSay } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { EmbargoTerms, Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd, time } from './shared/template-values.ts'

/** Tells the recipients who were told of a leak that there was none. No field names the recipient who was suspected. */
export type LeakCorrectedFields = LetterBase & {
  embargo: EmbargoTerms
  /** The planned date of a release that is still to come. */
  releaseAt?: number | undefined
}

/** Says that, as far as we know, nothing leaked, and that everything that was agreed still holds. */
export const leakCorrected = defineLetter({
  name: 'leak-corrected',
  label: 'notice that there was no leak',
  obsoleteAfter: ['publication'],
  facts,
  words,
  templateFields: (material) => ({
    ...common(material),
    ...embargoEnd(material),
    releaseAt: time(upcomingRelease(material)),
  }),
})

function facts(material: LetterMaterial): LeakCorrectedFields {
  if (material.case.cs.public !== undefined)
    throw new NothingToSay('The vulnerability has become public since, and the readers of this mail were told so.')
  return { ...base(material), embargo: embargoTerms(material), releaseAt: upcomingRelease(material) }
}

function words(fields: LeakCorrectedFields): Letter {
  return letter({
    base: fields,
    about: 'No details got out',
    automatic: true,
    blocks: [
      `We wrote to you that details of ${fields.caseNumber} in ${fields.project} may have got out. We have looked again, and that was wrong. As far as we know, the vulnerability is still secret.`,
      `${holds(fields)}${plannedRelease(fields)} You no longer have to be ready at short notice.`,
      'If you have published anything or told anybody since, please reply and tell us what and where, so that we can act on it. It was our mistake, and we blame nobody for relying on our mail.',
    ],
  })
}

const holds = ({ embargo, ...base }: LeakCorrectedFields): string =>
  embargo === 'none'
    ? 'Please keep what you have to yourselves until we publish.'
    : `The embargo holds as before: until we publish, or until ${date(embargo.end, base)} at the latest.`

const plannedRelease = ({ releaseAt, ...base }: LeakCorrectedFields): string =>
  releaseAt === undefined ? '' : ` The release is planned for ${date(releaseAt, base)}.`
