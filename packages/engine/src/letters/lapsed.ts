import { lapsed as write } from '@embargo/letters'
import { base, secrecyOf } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const lapsed: LetterRenderer = {
  letter: 'lapsed',
  render(material) {
    const { event, case: theCase } = material
    return write({
      ...base(material),
      secrecy: secrecyOf(material),
      askedAt: event?.type === 'InfoMissed' ? event.askedAt : theCase.openedAt,
    })
  },
}
