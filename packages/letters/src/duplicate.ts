import { isSameReporter } from '@embargo/core'
import { base, embargoTerms, nextWordBy, reportOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { date, letter } from './shared/letter.ts'
import type { EmbargoTerms, Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd, nextWord } from './shared/template-values.ts'

/**
 * Two people reported the same vulnerability. Each reader learns only that there is another report, and the dates.
 * There is no field for the other person's name or words.
 */
export type DuplicateFields = LetterBase & {
  /**
   * `second`: the reader's report came later and was merged into the earlier case. `both`: the reader sent both
   * reports.
   */
  reader: 'first' | 'second' | 'both'
  /** Whether the case was judged to be a vulnerability. Only then does the letter call the report valid. */
  isValid: boolean
  /** When the vulnerability was first reported. Only the letter to the second reporter says it. */
  reportedBefore?: number | undefined
  embargo: EmbargoTerms
  /**
   * Set if the reader's own embargo is over and they were told so: they are asked to keep the secret, but are not
   * bound.
   */
  free: boolean
  nextWordBy: number
}

/**
 * Tells a reporter that the vulnerability was reported twice, how they will be credited, and the dates that hold for
 * both reports.
 */
export const duplicate = defineLetter({
  name: 'duplicate',
  label: 'notice of a duplicate report',
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
  // Whether the other report in the merge is the reader's own too.
  const isOwn = theCase.reports.some(
    (other) => came.includes(other.id) !== came.includes(id) && isSameReporter(report, other),
  )
  const reader = isOwn ? 'both' : came.includes(id) ? 'second' : 'first'
  return {
    ...base(material),
    reader,
    isValid: theCase.disposition === 'valid',
    // An earlier case that has no report was found by the team itself. Then the letter gives no date.
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
    about: reader === 'both' ? 'Your two reports continue as one' : 'Another person reported the same problem',
    automatic: false,
    blocks: [
      ...mergeNotes(fields),
      embargo === 'none'
        ? 'No embargo is in force.'
        : free
          ? `The embargo on your ${reader === 'both' ? 'later report is over' : 'own report is over, and no embargo binds you'}. But the earlier report is under embargo until ${date(embargo.end, fields)}. We ask you to keep this between us until then, or until the fix is public. Please reply and say whether you will.`
          : `For both reports, the embargo ends ${date(embargo.end, fields)}. ${dateReason(embargo)} Until then, or until the fix is public, please keep this between us. If that date does not suit you, reply and say so.`,
      `You hear from us again by ${date(nextWordBy, fields)} at the latest.`,
      reader === 'first'
        ? undefined
        : 'If you think that the two reports are not about the same problem, reply and say why. A person will look at them again.',
    ],
  })
}

function mergeNotes(fields: DuplicateFields): readonly string[] {
  const { reader, isValid, reportedBefore, caseNumber } = fields
  if (reader === 'both')
    return [
      `Your two reports are about the same problem, so we handle them as one, under the number ${caseNumber}. You can still reply to our earlier mails.`,
      'What you told us about credit and the embargo still counts. From now on, you get each of our mails only once.',
    ]
  const nothing =
    'We can say nothing about the other person or their report, and they learn nothing about you or yours.'
  if (reader === 'first')
    return [
      'After you, somebody else has reported the same problem to us. Your report keeps its number, and nothing about your credit changes.',
      nothing,
      'Each of you will be credited as you wish to be.',
    ]
  const earlier = reportedBefore === undefined ? '' : `, on ${date(reportedBefore, fields)}`
  return [
    `${isValid ? 'Your report is valid' : 'We have your report'}, but somebody else told us about the same problem earlier${earlier}. We handle both reports under the number ${caseNumber}; you can still reply to our earlier mails.`,
    nothing,
    'You found the problem on your own, so you will be credited too, as you wish to be. What you told us about credit and the embargo still counts.',
  ]
}

const dateReason = ({ named }: Exclude<EmbargoTerms, 'none'>): string =>
  named === true
    ? 'This date was proposed and is not agreed yet. Until there is an agreement, the earliest proposed date counts.'
    : 'This is the earlier of the dates that were agreed.'
