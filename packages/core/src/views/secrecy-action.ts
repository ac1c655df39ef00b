import type { Approval, CaseState } from '../state/state.ts'
import { embargoInForce } from '../state/embargo/evolve.ts'
import { reporterName } from '../state/report/reporter-name.ts'
import { endedByLeak, needsTwoAdmins, openProposal } from '../state/embargo/terms.ts'
import { secrecyFailed } from '../state/world/signals.ts'
import { factsOutAt } from '../state/release/release-cases.ts'
import { unverifiedFix } from '../state/release/unverified-fix.ts'
import type { ReleaseState } from '../state/release/state.ts'
import type { Instant } from '../shared/instant.ts'
import type { Policy } from '../policy/schema.ts'
import type { NextAction } from './fix-action.ts'

/**
 * The open request to confirm a signal that secrecy failed. People must answer it first, at any stage, because silence
 * counts as a yes.
 */
export const signalAsked = ({ approvals, signals }: CaseState): Approval | undefined =>
  approvals.find(
    ({ id, status }) => status === 'open' && signals.some((one) => one.is === 'raised' && one.approval === id),
  )

/**
 * The team's decision about a leak. Until the team has decided, nobody knows whether the embargo continues. So the
 * decision comes before mails that wait for a person.
 */
export const leakAction = (
  state: CaseState,
  release: ReleaseState | undefined,
  owner: string,
): NextAction | undefined =>
  state.leakUndecidedSince === undefined || release?.startedAt !== undefined
    ? undefined
    : { action: 'decide about the leak: end the embargo, or continue', owner, verb: 'embargo.end' }

/** What must be done first when secrecy fails, before the work on the fix continues. */
export function secrecyAction(
  state: CaseState,
  release: ReleaseState | undefined,
  owner: string,
): NextAction | undefined {
  if (release?.startedAt !== undefined) return undefined
  const leaked = leakAction(state, release, owner)
  if (leaked !== undefined) return leaked
  if (state.cs.attacks !== undefined && embargoInForce(state.em))
    return { action: 'decide whether the embargo ends, now that attacks are observed', owner, verb: 'embargo.end' }
  const out = secrecyFailed(state) || endedByLeak(state)
  const alone = release === undefined || release.cases.length === 1
  if (alone && state.advisory !== undefined && unverifiedFix(state).length > 0)
    return { action: 'publish the finished fix, which nobody else has checked', owner, verb: 'disclose' }
  if (out && state.cs.fixReady === undefined && factsOutAt(release, state) === undefined)
    return state.advisory === undefined
      ? { action: 'write the text of the interim advisory', owner, verb: 'advisory' }
      : { action: 'publish an interim advisory', owner, verb: 'disclose.interim' }
  return undefined
}

/**
 * The next action if a reporter proposed a date: answer the reporter. A date that needs two admins cannot be accepted
 * by one person, so the action is to reject it and tell the reporter why.
 */
export function proposalAction(policy: Policy, state: CaseState, at: Instant, owner: string): NextAction | undefined {
  const open = openProposal(state.em)
  if (open?.by !== 'reporter') return undefined
  const isTooLong = needsTwoAdmins(policy, state, open.end, at) === 'cap'
  const action = `answer the date that ${reporterName(state, open.report)} proposes`
  return { action, owner, verb: isTooLong ? 'embargo.reject' : 'embargo.accept' }
}

/** A deferred case cannot be published. If its secrecy has failed, the next step is to take the case up again. */
export function deferredAction(state: CaseState, release: ReleaseState | undefined, owner: string): NextAction {
  const urgent = secrecyAction(state, release, owner)
  if (urgent?.verb === 'embargo.end') return urgent
  const failed = secrecyFailed(state) || endedByLeak(state)
  const action = failed ? 'take the case up again, because secrecy failed' : 'take the case up again, or close it'
  return { action, owner, verb: 'reopen' }
}
