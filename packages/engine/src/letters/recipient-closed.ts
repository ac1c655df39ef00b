import { recipientClosed as write } from '@embargo/documents'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { contact } from './base.ts'
import type { LetterRenderer } from './material.ts'

export const recipientClosed: LetterRenderer = {
  letter: 'recipient-closed',
  render(material) {
    const { case: theCase, project, event } = material
    if (event?.type !== 'CaseClosed' || event.reason === undefined)
      throw new CannotPerform('The case was closed without a reason, so there is nothing to tell.')
    const text = write({
      caseNumber: theCase.id,
      project: project.name,
      reason: event.reason,
      contact: contact(material),
    })
    return { ...text, automatic: false }
  },
}
