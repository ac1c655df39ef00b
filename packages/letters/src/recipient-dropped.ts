import { day } from '@embargo/core'
import type { Tlp } from '@embargo/core'
import { base, labelOf, secrecyOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { letter } from './shared/letter.ts'
import type { Letter, LetterBase, Secrecy } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'

/**
 * The notice that a case is taken out of its release. Each recipient who has the case's patches gets a mail of their
 * own.
 */
export type RecipientDroppedFields = LetterBase & {
  /**
   * The instant of the release, epoch milliseconds. Only its day is mentioned: the recipient may know another hour,
   * because nobody is mailed if only the hour changes.
   */
  was: number
  reason?: string | undefined
  secrecy: Secrecy
  tlp: Tlp
}

/** What the recipient is told about the case that leaves the release. It depends on what keeps the recipient silent. */
const HOLDS: Readonly<Record<Secrecy, (caseNumber: string) => string>> = {
  bound: (caseNumber) =>
    `The embargo on ${caseNumber} goes on. Please publish nothing about it, do not ship its patches with that release, and keep them where nobody else sees them.`,
  asked: (caseNumber) =>
    `The embargo on ${caseNumber} has ended, and as far as we know nothing is public. Even so, we ask you: please publish nothing about it before we do, do not ship its patches with that release, and keep them where nobody else sees them.`,
  over: (caseNumber) => `The embargo on ${caseNumber} is over, and that does not change.`,
}

/**
 * Tells the recipient that the case is no longer in the release, and that its secrecy is unchanged. Nothing changes for
 * the other cases.
 */
export const recipientDropped = defineLetter({
  name: 'recipient-dropped',
  label: 'notice that the case is out of its release',
  facts,
  words,
})

function facts(material: LetterMaterial): RecipientDroppedFields {
  const { moved } = material
  if (moved === undefined) throw new CannotWrite('The release of this case has no date.')
  return {
    ...base(material),
    was: moved.was,
    reason: moved.reason,
    secrecy: secrecyOf(material),
    tlp: labelOf(material),
  }
}

function words(fields: RecipientDroppedFields): Letter {
  const { caseNumber, was, reason, project, secrecy, tlp } = fields
  return letter({
    base: fields,
    about: `${secrecy === 'over' ? '' : `${tlp} `}this case is taken out of the release`,
    automatic: true,
    blocks: [
      `The release of ${project} that is planned for ${day(was)} will not include ${caseNumber}. There is no new date for ${caseNumber} yet; we will tell you in the same way.`,
      reason === undefined ? undefined : 'The reason:',
      reason === undefined ? undefined : { said: reason },
      `${HOLDS[secrecy](caseNumber)} Everything else that we told you about that release is unchanged.`,
      'Please reply that you have read this: a line is enough.',
    ],
  })
}
