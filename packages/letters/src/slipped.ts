import { day, embargoInForce } from '@embargo/core'
import { base } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd, movedDate } from './shared/template-values.ts'

/** The letter to a reporter when the planned date no longer holds. */
export type SlippedFields = LetterBase & {
  /**
   * The previous planned instant, epoch milliseconds. Only its day is mentioned: the reporter may know another hour,
   * because nobody is mailed if only the hour changes.
   */
  was: number
  /** The new instant; absent while no new date is set. */
  newDate?: number | undefined
  /** The team's reason, in a line. */
  reason?: string | undefined
  /** The embargo's end, if an embargo is in force. */
  embargoEnd?: number | undefined
}

/** Tells the reporter the new date, the reason in one line, and what stays the same. */
export const slipped = defineLetter({
  name: 'slipped',
  label: 'notice that the date has changed',
  obsoleteAfter: ['publication', 'new-date'],
  facts,
  words,
  templateFields: (material) => ({ ...common(material), ...movedDate(material), ...embargoEnd(material) }),
})

function facts(material: LetterMaterial): SlippedFields {
  const { moved, case: theCase } = material
  if (moved === undefined) throw new CannotWrite('No planned date was moved.')
  return {
    ...base(material),
    was: moved.was,
    newDate: moved.at,
    reason: moved.reason,
    embargoEnd: embargoInForce(theCase.em) && material.report?.free !== true ? theCase.em.end : undefined,
  }
}

function words(fields: SlippedFields): Letter {
  const { was, newDate, reason, embargoEnd } = fields
  return letter({
    base: fields,
    about: newDate === undefined ? 'The planned date no longer holds' : 'Another date',
    automatic: true,
    blocks: [
      newDate === undefined
        ? `The fix for what you reported was planned to be public on ${day(was)}. That is no longer so, and there is no new date yet. We will tell you the new date once it is certain.`
        : `The fix for what you reported was planned to be public on ${day(was)}. The new date is ${date(newDate, fields)}.`,
      reason === undefined ? undefined : 'The reason:',
      reason === undefined ? undefined : { said: reason },
      embargoEnd === undefined
        ? 'Everything else stays as we agreed.'
        : `Everything else stays as we agreed: please keep it between us until it is public, or until ${date(embargoEnd, fields)} at the latest. What you told us, including how you want to be credited, still holds.`,
      'If this does not suit you, a reply is enough, and we talk about it.',
    ],
  })
}
