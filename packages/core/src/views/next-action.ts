import { teamName } from '../state/people/team-name.ts'
import { ask } from '../gates/waivers/ask.ts'
import { stepOf } from '../effects/publication/steps.ts'
import { CORRECTED_WITH, wording, wordingStops } from '../gates/wording.ts'
import { bindsToDate } from '../gates/release-date.ts'
import type { PersonVerb } from '../vocabulary/command.ts'
import type { World } from '../vocabulary/decision.ts'
import { reportsAreIn } from '../state/stage.ts'
import { pendingCommand } from '../commands/approvals/index.ts'
import { coordinatorOf, freeTeam, nextInLine, actingCoordinator, releaserThere } from '../state/people/access.ts'
import { pendingForward } from '../state/report/pending-forward.ts'
import { releaseCases } from '../state/release/release-cases.ts'
import { outdatedHeadsUp } from '../state/release/heads-up.ts'
import { casesOnlyInNotes } from '../state/release/outdated-notes.ts'
import { changedPatches, changedTexts } from '../state/release/recipient-patches.ts'
import { listAnd } from '../text/name-list.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { askedToTake } from '../deadlines/offer-owner.ts'
import { tellsAnybody } from '../state/release/advance-notice.ts'
import { policyFor } from '../state/policy-for.ts'
import type { Policy } from '../policy/schema.ts'
import { firstOf, fixAction } from './fix-action.ts'
import type { NextAction } from './fix-action.ts'
import { running } from './running-action.ts'
import { approvalAction } from './approval-action.ts'
import { correctionAction, updateAction, dutyAfter } from './published-action.ts'
import { signalAsked, leakAction, secrecyAction, proposalAction, deferredAction } from './secrecy-action.ts'

type OutlookContext = Parameters<typeof releaseCases>[0] & {
  /** The policy as it is written, before it is limited to this case. */
  readonly whole: Policy
  readonly findings?: World['findings']
}

/** The next action and its single owner. */
export function nextAction(policy: Policy, seen: OutlookContext, at: Instant = seen.state.lastEventAt): NextAction {
  const next = askedElsewhere(seen, nextByTable(policy, seen, at), at)
  return (next.verb !== undefined && PUBLISHES.has(next.verb) ? wordingAction(policy, seen, at) : undefined) ?? next
}

/** Commands whose texts go to the public or to recipients, so the gate `wording` can refuse them. */
const PUBLISHES: ReadonlySet<PersonVerb> = new Set<PersonVerb>([
  'prenotify',
  'disclose',
  'disclose.interim',
  'release.notes',
])

/** Commands about all cases of a release. They can be requested in any of these cases. */
const OF_A_RELEASE: ReadonlySet<PersonVerb> = new Set<PersonVerb>([
  'prenotify',
  'prenotify.update',
  'disclose',
  'hold.off',
])

/**
 * If the next step was requested already in another case of the release, the next step is the approval in that case.
 */
function askedElsewhere(seen: OutlookContext, next: NextAction, at: Instant): NextAction {
  if (next.verb === undefined || !OF_A_RELEASE.has(next.verb)) return next
  for (const state of releaseCases(seen)) {
    const open = state.approvals.some((one) => one.status === 'open' && pendingCommand(one).verb === next.verb)
    if (state.id === seen.state.id || !open) continue
    const { action, owner, others, due } = nextByTable(policyFor(seen.whole, state), { ...seen, state }, at)
    return {
      action: action.replace(/^(approve or refuse|approve alone|look again and approve)/u, `$1 in ${state.id}`),
      owner,
      ...(others !== undefined && { others }),
      ...(due !== undefined && { due }),
    }
  }
  return next
}

/** If the gate `wording` stops a text, the action that lets the text be sent: changing the sentence, or a waiver. */
function wordingAction(policy: Policy, seen: OutlookContext, at: Instant): NextAction | undefined {
  const owner = actingCoordinator(policy, seen.state, at)?.name ?? teamName(policy)
  for (const state of releaseCases(seen)) {
    const request = { verb: 'disclose', case: state.id } as const
    const context = { ...seen, state, policy: policyFor(seen.whole, state), at, request }
    const [stop] =
      ask(wording, { ...context, actor: NOBODY, person: undefined }) === undefined ? [] : wordingStops(context)
    if (stop === undefined) continue
    const isHere = state.id === seen.state.id
    const there = isHere ? '' : ` of ${state.id}`
    if ('where' in stop) {
      if (stop.fact !== undefined && isHere)
        return { action: `correct the ${stop.where}`, owner, verb: CORRECTED_WITH[stop.fact.is] }
      const action = `correct the ${stop.where}, or publish it as it is with a waiver`
      return { action, owner, ...(isHere ? { verb: 'waive' as const, waives: 'wording' as const } : {}) }
    }
    const { name, verb } = stop.stated
    return { action: `write the ${name}${there} in other words`, owner, ...(isHere ? { verb } : {}) }
  }
  return undefined
}

const NOBODY = { kind: 'system', part: 'clock' } as const

/** Finds the next action: the first rule that applies to the case decides. */
function nextByTable(policy: Policy, seen: Parameters<typeof releaseCases>[0], at: Instant): NextAction {
  const { state, release } = seen
  const name = (id: string | undefined) => policy.people.find((person) => person.id === id)?.name
  const coordinator = actingCoordinator(policy, state, at)?.name ?? teamName(policy)
  const [approval] = state.approvals.filter((one) => one.status === 'open')
  const [parked] = [...state.parked, ...(release?.parked ?? [])]
  const releaser = releaserThere(policy, state, release, at)?.name ?? coordinator
  const discloseOn = (date: Instant): NextAction => ({
    owner: releaser,
    verb: 'disclose',
    ...(heldByNoDate(seen) ? { action: 'disclose now' } : { action: `disclose on ${isoInstant(date)}`, due: date }),
  })
  const signalled = signalAsked(state)
  const line = nextInLine(policy, state, at)
  if (signalled !== undefined) return approvalAction(signalled, { name, line, at, team: freeTeam(policy, state) })
  const isHeld = release?.held !== undefined && (state.rm !== 'closed' || release.correction !== undefined)
  if (isHeld && approval === undefined)
    return { action: 'let the held release go on, move it or cancel it', owner: coordinator, verb: 'hold.off' }
  if (parked !== undefined) {
    const asks = state.rm === 'closed' || approval !== undefined
    const leaked = asks ? undefined : leakAction(state, release, coordinator)
    if (leaked !== undefined) return leaked
    const noun = parked.letter === undefined ? 'something' : 'a mail'
    const mail = parked.doubt ? `settle whether ${noun} went out` : `settle ${noun} that did not go out`
    const action = parked.step === undefined ? mail : `settle the step “${stepOf(parked.step).words}”`
    return { action, owner: coordinator, verb: 'settle' }
  }
  if (state.rm === 'closed' && state.answeredAfterClosing !== undefined) {
    const again = release?.startedAt === undefined && reportsAreIn(state) === undefined
    const isFollowed = state.links.some(({ as }) => as === 'followed-by')
    const otherwise = again ? ', open the case again,' : isFollowed ? '' : ', open a follow-up,'
    const action = `answer the mail that came after closing${otherwise} or set the mail aside`
    return { action, owner: coordinator, verb: 'reply' }
  }
  if (state.rm === 'closed' && pendingForward(state) !== undefined) {
    if (approval !== undefined) return approvalAction(approval, { name, line, at, team: freeTeam(policy, state) })
    const action = `forward the report to ${state.vendor?.name ?? 'the other vendor'}`
    return { action, owner: coordinator, verb: 'party.forward' }
  }
  const after = { policy, state, release, coordinator }
  const uncorrected = correctionAction(after)
  if (state.rm === 'closed') {
    if (approval !== undefined) return approvalAction(approval, { name, line, at, team: freeTeam(policy, state) })
    if (release?.correction !== undefined && release.disclosedAt === undefined)
      return running(release, { coordinator, releaser, at })
    return (
      uncorrected ?? updateAction(after) ?? dutyAfter(after) ?? { action: 'nothing more to do', owner: coordinator }
    )
  }
  const works = state.rm === 'received' || state.rm === 'valid' || state.rm === 'accepted'
  if (works && state.acknowledgedAt !== undefined && coordinatorOf(policy, state) === undefined) {
    const turn = askedToTake({ policy, state }, at)
    return { action: 'take the case, which has no coordinator', owner: turn?.name ?? teamName(policy), verb: 'take' }
  }
  if (state.acknowledgedAt === undefined && state.rm === 'received') {
    const first = actingCoordinator(policy, state, at) ?? askedToTake({ policy, state }, at)
    const turn = first === undefined ? [] : [first, ...line.filter(({ id }) => id !== first.id)]
    return { action: 'acknowledge the report', ...firstOf(turn, 'any team member'), verb: 'ack' }
  }
  if (state.rm === 'received') return { action: 'decide whether it is valid', owner: coordinator, verb: 'triage' }
  if (approval !== undefined) return approvalAction(approval, { name, line, at, team: freeTeam(policy, state) })
  if (state.rm === 'invalid') return { action: 'close the case', owner: coordinator, verb: 'close' }
  if (state.rm === 'deferred') return deferredAction(state, release, coordinator)
  const urgent = secrecyAction(state, release, coordinator) ?? proposalAction(policy, state, at, coordinator)
  if (urgent !== undefined) return urgent
  if (release?.disclosedAt !== undefined)
    return (
      uncorrected ??
      updateAction(after) ??
      dutyAfter(after) ?? { action: 'close the case', owner: coordinator, verb: 'close' }
    )
  if (release?.startedAt !== undefined) return running(release, { coordinator, releaser, at })
  const gone = casesOnlyInNotes(release)
  if (gone.length > 0)
    return {
      action: `redo the release notes, this time without ${listAnd(gone)}`,
      owner: releaser,
      verb: 'release.notes',
    }
  if (release?.ahead !== undefined) {
    const { from } = release.ahead
    return { action: 'begin the publication, which was approved in advance', owner: 'Embargo', due: from }
  }
  if (release?.is === 'prenotified' && release.at !== undefined) {
    if (at < release.at && outdatedHeadsUp(release, releaseCases(seen)) !== undefined)
      return { action: 'correct the public heads-up', owner: coordinator, verb: 'prenotify.update' }
    // If a patch was withdrawn after recipients were told, it must be checked and sent again first, even if the release
    // date has come.
    if (state.cs.fixReady === undefined) return fixAction(policy, state, { coordinator, line, at })
    if (at >= release.at) return discloseOn(release.at)
    const update = { owner: coordinator, verb: 'prenotify.update' } as const
    if (changedPatches(state, release).length > 0)
      return { action: 'send the changed patches to the recipients who have old ones', ...update }
    return changedTexts(state, release).length > 0
      ? { action: 'send the changed text to the recipients who have the old one', ...update }
      : discloseOn(release.at)
  }
  const next = fixAction(policy, state, { coordinator, line, at })
  if (next.verb === 'disclose' && release?.at !== undefined) return discloseOn(release.at)
  if (next.verb !== 'prenotify' || tellsAnybody(policy, [state])) return next
  // If nobody gets advance notice, no release date is needed. But a date that was planned is kept.
  return release?.at === undefined
    ? { action: 'disclose', owner: coordinator, verb: 'disclose' }
    : discloseOn(release.at)
}

/** Whether no case of the release has to wait for the release date any more. */
export const heldByNoDate = (seen: Parameters<typeof releaseCases>[0]): boolean => !releaseCases(seen).some(bindsToDate)
