import { after, DAY, earliest, embargoInForce, later, latest } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { remediation as write } from '@embargo/mail'
import { CannotPerform } from '../dispatch/trouble.ts'
import { base } from './base.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

/** Process, section 5: a fix is ready at the latest so long before the embargo's end, and that is what the letter asks for. */
const BEFORE_THE_END = 14 * DAY

/** The least that anybody is given, however near the embargo's end is. */
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

function by({ case: { em, severity }, now, policy }: LetterMaterial): Instant {
  const { calendar, clocks } = policy
  const usual = after(calendar, now, clocks.fixReady[severity ?? 'high'])
  if (!embargoInForce(em)) return usual
  return latest(later(now, LEAST), earliest(usual, later(em.end, -BEFORE_THE_END)))
}
