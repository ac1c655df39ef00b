import type { Lift } from '../vocabulary/decision.ts'
import type { Policy } from '../policy/schema.ts'
import { reachableReports } from '../state/report/reachability.ts'
import type { CaseState } from '../state/state.ts'
import type { LivePatch } from '../state/fix/state.ts'

/** Whether one person works alone in the solo profile, so that nobody else can confirm a patch. */
export const aloneInSolo = (policy: Policy): boolean => policy.profile === 'solo' && policy.people.length === 1

/** Whether the reporter was asked about a patch and can still answer. */
export const asksReporter = (state: CaseState, { verification }: LivePatch): boolean =>
  verification?.of === 'reporter' && reachableReports(state).length > 0

/**
 * What a maintainer who works alone can do about their own patch: log the reporter's answer about the patch, or record
 * the patch as unverified.
 */
export const soloCheckLifts = (name: string, isAsked: boolean): readonly Lift[] => [
  ...(isAsked
    ? [{ who: 'the reporter', how: `answers by mail, and ${name} logs it`, verb: 'log-answer' } as const]
    : []),
  { who: name, how: 'goes on without a check, with a reason that is recorded', verb: 'waive', waives: 'fix' },
]
