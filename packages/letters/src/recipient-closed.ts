import { layout, oneLine } from '@embargo/core'
import { contact } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import type { Letter } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, eventOf } from './shared/template-values.ts'

/**
 * The notice that a case closes without a release. Each recipient who has the case's patches gets a mail of their own.
 */
export type RecipientClosedFields = {
  caseNumber: string
  project: string
  /** Why, in the team's words. */
  reason: string
  /** Whom to ask: an address of the team. */
  contact: string
}

/** Tells a recipient that the case closed without a release, the embargo is over, and the patches must not be used. */
export const recipientClosed = defineLetter({
  name: 'recipient-closed',
  label: 'notice that no release follows',
  facts,
  words,
  templateFields: (material) => ({ ...common(material), reason: eventOf(material, 'CaseClosed')?.reason ?? '' }),
})

function facts(material: LetterMaterial): RecipientClosedFields {
  const { case: theCase, project, event } = material
  if (event?.type !== 'CaseClosed' || event.reason === undefined)
    throw new CannotWrite('The case was closed without a reason, so there is nothing to tell.')
  return { caseNumber: theCase.id, project: project.name, reason: event.reason, contact: contact(material) }
}

function words({ caseNumber, project, reason, contact: address }: RecipientClosedFields): Letter {
  return {
    subject: oneLine(`[${caseNumber}] closed without a release`),
    text: `${layout([
      `You have patches from us for ${caseNumber} in ${project}, and kept them to yourself because we asked you to. The case is closed: we will publish no release for it, and the embargo on it has ended.`,
      'The reason:',
      { said: reason },
      'Please delete the patches and build nothing from them: none of them will be released. Please keep our earlier mails about it to yourselves; apart from that, you are no longer bound.',
      `If you disagree, or have to tell somebody about it, please write to us first: ${address}, or reply to this mail. Thank you for keeping it secret.`,
    ])}\n`,
    attachments: [],
    automatic: false,
  }
}
