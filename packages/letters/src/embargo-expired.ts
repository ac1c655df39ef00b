import { base, nextWordBy } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoExit, nextWord } from './shared/template-values.ts'
import { progressFields, progressOf } from './update.ts'
import type { Progress } from './update.ts'

export type EmbargoExpiredFields = LetterBase & {
  endedAt: number
  /** The progress of the fix, in the words for a reporter. */
  progress: Progress
  /** The date of the planned release, if recipients know it. */
  releaseAt?: number | undefined
  nextWordBy: number
}

/**
 * Tells the reporter that the embargo's date has come and the fix is not out. It also says that they are no longer
 * bound, what we ask nevertheless, and what comes next.
 */
export const embargoExpired = defineLetter({
  name: 'embargo-expired',
  label: 'notice that the embargo has run out',
  obsoleteAfter: ['publication'],
  facts,
  words,
  templateFields: (material) => ({
    ...common(material),
    ...embargoExit(material),
    ...progressFields(material),
    ...nextWord(material),
  }),
})

function facts(material: LetterMaterial): EmbargoExpiredFields {
  const { case: theCase, now } = material
  return {
    ...base(material),
    endedAt: theCase.em.is === 'exited' ? theCase.em.at : now,
    ...progressOf(material),
    nextWordBy: nextWordBy(material),
  }
}

function words(fields: EmbargoExpiredFields): Letter {
  const { endedAt, progress, releaseAt, nextWordBy } = fields
  return letter({
    base: fields,
    about: 'The embargo has ended',
    automatic: true,
    blocks: [
      `The embargo on ${fields.caseNumber} in ${fields.project} reached its end date, ${date(endedAt, fields)}. ${STATE[progress] ?? 'The fix is not out yet.'} We are sorry that we were not faster.`,
      'This means that you are no longer bound by it: you are free to speak and to publish.',
      'We have two requests, which you are free to decline: tell us before you publish, so that people are not surprised, and hold back a working exploit until they can update.',
      releaseAt === undefined
        ? 'We would like to agree on another date with you. If you are willing to wait a little longer, reply and say until when; a short answer is enough.'
        : `We plan to publish it ${date(releaseAt, fields)}. If you are willing to wait until then, reply and say so; a short answer is enough.`,
      `Nothing becomes public just because the date has come: we continue to work on the fix, and you will hear from us by ${date(nextWordBy, fields)} at the latest.`,
      'A program wrote this mail. A person reads your answer.',
    ],
  })
}

const STATE: Readonly<Partial<Record<Progress, string>>> = {
  received: 'We have not yet decided whether what you describe is a vulnerability.',
  assessing: 'Your report is valid, and there is no fix yet.',
  fixing: 'The fix is still being written.',
  confirming: 'The fix is written and still being checked.',
  ready: 'The fix is written and checked, and not out yet.',
  prenotified: 'The fix is ready and not out yet.',
}
