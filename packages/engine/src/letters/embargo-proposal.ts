import { after, openProposal } from '@embargo/core'
import { embargoProposal as write } from '@embargo/letters'
import { CannotPerform, NotNeeded } from '../dispatch/effect-errors.ts'
import { base, embargoTerms } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const embargoProposal: LetterRenderer = {
  letter: 'embargo-proposal',
  render(material) {
    const { event, policy, now, case: theCase } = material
    if (event?.type !== 'EmbargoProposed') throw new CannotPerform('No date was proposed.')
    if (openProposal(theCase.em)?.proposal !== event.proposal)
      throw new NotNeeded('The date was answered, or its embargo ended, before the mail left.')
    return write({
      ...base(material),
      embargo: embargoTerms(material),
      proposed: event.end,
      reason: event.reason,
      answerBy: after(policy.calendar, now, policy.clocks.consentSilence),
    })
  },
}
