import { teamName } from '../state/people/team-name.ts'
import { mayGoOnAlone } from '../gates/second-person.ts'
import { ask } from '../gates/waivers/ask.ts'
import { stepOf } from '../effects/publication/steps.ts'
import { CORRECTED_WITH, wording, wordingStops } from '../gates/wording.ts'
import { bindsToDate } from '../gates/release-date.ts'
import { explainGates } from './explain.ts'
import type { PersonRequest, PersonVerb } from '../vocabulary/command.ts'
import type { Refusal, World } from '../vocabulary/decision.ts'
import { unreadMails } from '../state/evolve/unread.ts'
import { flagsOf, reportsAreIn, stageOf } from '../state/stage.ts'
import type { Stage } from '../state/stage.ts'
import type { Approval, CaseState } from '../state/state.ts'
import { proposedRelease } from '../commands/prenotify.ts'
import { pendingCommand } from '../commands/approvals/index.ts'
import { coordinatorOf, freeTeam, nextInLine, actingCoordinator, releaserThere } from '../state/people/access.ts'
import { embargoInForce } from '../state/embargo/evolve.ts'
import { pendingForward } from '../state/report/pending-forward.ts'
import { reporterName } from '../state/report/reporter-name.ts'
import { endedByLeak, needsTwoAdmins, openProposal } from '../state/embargo/terms.ts'
import { secrecyFailed } from '../state/world/signals.ts'
import { releaseCases, factsOutAt } from '../state/release/release-cases.ts'
import { outdatedHeadsUp } from '../state/release/heads-up.ts'
import { casesOnlyInNotes } from '../state/release/outdated-notes.ts'
import { unverifiedFix } from '../state/release/unverified-fix.ts'
import { changedPatches, changedTexts } from '../state/release/recipient-patches.ts'
import type { ReleaseState } from '../state/release/state.ts'
import { isPublished } from '../state/release/text-freeze.ts'
import { projectOf } from '../state/project.ts'
import { targetModes } from '../policy/target-modes.ts'
import { listAnd } from '../text/name-list.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { PersonId } from '../shared/ids.ts'
import { deadlineOf } from '../deadlines/index.ts'
import { askedToTake } from '../deadlines/offer-owner.ts'
import { clocks, dutiesAfter } from '../deadlines/running-clocks.ts'
import { tellsAnybody } from '../state/release/advance-notice.ts'
import { policyFor } from '../state/policy-for.ts'
import type { GateId } from '../shared/gate-id.ts'
import type { Person, Policy, Project } from '../policy/schema.ts'
import { firstOf, fixAction } from './fix-action.ts'
import type { NextAction } from './fix-action.ts'
import { withOpenWays } from './open-ways.ts'
import { running } from './running-action.ts'

export type { NextAction } from './fix-action.ts'

export type Outlook = {
  readonly stage: Stage
  readonly flags: readonly string[]
  readonly embargo?: { readonly end: Instant; readonly leftMs: number }
  readonly clocks: readonly {
    readonly clock: string
    readonly due: Instant
    readonly owner: string
    readonly about: string
  }[]
  readonly missing: readonly { readonly toward: PersonVerb; readonly refusal: Refusal }[]
  readonly next: NextAction
  readonly openApprovals: readonly Approval[]
  readonly unanswered: number
}

/**
 * What `/status` shows. Reminders and refusals agree with `/status`, because all three are computed from the same
 * rules.
 */
export function outlook(whole: Policy, world: World, at: Instant, viewer?: PersonId): Outlook | undefined {
  const { case: state, release } = world
  if (state === undefined) return undefined
  const policy = policyFor(whole, state)
  const running = clocks(policy, world).toSorted((a, b) => a.due - b.due)
  const { findings = [] } = world
  const seen = { whole, state, release, others: world.others, findings }
  const next = nextAction(policy, seen, at)
  // While the coordinator is away, the acting coordinator gets the deadlines and the next action.
  const coordinator = policy.people.find(({ id }) => id === state.coordinator)?.name
  const isFree = next.verb === 'disclose' && heldByNoDate(seen)
  // Only a deadline for the next action says when that action is due.
  const due = isFree ? undefined : running.find(({ clock }) => isTimeFor(clock, next.verb))?.due
  return {
    stage: stageOf(state, release),
    flags: flagsOf(state, release),
    ...(embargoInForce(state.em) ? { embargo: { end: state.em.end, leftMs: state.em.end - at } } : {}),
    clocks: running.map(({ clock, due: dueAt, owner, about }) => ({
      clock,
      due: dueAt,
      owner: owner === coordinator ? (actingCoordinator(policy, state, at)?.name ?? owner) : owner,
      about,
    })),
    missing: missing(whole, world, at, viewer),
    next: next.due === undefined && due !== undefined ? { ...next, due } : next,
    openApprovals: state.approvals.filter((one) => one.status === 'open'),
    unanswered: unreadMails(state).length,
  }
}

/** Whether a command is the one that a deadline asks for. */
const isTimeFor = (clock: string, verb: PersonVerb | undefined): boolean =>
  verb !== undefined && deadlineOf(clock)?.verbs?.includes(verb) === true

/** Gates that bar a particular person. Their refusals do not concern other readers. */
const ABOUT_WHO_ASKS: ReadonlySet<GateId> = new Set<GateId>([
  'role',
  'on-the-case',
  'not-the-reporter',
  'no-conflict',
  'second-person',
])

/** The refusals of all gates that block the next step. */
function missing(whole: Policy, world: World, at: Instant, viewer: PersonId | undefined): Outlook['missing'] {
  const { case: state, release } = world
  if (state === undefined || release?.startedAt !== undefined) return []
  const person = viewer ?? state.coordinator ?? nextInLine(policyFor(whole, state), state, at)[0]?.id
  const request = person === undefined ? undefined : toward(whole, world, state, { person, at })
  if (person === undefined || request === undefined) return []
  const actor = { kind: 'person', person, platform: 'terminal', account: 'outlook' } as const
  const refusals = (explainGates(whole, world, { actor, request }, at) ?? []).flatMap((gate) =>
    gate.state === 'refuses' ? [gate.refusal] : [],
  )
  return refusals
    .filter(({ gate }) => viewer !== undefined || !ABOUT_WHO_ASKS.has(gate))
    .filter(
      ({ gate, because }, index) => refusals.findIndex((one) => one.gate === gate && one.because === because) === index,
    )
    .map((refusal) => ({
      toward: request.verb,
      // What people can do about a refusal is computed only for somebody who asks, because this search takes time.
      refusal: viewer === undefined ? refusal : withOpenWays({ policy: whole, world, actor, request, at }, refusal),
    }))
}

/**
 * The request for the next big step, whose refusals show what the case still lacks. The steps are: assign a patch,
 * answer an approval request, notify the lists, publish.
 */
function toward(
  whole: Policy,
  { release }: World,
  state: CaseState,
  { person, at }: { readonly person: PersonId; readonly at: Instant },
): PersonRequest | undefined {
  if (state.rm === 'received' || state.rm === 'valid')
    return { verb: 'assign-patch', case: state.id, to: person, branches: [] }
  if (state.rm !== 'accepted') return undefined
  const [waiting] = state.approvals.filter((one) => one.status === 'open')
  const date = release?.at ?? proposedRelease(whole, state, at)
  const named = date === undefined ? {} : { at: date }
  const untold = release?.is !== 'prenotified' && state.cs.public === undefined
  if (waiting !== undefined) return { verb: 'approve', case: state.id, approval: waiting.id, typedCase: state.id }
  if (untold && tellsAnybody(whole, [state])) return { verb: 'prenotify', case: state.id, ...named }
  return { verb: 'disclose', case: state.id }
}

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
    return { action: `give the release notes again, without ${listAnd(gone)}`, owner: releaser, verb: 'release.notes' }
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
  // If nobody is told before the public, no date is needed. But if a date was planned, it is kept.
  return release?.at === undefined
    ? { action: 'disclose', owner: coordinator, verb: 'disclose' }
    : discloseOn(release.at)
}

/** Whether no case of the release has to wait for the release date any more. */
const heldByNoDate = (seen: Parameters<typeof releaseCases>[0]): boolean => !releaseCases(seen).some(bindsToDate)

type PublishedCase = {
  readonly policy: Policy
  readonly state: CaseState
  readonly release: ReleaseState | undefined
  readonly coordinator: string
}

/** The next action if a fact became known too late for the publication and no record contains it yet. */
function correctionAction({ policy, state, release, coordinator: owner }: PublishedCase): NextAction | undefined {
  const { unpublished = [] } = state
  if (!isPublished(release) || !hasRecords(projectOf(policy, state))) return undefined
  if (unpublished.includes('cve')) return { action: 'put the CVE id into the records', owner, verb: 'correct.cve' }
  if (unpublished.includes('credit')) return { action: 'correct the credit in the records', owner, verb: 'correct' }
  return unpublished.includes('links')
    ? { action: 'put the link of the advisory into the records', owner, verb: 'correct' }
    : undefined
}

/** If a correction made another CNA's record outdated, the action to ask that CNA for an update. */
function updateAction({ policy, state, coordinator: owner }: PublishedCase): NextAction | undefined {
  if (state.cve?.outdated !== true || projectOf(policy, state).cve === 'own') return undefined
  const isWithdrawn = state.corrections?.at(-1)?.withdrawn === true
  const action = isWithdrawn ? 'ask the CNA to reject the CVE id' : 'ask the CNA to update the CVE record'
  return { action, owner, verb: 'cve.update' }
}

/** Whether the project publishes more than mails. */
const hasRecords = (project: Project): boolean =>
  Object.entries(targetModes(project)).some(([target, mode]) => target !== 'versions' && mode !== 'off')

/** What is still owed after the publication or the end of the case, including the retrospective. */
function dutyAfter({ policy, state, release, coordinator: owner }: PublishedCase): NextAction | undefined {
  const world = { case: state, ...(release === undefined ? {} : { release }), others: new Map() }
  // A missing CVE id does not stop people from closing a case, so it is listed only once the case is closed or an id
  // was requested.
  const [first] = dutiesAfter(clocks(policy, world)).filter(
    ({ clock }) => state.rm === 'closed' || state.cve !== undefined || clock !== 'publish-cve',
  )
  if (first === undefined) return undefined
  const { clock, about: action, due } = first
  const [verb] = deadlineOf(clock)?.verbs ?? []
  return { action, owner, due, ...(verb === undefined ? {} : { verb }) }
}

/**
 * The open request to confirm a signal that secrecy failed. People must answer it first, at any stage, because silence
 * counts as a yes.
 */
const signalAsked = ({ approvals, signals }: CaseState): Approval | undefined =>
  approvals.find(
    ({ id, status }) => status === 'open' && signals.some((one) => one.is === 'raised' && one.approval === id),
  )

/**
 * The team's decision about a leak. Until the team has decided, nobody knows whether the embargo continues. So the
 * decision comes before mails that wait for a person.
 */
const leakAction = (state: CaseState, release: ReleaseState | undefined, owner: string): NextAction | undefined =>
  state.leakUndecidedSince === undefined || release?.startedAt !== undefined
    ? undefined
    : { action: 'decide about the leak: end the embargo, or continue', owner, verb: 'embargo.end' }

/** What must be done first when secrecy fails, before the work on the fix continues. */
function secrecyAction(state: CaseState, release: ReleaseState | undefined, owner: string): NextAction | undefined {
  if (release?.startedAt !== undefined) return undefined
  const leaked = leakAction(state, release, owner)
  if (leaked !== undefined) return leaked
  if (state.cs.attacks !== undefined && embargoInForce(state.em))
    return { action: 'decide whether the embargo ends, because attacks are observed', owner, verb: 'embargo.end' }
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
function proposalAction(policy: Policy, state: CaseState, at: Instant, owner: string): NextAction | undefined {
  const open = openProposal(state.em)
  if (open?.by !== 'reporter') return undefined
  const isTooLong = needsTwoAdmins(policy, state, open.end, at) === 'cap'
  const action = `answer the date that ${reporterName(state, open.report)} proposes`
  return { action, owner, verb: isTooLong ? 'embargo.reject' : 'embargo.accept' }
}

/** A deferred case cannot be published. If its secrecy has failed, the next step is to take the case up again. */
function deferredAction(state: CaseState, release: ReleaseState | undefined, owner: string): NextAction {
  const urgent = secrecyAction(state, release, owner)
  if (urgent?.verb === 'embargo.end') return urgent
  const failed = secrecyFailed(state) || endedByLeak(state)
  const action = failed ? 'take the case up again, because secrecy failed' : 'take the case up again, or close it'
  return { action, owner, verb: 'reopen' }
}

type ApprovalPeople = {
  readonly name: (id: string | undefined) => string | undefined
  /** The people who are asked, in order. */
  readonly line: readonly Person[]
  readonly at: Instant
  /** The people on the case who may act, away or not. */
  readonly team: readonly Person[]
}

function approvalAction(approval: Approval, { name, line, at, team }: ApprovalPeople): NextAction {
  const asker = name(approval.by) ?? 'the person who asked'
  if (approval.mode === 'second-look') {
    const { notBefore: due } = approval
    return { action: `look again and approve, from ${isoInstant(due)}`, owner: asker, verb: 'approve', due }
  }
  const admins = approval.mode === 'second-admin'
  const mayAnswer = ({ id, roles }: Person) => id !== approval.by && (!admins || roles.includes('admin'))
  const anybody = `any ${admins ? 'admin' : 'team member'} but ${asker}`
  if (mayGoOnAlone(approval, at))
    return {
      action: 'approve alone, because nobody answered',
      owner: asker,
      others: `${anybody}: approve or refuse`,
      verb: 'approve',
    }
  if (!team.some(mayAnswer))
    return {
      action: `invite somebody who can approve or refuse what ${asker} asked for`,
      owner: asker,
      verb: 'people.invite',
    }
  return { action: 'approve or refuse', ...firstOf(line.filter(mayAnswer), anybody), verb: 'approve' }
}
