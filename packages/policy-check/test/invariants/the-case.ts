import { caseAfter, caseBefore, cases, has } from './invariant.ts'
import type { Fact } from './invariant.ts'

export const CASE: readonly Fact[] = [
  {
    name: 'work on a report that nobody decided, rated or acknowledged',
    broken: (ran) =>
      (has(ran, 'CaseAccepted') &&
        (caseBefore(ran)?.severity === undefined || caseBefore(ran)?.disposition === undefined)) ||
      (has(ran, 'AffectedBranchSet') && caseBefore(ran)?.acknowledgedAt === undefined),
  },
  {
    name: 'work on a case that is invalid, deferred or closed',
    broken: (ran) =>
      ['AffectedBranchSet', 'PatchAssigned', 'AdvisoryDrafted'].some((type) =>
        ran.trail.some(({ recorded }) => recorded.event.type === type),
      ) && !['valid', 'accepted'].includes(caseBefore(ran)?.rm ?? ''),
  },
  {
    name: 'a patch or its verification in a case that is not accepted',
    broken: (ran) =>
      ['PatchSubmitted', 'FixVerified', 'ChangesRequested'].some((type) =>
        ran.trail.some(({ recorded }) => recorded.event.type === type),
      ) &&
      ran.request.verb !== 'log-answer' &&
      caseBefore(ran)?.rm !== 'accepted',
  },
  {
    name: 'a closed case was acknowledged, triaged or closed again',
    broken: (ran) =>
      caseBefore(ran)?.rm === 'closed' &&
      ['CaseAcknowledged', 'DispositionSet', 'SeverityRated', 'CaseClosed'].some((type) =>
        ran.trail.some(({ recorded }) => recorded.event.type === type),
      ),
  },
  {
    name: 'an embargo ended by itself before its end',
    broken: (ran) =>
      cases(ran).some(({ one, before }) => {
        const { event, at } = one.recorded
        return event.type === 'EmbargoExited' && event.reason === 'expired' && 'end' in before.em && at < before.em.end
      }),
  },
  {
    name: 'an embargo that outlives its end though its clock was heard',
    broken: (ran) => {
      const state = caseAfter(ran)
      return (
        ran.request.verb === 'fire-clock' &&
        ran.request.clock === 'embargo-end' &&
        ran.request.fraction >= 1 &&
        (state?.em.is === 'active' || state?.em.is === 'revise') &&
        state.em.end <= ran.before.now
      )
    },
  },
]
