import { closed as write } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { base } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const closed: LetterRenderer = {
  letter: 'closed',
  render(material) {
    const { case: theCase, event } = material
    if (event?.type !== 'CaseClosed') throw new CannotPerform('The case was not closed, so there is nothing to tell.')
    return write({
      ...base(material),
      reason: event.reason,
      fixed: theCase.publication === 'none' && theCase.cs.fixReady !== undefined,
    })
  },
}
