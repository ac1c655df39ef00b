import type { PersonRequest } from '../../vocabulary/command.ts'
import type { Append, Refusal, World } from '../../vocabulary/decision.ts'
import { lostApprover } from '../approvals/lost-approver.ts'
import { refuse } from '../../gates/gate.ts'
import type { Policy } from '../../policy/schema.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import { beginning } from './begin.ts'
import { releaseCases } from '../../state/release/release-cases.ts'
import { publishableCases, releaseBlocker } from '../../gates/publishable.ts'
import type { PublishableCases } from '../../gates/publishable.ts'
import type { Prenotified, ReleaseState } from '../../state/release/state.ts'
import { caseLeft, noRelay, tooLate } from './revoke-scheduled.ts'

/**
 * The instant of a publication that was approved ahead has come. Every rule and the seats of both approvers are checked
 * again: it begins exactly as two people saw it, or it is held and people decide again.
 */
export function runScheduled(whole: Policy, world: World, at: Instant): readonly Append[] {
  const { case: state, release, others, relayMissing } = world
  const ahead = release?.ahead
  if (state === undefined || release === undefined || ahead === undefined || at < ahead.from) return []
  const { unfixedOf = state.id } = ahead
  const unfixed = ahead.unfixed === undefined ? {} : { unfixed: ahead.unfixed, unfixedOf }
  // Each case of the release has this clock: why nothing is fixed was said of one of them.
  const request = { verb: 'disclose', case: unfixedOf, ...unfixed } as const
  const seen = { whole, policy: whole, state, release, others, at, request }
  const which = publishableCases(seen)
  const because =
    tooLate(whole, ahead.from, at) ??
    (relayMissing === undefined ? undefined : noRelay(relayMissing)) ??
    missingOf(ahead.cases, which) ??
    releaseBlocker(
      seen,
      which.goes.filter(({ id }) => ahead.cases.includes(id)),
    ) ??
    lostSeat(whole, { case: state, release, others }, request, at)
  if (because !== undefined) return [{ stream: release.id, events: [{ type: 'DisclosureHeld', because }] }]
  const { goes, stays } = which
  const unseen = goes.filter(({ id }) => !ahead.cases.includes(id)).map((one) => ({ state: one, refusal: notSeen() }))
  return beginning({
    at,
    release,
    goes: goes.filter(({ id }) => ahead.cases.includes(id)),
    stays: [...stays, ...unseen],
    digest: ahead.digest,
    mails: ahead.mails.filter(({ to }) => to.kind !== 'recipient' || isStillTold(release, to)),
    ...unfixed,
  })
}

/** A recipient whom nobody told ahead, and who was given up since, hears of no end either. */
const isStillTold = (
  { prenotified }: ReleaseState,
  { list, recipient }: Pick<Prenotified, 'list' | 'recipient'>,
): boolean => prenotified.some((one) => one.list === list && one.recipient === recipient)

/**
 * The two who approved it ahead still hold their seats, in every case of the release. Others may have approved the same
 * before and been held; the last who did count.
 */
function lostSeat(
  whole: Policy,
  { case: state, release, others }: World,
  request: Extract<PersonRequest, { verb: 'disclose' }>,
  at: Instant,
): string | undefined {
  if (state === undefined) return undefined
  const seen = { whole, policy: whole, state, release, others, at }
  const cases = releaseCases(seen)
  const given = cases
    .flatMap(({ approvals }) => approvals)
    .filter(({ status, digest }) => status === 'given' && digest === release?.ahead?.digest)
    .toSorted((a, b) => a.askedAt - b.askedAt)
    .at(-1)
  if (given === undefined) return 'Who approved it is not on record any more.'
  const { by, givenBy } = given
  return (
    lostApprover(seen, by, request) ??
    (givenBy === undefined ? undefined : lostApprover(seen, givenBy, { verb: 'approve', case: state.id }, cases))
  )
}

/** Why a case does not go whose texts both saw: it is not ready any more, or it left. */
function missingOf(approved: readonly CaseId[], { goes, stays }: PublishableCases): string | undefined {
  const missing = approved.find((id) => goes.every((one) => one.id !== id))
  const held = stays.find((one) => one.state.id === missing)
  if (missing === undefined) return undefined
  return held === undefined ? caseLeft(missing) : `${missing}: ${held.refusal.because}`
}

const notSeen = (): Refusal => refuse('fits-the-stage', 'It was not ready when the publication was approved.', [])
