import { embargoInForce } from '@embargo/core'
import { slipped as write } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { base } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const slipped: LetterRenderer = {
  letter: 'slipped',
  render(material) {
    const { moved, case: theCase } = material
    if (moved === undefined) throw new CannotPerform('No planned date was moved.')
    return write({
      ...base(material),
      was: moved.was,
      newDate: moved.at,
      reason: moved.reason,
      embargoEnd: embargoInForce(theCase.em) && material.report?.free !== true ? theCase.em.end : undefined,
    })
  },
}
