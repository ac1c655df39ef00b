import { base, embargoTerms, nextWordBy } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { date, letter, requestForSilence } from './shared/letter.ts'
import type { EmbargoTerms, Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd, eventOf, nextWord } from './shared/template-values.ts'

export type SplitFields = LetterBase & {
  /**
   * Why there is a new case. `again`: the report was merged with another and is now separate again. `more`: one report
   * is about two problems. `elsewhere`: the report is about another project of ours. `incomplete`: the reporter found
   * that the fix of their earlier report is incomplete.
   */
  is: 'again' | 'more' | 'elsewhere' | 'incomplete'
  embargo: EmbargoTerms
  nextWordBy: number
}

const WHY: Readonly<Record<SplitFields['is'], (fields: SplitFields) => string>> = {
  again: ({ caseNumber }) =>
    `We treated your report as the same as another one. It is not, so we now handle it separately, under the number ${caseNumber}.`,
  more: ({ caseNumber }) =>
    `Part of what you reported is a separate problem. We now handle it under the number ${caseNumber}; the rest keeps its number.`,
  elsewhere: ({ caseNumber, project }) =>
    `Your report is about ${project}, so its team handles it from now on, under the number ${caseNumber}.`,
  incomplete: ({ caseNumber }) =>
    `Thank you for telling us that the fix is incomplete. We handle this as a new case, under the number ${caseNumber}.`,
}

/**
 * Tells the reporter that their report, or a part of it, has a new case number, what that means, and that the embargo
 * is unchanged.
 */
export const split = defineLetter({
  name: 'split',
  label: 'notice that the report has a case of its own',
  facts,
  words,
  templateFields: (material) => ({ ...common(material), ...nextWord(material), ...embargoEnd(material) }),
})

const IS = {
  division: 'more',
  project: 'elsewhere',
  split: 'again',
  merge: 'again',
  'follow-up': 'incomplete',
} as const

function facts(material: LetterMaterial): SplitFields {
  return {
    ...base(material),
    is: IS[eventOf(material, 'ReportJoined')?.by ?? 'split'],
    embargo: embargoTerms(material),
    nextWordBy: nextWordBy(material),
  }
}

function words(fields: SplitFields): Letter {
  const { is, embargo, nextWordBy } = fields
  return letter({
    base: fields,
    about: 'A new case number',
    automatic: false,
    blocks: [
      WHY[is](fields),
      `There is nothing that you need to do. What you told us about credit${is === 'incomplete' ? '' : ' and the embargo'} applies to this case too. Replies to this mail belong to this case.`,
      embargo === 'none'
        ? 'No embargo is in force for this case.'
        : is === 'incomplete'
          ? `Please keep the new problem between us until ${date(embargo.end, fields)}, or until its fix is public. That date is a limit: the fix may be published earlier. If it does not suit you, reply and say so.`
          : embargo.free === true
            ? requestForSilence(embargo.end, fields)
            : `The embargo is the same: it ends ${date(embargo.end, fields)}. Until then, or until the fix is public, please keep this between us.`,
      `You hear from us again by ${date(nextWordBy, fields)} at the latest.`,
    ],
  })
}
