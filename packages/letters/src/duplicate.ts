import { isSameReporter } from '@embargo/core'
import { base, embargoTerms, nextWordBy, reportOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { date, letter } from './shared/letter.ts'
import type { EmbargoTerms, Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd, nextWord } from './shared/template-values.ts'

/**
 * Two people reported the same. There is no field for anything that the other person wrote, nor for their name: each
 * learns that the other exists, and the dates.
 */
export type DuplicateFields = LetterBase & {
  /** `second`: their report came later and moved into the earlier case. `both`: they sent the earlier one too. */
  reader: 'first' | 'second' | 'both'
  /** It was decided that it is a vulnerability: only then is the report called valid. */
  isValid: boolean
  /** When it was first reported; only the second reporter is told. */
  reportedBefore?: number | undefined
  embargo: EmbargoTerms
  /** Their own embargo is over and they were told so: they are asked to keep the secret, but not bound. */
  free: boolean
  nextWordBy: number
}

/** It was reported twice: nothing about the other person, the credit, and the dates that hold for both reports. */
export const duplicate = defineLetter({
  name: 'duplicate',
  label: 'note that it was reported twice',
  facts,
  words,
  templateFields: (material) => ({ ...common(material), ...nextWord(material), ...embargoEnd(material) }),
})

function facts(material: LetterMaterial): DuplicateFields {
  const { case: theCase, event } = material
  const report = reportOf(material)
  const { id, free } = report
  const came = event?.type === 'CasesMerged' ? event.reports : []
  const earlier = theCase.reports.filter((other) => !came.includes(other.id)).map(({ receivedAt }) => receivedAt)
  // The other report in the merge is their own too.
  const isOwn = theCase.reports.some(
    (other) => came.includes(other.id) !== came.includes(id) && isSameReporter(report, other),
  )
  const reader = isOwn ? 'both' : came.includes(id) ? 'second' : 'first'
  return {
    ...base(material),
    reader,
    isValid: theCase.disposition === 'valid',
    // If nobody reported the earlier case, it was found inside, and the letter only says that it was known.
    reportedBefore: earlier.length === 0 ? undefined : Math.min(...earlier),
    embargo: embargoTerms(material),
    free: free === true || (reader !== 'first' && event?.type === 'CasesMerged' && event.free === true),
    nextWordBy: nextWordBy(material),
  }
}

function words(fields: DuplicateFields): Letter {
  const { reader, embargo, free, nextWordBy } = fields
  return letter({
    base: fields,
    about: reader === 'both' ? 'Your two reports go on as one' : 'Another person reported the same',
    automatic: false,
    blocks: [
      ...mergeNotes(fields),
      embargo === 'none'
        ? 'No embargo is in force.'
        : free
          ? `The embargo on your ${reader === 'both' ? 'later report is over, and that stands' : 'own report is over, and that stands: nothing binds you'}. For the earlier report one is in force until ${date(embargo.end, fields)}. We ask you to keep this between us until then, or until the fix is public. Please reply and say whether you do.`
          : `The embargo ends ${date(embargo.end, fields)}, for both reports: ${dateReason(embargo)} Until then, or until the fix is public, please keep this between us. If that date does not suit you, reply and say so.`,
      `You hear from us again by ${date(nextWordBy, fields)} at the latest.`,
      reader === 'first'
        ? undefined
        : 'If you think that the two are not the same, reply and say why. A person looks at it again.',
    ],
  })
}

function mergeNotes(fields: DuplicateFields): readonly string[] {
  const { reader, isValid, reportedBefore, caseNumber } = fields
  if (reader === 'both')
    return [
      `Your other report is about the same thing, so both go on as one, under the number ${caseNumber}. The address of our earlier mails still reaches us.`,
      'What you told us about credit and the embargo still counts. From now on you get each of our mails once.',
    ]
  const nothing =
    'We can say nothing about the other person or their report, and they learn nothing about you or yours.'
  if (reader === 'first')
    return [
      'Somebody else has reported the same thing to us, after you. Your report keeps its number, and nothing about your credit changes.',
      nothing,
      'Each of you is credited, as each wishes to be.',
    ]
  const earlier = reportedBefore === undefined ? '' : `, on ${date(reportedBefore, fields)}`
  return [
    `${isValid ? 'Your report is valid' : 'We have your report'}, and somebody else told us about the same thing earlier${earlier}. It goes on under the number ${caseNumber}; the address of our earlier mails still reaches us.`,
    nothing,
    'You found it on your own, so you are credited too, as you wish to be. What you told us about credit and the embargo still counts.',
  ]
}

const dateReason = ({ named }: Exclude<EmbargoTerms, 'none'>): string =>
  named === true
    ? 'it was named and is not agreed yet, and until there is an agreement the earliest date that was named counts.'
    : 'the earlier of the dates that were agreed.'
