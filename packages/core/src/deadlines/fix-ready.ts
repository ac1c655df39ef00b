import { embargoInForce } from '../state/embargo/evolve.ts'
import { inThisRound, severityOf } from './clock.ts'
import { defineDeadline } from './definition.ts'
import { fixDue } from './fix-due.ts'

/**
 * Runs to a verified fix. The deadline starts with the first rating, or with an earlier decision that the case is
 * valid. If the case is reopened or taken up again, the deadline starts again. A worse rating can only make the fix due
 * sooner (see `fixDue`).
 */
export const fixReady = defineDeadline({
  name: 'fix-ready',
  words: 'have a verified fix',
  starts: 'the first rating, or an earlier decision that the case is valid',
  due: '{clocks.fixReady} later, and at the latest two weeks before the embargo’s end',
  priority: 10,
  verbs: ['triage.affects', 'assign-patch', 'patch', 'confirm'],
  runs: ({ policy, state, release }) => {
    const works = state.rm === 'valid' || state.rm === 'accepted'
    if (!works || state.cs.fixReady !== undefined || release?.is === 'released' || state.publication === 'none')
      return []
    const since = state.severeSince ?? {}
    const start = since.low ?? inThisRound(state, state.openedAt)
    const end = embargoInForce(state.em) ? state.em.end : undefined
    const due = fixDue(policy, start, { severity: severityOf(state), since, end })
    return [{ start, due, round: due }]
  },
})
