import { recipientDropped as write } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { base, secrecyOf } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const recipientDropped: LetterRenderer = {
  letter: 'recipient-dropped',
  render(material) {
    const { moved } = material
    if (moved === undefined) throw new CannotPerform('The release of this case has no date.')
    return write({ ...base(material), was: moved.was, reason: moved.reason, secrecy: secrecyOf(material) })
  },
}
