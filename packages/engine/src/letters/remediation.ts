import { after, before, DAY, earliest, embargoInForce, later, latest } from '@embargo/core'
import type { Addressee, Instant, Remediator } from '@embargo/core'
import { remediation as write } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { base, secrecyOf } from './parts.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

/** The least that anybody is given, however near the embargo's end is. */
const LEAST = 3 * DAY

export const remediation: LetterRenderer = {
  letter: 'remediation',
  render(material) {
    const { event } = material
    if (event?.type !== 'PatchAssigned') throw new CannotPerform('Nobody was asked to write a patch.')
    return write({
      ...base(material),
      writer: writerFor(event.remediator, material.to),
      branches: event.branches,
      by: fixBy(material),
      publicCommits: material.policy.publicCommits,
      secrecy: secrecyOf(material),
    })
  },
}

function writerFor(remediator: Remediator, to: Addressee): 'reporter' | 'another' | 'team' {
  if (remediator.kind !== 'reporter') return 'team'
  return to.kind === 'report' && to.report === remediator.report ? 'reporter' : 'another'
}

/** By when a fix is asked for. */
export function fixBy({ case: { em, severity }, now, policy }: LetterMaterial): Instant {
  const { calendar, clocks } = policy
  const usual = after(calendar, now, clocks.fixReady[severity ?? 'high'])
  if (!embargoInForce(em)) return usual
  return latest(later(now, LEAST), earliest(usual, before(calendar, em.end, clocks.fixBeforeEmbargoEnd)))
}
