import type { Tlp } from '@embargo/core'
import { base, labelOf, secrecyOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { letter } from './shared/letter.ts'
import type { Letter, LetterBase, Secrecy } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'

/**
 * The notice that the rating of a case has changed. Each recipient who has the case's patches gets a mail of their own.
 */
export type RecipientRatedFields = LetterBase & { severity: string; was: string; secrecy: Secrecy; tlp: Tlp }

const STAYS: Readonly<Record<Secrecy, string>> = {
  bound: 'The date, the patches and the terms stay as they are. Please publish nothing before the planned date.',
  asked:
    'The date and the patches stay as they are. The embargo has ended. Even so, we ask you: please publish nothing before we do.',
  over: 'The date and the patches stay as they are. The embargo is over, and that does not change.',
}

/** Tells the recipient the new severity. It also says that the date, the patches and the secrecy are unchanged. */
export const recipientRated = defineLetter({
  name: 'recipient-rated',
  label: 'notice of another severity',
  obsoleteAfter: ['publication'],
  facts,
  words,
})

function facts(material: LetterMaterial): RecipientRatedFields {
  const { event } = material
  if (event?.type !== 'SeverityRated' || event.was === undefined)
    throw new CannotWrite('The severity of this case has not changed.')
  return {
    ...base(material),
    severity: event.severity,
    was: event.was,
    secrecy: secrecyOf(material),
    tlp: labelOf(material),
  }
}

function words(fields: RecipientRatedFields): Letter {
  const { caseNumber, severity, was, project, secrecy, tlp } = fields
  return letter({
    base: fields,
    about: secrecy === 'over' ? 'Another severity' : `${tlp} another severity`,
    automatic: true,
    blocks: [
      `We told you that ${caseNumber} in ${project} is rated ${was}. It is now rated ${severity}.`,
      STAYS[secrecy],
      'If you disagree, please reply.',
    ],
  })
}
