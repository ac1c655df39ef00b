import { isNothingPublic, stageOf } from '@embargo/core'
import type { Block, Instant, Severity, Stage } from '@embargo/core'
import { base, embargoTerms, nextWordBy } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { date, letter, requestForSilence } from './shared/letter.ts'
import type { EmbargoTerms, Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd, eventOf, nextWord, rating, time } from './shared/template-values.ts'

/** The progress of a case as the reporter is told about it. There are fewer stages than the team sees. */
export type Progress =
  | 'received'
  | 'assessing'
  | 'fixing'
  | 'confirming'
  | 'ready'
  | 'prenotified'
  | 'disclosed'
  | 'deferred'
  | 'closed'

export type UpdateFields = LetterBase & {
  progress: Progress
  severity?: Severity | undefined
  /** The planned instant of the release, once it is certain enough to tell the reporter. */
  releaseAt?: number | undefined
  /** Set if the vulnerability became public before the fix. */
  isPublic?: boolean
  /** Why there is no progress, in words for the reporter. */
  reason?: string | undefined
  /** Why the rating changed, in words for the reporter. */
  ratedBecause?: string | undefined
  embargo: EmbargoTerms
  nextWordBy?: number | undefined
}

/** A sentence for each stage of progress. */
export const PROGRESS_WORDS: Readonly<Record<Progress, string>> = {
  received: 'Your report waits for a first assessment. We have not yet decided whether it is a vulnerability.',
  assessing: 'Your report was found valid. We are finding out how severe it is and which versions it affects.',
  fixing: 'The fix is being written.',
  confirming: 'The fix is written and is being checked. If you were asked to check it, we are waiting for your answer.',
  ready: 'The fix is written and checked. Its publication is being prepared.',
  prenotified: 'The fix is ready, and those who have to prepare for it know the date.',
  disclosed: 'The fix is public.',
  deferred: 'Your report is valid, but for now we are not working on it.',
  closed: 'Your report is closed on our side.',
}

/** Tells the reporter the stage in plain words, what is worked on, and the next date. */
export const update = defineLetter({
  name: 'update',
  label: 'update',
  obsoleteAfter: ['publication', 'last-word', 'merge', 'spam'],
  facts,
  words,
  templateFields: (material) => ({
    ...common(material),
    ...progressFields(material),
    ...rating(material),
    reason: eventOf(material, 'ReporterUpdated')?.reason ?? eventOf(material, 'SeverityRated')?.reason ?? '',
    ...nextWord(material),
    ...embargoEnd(material),
  }),
})

/**
 * The progress that a letter reports for each stage. `rejected` and `acknowledged` have no words of their own, because
 * other letters told the reporter about them.
 */
const PROGRESS_OF: Readonly<Record<Stage, Progress>> = {
  closed: 'closed',
  rejected: 'closed',
  deferred: 'deferred',
  publishing: 'ready',
  disclosed: 'disclosed',
  prenotified: 'prenotified',
  ready: 'ready',
  confirming: 'confirming',
  fixing: 'fixing',
  assessing: 'assessing',
  acknowledged: 'received',
  received: 'received',
}

/** The progress as outsiders may know it. */
export function progressOf({ case: theCase, release }: LetterMaterial): {
  readonly progress: Progress
  readonly releaseAt: Instant | undefined
} {
  const progress = PROGRESS_OF[stageOf(theCase, release)]
  // If the vulnerability is already public, there is no date on which it will be published.
  if (theCase.cs.public !== undefined)
    return { progress: progress === 'prenotified' ? 'ready' : progress, releaseAt: undefined }
  // A date that nobody outside the team was told of may still move, so it is left out.
  return { progress, releaseAt: release?.is === 'prenotified' ? release.at : undefined }
}

/** The progress as fields of a template. */
export function progressFields(material: LetterMaterial) {
  const { progress, releaseAt } = progressOf(material)
  return { progress: PROGRESS_WORDS[progress], releaseAt: time(releaseAt) }
}

function facts(material: LetterMaterial): UpdateFields {
  const { progress, releaseAt } = progressOf(material)
  const over = progress === 'closed' || progress === 'disclosed'
  return {
    ...base(material),
    progress,
    severity: material.case.severity,
    releaseAt,
    isPublic: material.case.cs.public !== undefined && !isNothingPublic(material.case, material.release),
    reason: eventOf(material, 'ReporterUpdated')?.reason,
    ratedBecause: eventOf(material, 'SeverityRated')?.reason,
    embargo: embargoTerms(material),
    nextWordBy: over ? undefined : nextWordBy(material),
  }
}

function words(fields: UpdateFields): Letter {
  const { progress, severity, releaseAt, isPublic, reason, ratedBecause, embargo, nextWordBy } = fields
  const over = progress === 'closed' || progress === 'disclosed'
  const blocks: (Block | undefined)[] = [
    PROGRESS_WORDS[progress],
    reason === undefined ? undefined : 'Our reason:',
    reason === undefined ? undefined : { said: reason },
    severity === undefined || over
      ? undefined
      : `We rate it ${severity} at this time${ratedBecause === undefined ? '.' : ', for this reason:'}`,
    ratedBecause === undefined || over ? undefined : { said: ratedBecause },
    releaseAt === undefined || over ? undefined : `We plan to publish it ${date(releaseAt, fields)}.`,
    embargo === 'none'
      ? over
        ? undefined
        : isPublic === true
          ? 'The vulnerability is public, and no embargo is in force.'
          : 'No embargo is in force.'
      : embargo.free === true
        ? requestForSilence(embargo.end, fields)
        : `The embargo ends ${date(embargo.end, fields)}. Until then, or until the fix is public, please keep this between us. If that date does not suit you, reply and say so.`,
    nextWordBy === undefined ? undefined : `You hear from us again by ${date(nextWordBy, fields)} at the latest.`,
    'There is nothing that you need to do. If you have a question, or learned something new, just reply.',
  ]
  return letter({ base: fields, about: 'Progress of your report', automatic: false, blocks })
}
