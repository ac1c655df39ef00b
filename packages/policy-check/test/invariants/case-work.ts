import { clocks } from '@embargo/core'
import { caseAfter, caseBefore, cases, has, worldBefore } from './invariant.ts'
import type { Invariant } from './invariant.ts'

export const CASE: readonly Invariant[] = [
  {
    name: 'an embargo past its end that no clock ends',
    broken: (execution) => {
      const world = worldBefore(execution)
      const { em } = world.case ?? {}
      const { now } = execution.before
      if (em === undefined || (em.is !== 'active' && em.is !== 'revise') || em.end > now) return false
      const clock = clocks(execution.policy, world).find((one) => one.clock === 'embargo-end')
      return clock?.moments.some(({ at }) => at <= now) !== true
    },
  },
  {
    name: 'work on a report that nobody decided, rated or acknowledged',
    broken: (execution) =>
      (has(execution, 'CaseAccepted') &&
        (caseBefore(execution)?.severity === undefined || caseBefore(execution)?.disposition === undefined)) ||
      (has(execution, 'AffectedBranchSet') && caseBefore(execution)?.acknowledgedAt === undefined),
  },
  {
    name: 'work on a case that is invalid, deferred or closed',
    broken: (execution) =>
      ['AffectedBranchSet', 'PatchAssigned', 'AdvisoryDrafted'].some((type) =>
        execution.trail.some(({ recorded }) => recorded.event.type === type),
      ) && !['valid', 'accepted'].includes(caseBefore(execution)?.rm ?? ''),
  },
  {
    name: 'a patch or its verification in a case that is not accepted',
    broken: (execution) =>
      execution.request.verb !== 'log-answer' &&
      cases(execution).some(
        ({ one: { recorded }, before }) =>
          ['PatchSubmitted', 'FixVerified', 'ChangesRequested'].includes(recorded.event.type) &&
          before.rm !== 'accepted',
      ),
  },
  {
    name: 'a case was accepted that was not found valid and rated',
    broken: (execution) =>
      cases(execution).some(
        ({ one: { recorded }, before }) =>
          recorded.event.type === 'CaseAccepted' &&
          (before.rm === 'received' ||
            before.rm === 'invalid' ||
            before.rm === 'closed' ||
            before.severity === undefined),
      ),
  },
  {
    name: 'a closed case was acknowledged, triaged or closed again',
    broken: (execution) =>
      caseBefore(execution)?.rm === 'closed' &&
      ['CaseAcknowledged', 'DispositionSet', 'SeverityRated', 'CaseClosed'].some((type) =>
        execution.trail.some(({ recorded }) => recorded.event.type === type),
      ),
  },
  {
    name: 'an embargo expired before its end',
    broken: (execution) =>
      cases(execution).some(({ one, before }) => {
        const { event, at } = one.recorded
        return event.type === 'EmbargoExited' && event.reason === 'expired' && 'end' in before.em && at < before.em.end
      }),
  },
  {
    name: 'an embargo that outlives its end though its clock was heard',
    broken: (execution) => {
      const state = caseAfter(execution)
      return (
        execution.request.verb === 'fire-clock' &&
        execution.request.clock === 'embargo-end' &&
        execution.request.fraction >= 1 &&
        (state?.em.is === 'active' || state?.em.is === 'revise') &&
        state.em.end <= execution.before.now
      )
    },
  },
]
