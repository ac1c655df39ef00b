import { after } from '@embargo/core'
import { receipt as write } from '@embargo/mail'
import { base, contact, embargoTerms } from './base.ts'
import type { LetterRenderer } from './material.ts'

export const receipt: LetterRenderer = {
  letter: 'receipt',
  render(material) {
    const { policy, case: theCase } = material
    return write({
      ...base(material),
      answerBy: after(policy.calendar, theCase.openedAt, policy.clocks.acknowledge.target),
      embargo: embargoTerms(material),
      escalation: contact(material),
    })
  },
}
