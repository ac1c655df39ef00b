import { recipientSlipped as write } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { nothingToRelease } from './parts.ts'
import { base, secrecyOf } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const recipientSlipped: LetterRenderer = {
  letter: 'recipient-slipped',
  render(material) {
    const { moved, cases } = material
    if (moved === undefined) throw new CannotPerform('No planned date was moved.')
    return write({
      ...base(material),
      cases: cases.map(({ id }) => id),
      was: moved.was,
      newDate: moved.at,
      reason: moved.reason,
      nothingToRelease: nothingToRelease(cases),
      secrecy: Object.fromEntries(cases.map((one) => [one.id, secrecyOf({ case: one })])),
    })
  },
}
