import { DAY, later, latest } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { remediation as write } from '@embargo/mail'
import { CannotPerform } from '../dispatch/trouble.ts'
import { base } from './base.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

/** Process, section 5: a fix is ready at the latest so long before the embargo's end, and that is what the letter asks for. */
const BEFORE_THE_END = 14 * DAY

/** Where no embargo gives a date, and the least that anybody is given. */
const USUAL = 30 * DAY
const LEAST = 3 * DAY

export const remediation: LetterRenderer = {
  letter: 'remediation',
  render(material) {
    const { event } = material
    if (event?.type !== 'PatchAssigned') throw new CannotPerform('Nobody was asked to write a patch.')
    return write({
      ...base(material),
      writer: event.remediator.kind === 'reporter' ? 'reporter' : 'team',
      branches: event.branches,
      by: by(material),
    })
  },
}

function by({ case: { em }, now }: LetterMaterial): Instant {
  if (em.is !== 'active' && em.is !== 'revise') return later(now, USUAL)
  return latest(later(now, LEAST), later(em.end, -BEFORE_THE_END))
}
