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
import type { PrenotifiedRecipient, ReleaseState } from '../../state/release/state.ts'
import { HOLD_CAUSES, tooLate } from './hold-causes.ts'

/**
 * Begins a publication at the instant for which it was approved in advance. Every gate is checked again, and also the
 * roles of the two people who approved it. If a check fails, or an approved case is missing, the publication is held
 * and people must decide.
 */
export function runScheduled(whole: Policy, world: World, at: Instant): readonly Append[] {
  const { case: state, release, others, findings = [], relayMissing } = world
  const ahead = release?.ahead
  if (state === undefined || release === undefined || ahead === undefined || at < ahead.from) return []
  const { unfixedOf = state.id } = ahead
  const unfixed = ahead.unfixed === undefined ? {} : { unfixed: ahead.unfixed, unfixedOf }
  // `state` is the case whose deadline fired, which can be any case of the release. But the reason to publish without a
  // fix (`unfixed`) applies to the case that the request names, so the request names `unfixedOf`.
  const request = { verb: 'disclose', case: unfixedOf, ...unfixed } as const
  const seen = { whole, policy: whole, state, release, others, findings, at, request }
  const cases = publishableCases(seen)
  const because =
    tooLate(whole, ahead.from, at) ??
    (relayMissing === undefined ? undefined : HOLD_CAUSES.missingRelay.because({ relayMissing })) ??
    missingOf(ahead.cases, cases) ??
    reasonOf(
      HOLD_CAUSES.brokenRule,
      releaseBlocker(
        seen,
        cases.goes.filter(({ id }) => ahead.cases.includes(id)),
      ),
    ) ??
    reasonOf(HOLD_CAUSES.approverWithoutRole, lostSeat(whole, { case: state, release, others }, request, at))
  if (because !== undefined) return [{ stream: release.id, events: [{ type: 'DisclosureHeld', because }] }]
  const { goes, stays } = cases
  const unseen = goes.filter(({ id }) => !ahead.cases.includes(id)).map((one) => ({ state: one, refusal: notSeen() }))
  return beginning({
    at,
    release,
    goes: goes.filter(({ id }) => ahead.cases.includes(id)),
    stays: [...stays, ...unseen],
    digest: ahead.digest,
    mails: ahead.mails.filter(({ to }) => to.kind !== 'recipient' || isStillTold(release, to)),
    documents: ahead.documents ?? [],
    ...unfixed,
  })
}

const reasonOf = (cause: typeof HOLD_CAUSES.brokenRule, because: string | undefined): string | undefined =>
  because === undefined ? undefined : cause.because({ because })

/**
 * Whether a recipient still gets the approved mail. A recipient whose pre-notification was withdrawn does not get it.
 */
const isStillTold = (
  { prenotified }: ReleaseState,
  { list, recipient }: Pick<PrenotifiedRecipient, 'list' | 'recipient'>,
): boolean => prenotified.some((one) => one.list === list && one.recipient === recipient)

/**
 * Why the approval no longer counts, if one of the two people who approved the publication has lost their role in a
 * case of the release. If the publication was held and approved again, the last approval counts.
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
  if (given === undefined) return 'The log no longer says who approved it.'
  const { by, givenBy } = given
  return (
    lostApprover(seen, by, request) ??
    (givenBy === undefined ? undefined : lostApprover(seen, givenBy, { verb: 'approve', case: state.id }, cases))
  )
}

/** Why a case in the approved texts cannot be published: it is no longer ready, or it has left the release. */
function missingOf(approved: readonly CaseId[], { goes, stays }: PublishableCases): string | undefined {
  const missing = approved.find((id) => goes.every((one) => one.id !== id))
  const held = stays.find((one) => one.state.id === missing)
  if (missing === undefined) return undefined
  return held === undefined
    ? HOLD_CAUSES.caseGone.because({ id: missing })
    : HOLD_CAUSES.brokenRule.because({ because: `${missing}: ${held.refusal.because}` })
}

const notSeen = (): Refusal => refuse('fits-the-stage', 'It was not ready when the publication was approved.', [])
