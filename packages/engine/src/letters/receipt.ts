import { answerPromised } from '@embargo/core'
import { receipt as write } from '@embargo/letters'
import { base, contact, embargoTerms } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const receipt: LetterRenderer = {
  letter: 'receipt',
  render(material) {
    const { policy, case: theCase } = material
    const { by, nobodyBefore } = answerPromised(policy, theCase)
    return write({
      ...base(material),
      answerBy: by,
      ...(nobodyBefore === undefined ? {} : { nobodyBefore }),
      embargo: embargoTerms(material),
      escalation: contact(material),
    })
  },
}
