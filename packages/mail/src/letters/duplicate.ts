import { date, letter } from './letter.ts'
import type { EmbargoTerms, Letter, LetterBase } from './letter.ts'

/**
 * Two people reported the same. There is no field for anything that the other one wrote or is called: each learns that
 * the other exists, and the dates.
 */
export type DuplicateFields = LetterBase & {
  /** `second`: their report came later and moved into the earlier case. */
  reader: 'first' | 'second'
  /** Somebody decided that it is a vulnerability: only then is the report called valid. */
  isValid: boolean
  /** When it was reported first; told to the second alone. */
  reportedBefore?: number | undefined
  embargo: EmbargoTerms
  /** They were told before that their own embargo is over: they are asked, and bound by nothing. */
  free: boolean
  nextWordBy: number
}

/** Another person reported the same: nothing about them, credit for both, and the dates that hold for both. */
export function duplicate(fields: DuplicateFields): Letter {
  const { reader, isValid, reportedBefore, embargo, free, nextWordBy } = fields
  return letter({
    base: fields,
    about: 'Another person reported the same',
    automatic: false,
    blocks: [
      reader === 'second'
        ? `${isValid ? 'Your report is valid' : 'We have your report'}, and somebody else told us about the same thing earlier${reportedBefore === undefined ? '' : `, on ${date(reportedBefore, fields)}`}. It goes on under the number ${fields.caseNumber}; the address of our earlier mails still reaches us.`
        : 'Somebody else has reported the same thing to us, after you. Your report keeps its number, and nothing about your credit changes.',
      'We can say nothing about the other person or their report, and they learn nothing about you or yours.',
      reader === 'second'
        ? 'You found it on your own, so you are credited too, as you wish to be. What you told us about credit and the embargo still counts.'
        : 'Each of you is credited, as each wishes to be.',
      embargo === 'none'
        ? 'No embargo is in force.'
        : free
          ? `The embargo on your own report is over, and that stands: nothing binds you. For the earlier report one is in force until ${date(embargo.end, fields)}. We ask you to keep this between us until then, or until the fix is public. Please reply and say whether you do.`
          : `The embargo ends ${date(embargo.end, fields)}, for both reports: ${whyThen(embargo)} Until then, or until the fix is public, please keep this between us. If that date does not suit you, reply and say so.`,
      `You hear from us again by ${date(nextWordBy, fields)} at the latest.`,
      reader === 'second'
        ? 'If you think that the two are not the same, reply and say why. A person looks at it again.'
        : undefined,
    ],
  })
}

const whyThen = ({ named }: Exclude<EmbargoTerms, 'none'>): string =>
  named === true
    ? 'it was named and is not agreed yet, and until there is an agreement the earliest date that was named counts.'
    : 'the earlier of the dates that were agreed.'
