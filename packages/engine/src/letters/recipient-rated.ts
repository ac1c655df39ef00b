import { recipientRated as write } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { base, secrecyOf } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const recipientRated: LetterRenderer = {
  letter: 'recipient-rated',
  render(material) {
    const { event } = material
    if (event?.type !== 'SeverityRated' || event.was === undefined)
      throw new CannotPerform('The severity of this case has not changed.')
    return write({ ...base(material), severity: event.severity, was: event.was, secrecy: secrecyOf(material) })
  },
}
