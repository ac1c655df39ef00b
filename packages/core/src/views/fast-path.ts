import type { World } from '../vocabulary/decision.ts'
import { hasLivePatch, underEmbargo } from '../state/stage.ts'
import type { CaseState } from '../state/state.ts'
import { siblingCases } from '../state/release/release-cases.ts'
import { holdersOf } from '../state/release/holders.ts'
import { interimMails } from '../effects/publication/interim-mails.ts'
import { answerableReports } from '../state/report/reachability.ts'
import { finishedFix } from '../state/release/unverified-fix.ts'
import { tooLowForAttacks } from '../state/report/severity-floor.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { SignalKind } from '../shared/words.ts'
import { listAnd } from '../text/name-list.ts'
import { counted, openSignals } from '../state/world/signals.ts'
import { writtenDuration } from '../policy/duration.ts'
import type { GateId } from '../shared/gate-id.ts'
import { policyFor } from '../state/policy-for.ts'
import { projectOf, publicLists } from '../state/project.ts'
import type { Policy } from '../policy/schema.ts'

/** A plan of what the team can do when secrecy fails. Instants are in ISO format. */
export type FastPath = {
  /** The signals, and whether they count yet. */
  readonly because: readonly { readonly what: SignalKind; readonly waits: boolean }[]
  readonly ends: readonly string[]
  /** The rules that no longer apply, and why. */
  readonly skips: readonly { readonly gate: GateId; readonly because: string }[]
  readonly told: readonly string[]
  /** What may be published within the hour. */
  readonly soon: readonly string[]
  readonly approvals: readonly string[]
}

const KINDS: readonly SignalKind[] = ['public', 'exploit', 'attack', 'leak']

/**
 * The plan, computed as if pending signals counted already. Undefined if there is no signal, or once our own
 * publication has begun.
 */
export function fastPath(whole: Policy, world: World, at: Instant): FastPath | undefined {
  const { case: state, release } = world
  if (state === undefined || state.rm === 'closed' || release?.startedAt !== undefined) return undefined
  const waiting = new Set(openSignals(state).map(({ what }) => what))
  const because = KINDS.flatMap((kind) =>
    waiting.has(kind) || counted(state, kind).length > 0
      ? [{ what: kind, waits: waiting.has(kind) && counted(state, kind).length === 0 }]
      : [],
  )
  if (because.length === 0) return undefined
  const policy = policyFor(whole, state)
  const seen: FastPathContext = { policy, state, world, at, kinds: new Set(because.map(({ what }) => what)) }
  return {
    because,
    ends: ends(seen),
    skips: skips(seen),
    told: audience(seen),
    soon: soon(seen),
    approvals: approvals(seen),
  }
}

type FastPathContext = {
  readonly policy: Policy
  readonly state: CaseState
  readonly world: World
  readonly at: Instant
  readonly kinds: ReadonlySet<SignalKind>
}

/** Whether the full publication is allowed once the signals count. */
const mayPublish = (seen: FastPathContext): boolean => isPublic(seen) || !underEmbargo(seen.state)

const goesUnchecked = (seen: FastPathContext): boolean => mayPublish(seen) && finishedFix(seen.state).length > 0

const isPublic = ({ kinds }: FastPathContext): boolean => kinds.has('public') || kinds.has('exploit')

function ends(seen: FastPathContext): readonly string[] {
  if (!underEmbargo(seen.state)) return ['No embargo is in force.']
  if (isPublic(seen)) return ['The embargo ends at once, automatically.']
  return [
    `The embargo does not end automatically. It ends when two people end it, with the reason "${seen.kinds.has('attack') ? 'attacks' : 'leak'}", or when the interim advisory goes out.`,
  ]
}

function skips(seen: FastPathContext): FastPath['skips'] {
  const { policy, kinds, state } = seen
  const out = isPublic(seen)
  const attacked: FastPath['skips'] = kinds.has('attack')
    ? [
        {
          gate: 'notice',
          because: `because of the attacks, recipients get only ${writtenDuration(policy.prenotification.lead.urgent)} of notice, even if their list was promised more`,
        },
      ]
    : []
  const known: FastPath['skips'] = out
    ? [
        { gate: 'notice', because: 'nobody can prepare in confidence any longer, so there is no pre-notification' },
        { gate: 'hours', because: 'people need to act now' },
        { gate: 'release-date', because: 'a promised date is binding only while the vulnerability is secret' },
      ]
    : attacked
  const stands: FastPath['skips'] =
    (out || kinds.has('attack')) &&
    state.reports.some(({ answerable, consent }) => answerable && consent !== 'declined')
      ? [{ gate: 'reporter-check', because: 'any team member who did not write the patch may confirm it at once' }]
      : []
  return [...known, ...stands, ...withoutCheck(seen)]
}

/** The checks of the fix that are skipped. If the fix is ready, no check is skipped. */
function withoutCheck(seen: FastPathContext): FastPath['skips'] {
  if (goesUnchecked(seen))
    return [
      {
        gate: 'fix',
        because: 'the fix is finished, so it goes out unchecked, and the public texts say that nobody else checked it',
      },
    ]
  return mayPublish(seen) && seen.state.cs.fixReady !== undefined
    ? []
    : [{ gate: 'fix', because: 'the interim advisory goes out without a fix, with the workaround' }]
}

function audience({ world, state }: FastPathContext): readonly string[] {
  const reporters = answerableReports(state).length
  const holders = holdersOf(state, world)
  return [
    ...(reporters > 0 ? [reporters === 1 ? 'the reporter' : `the ${reporters} reporters`] : []),
    ...(holders.length > 0
      ? [
          holders.length === 1
            ? '1 recipient who holds the patches'
            : `${holders.length} recipients who hold the patches`,
        ]
      : []),
    'everybody on this case, here',
  ]
}

function soon(seen: FastPathContext): readonly string[] {
  return [...atOnce(seen), ...approvedAhead(seen)]
}

/** A scheduled publication begins as planned, unless attacks make its texts wrong. */
function approvedAhead({ state, kinds, world: { release } }: FastPathContext): readonly string[] {
  const { ahead } = release ?? {}
  if (ahead === undefined || !ahead.cases.includes(state.id)) return []
  return kinds.has('attack') && tooLowForAttacks(state.severity)
    ? [
        `The full publication was approved in advance, but its texts say ${state.severity === undefined ? 'nothing about the severity' : `that the severity is ${state.severity}`}. Once attacks count as observed, the publication does not begin automatically: two people must approve it again.`,
      ]
    : [`The full publication, automatically at ${isoInstant(ahead.from)}, because it was approved in advance.`]
}

function atOnce(seen: FastPathContext): readonly string[] {
  const { policy, state, world } = seen
  if (state.rm === 'deferred') return ['Nothing yet: take the case up again first.']
  if (state.rm !== 'valid' && state.rm !== 'accepted') return ['Nothing yet: decide first whether it is valid.']
  if (state.advisory === undefined) return ['Nothing yet: write component, impact and workaround first.']
  if (publicLists(projectOf(policy, state)).length === 0 && !isPublic(seen))
    return [
      'Embargo can publish nothing, because the project has no list to announce on. Publish in your own way and say where; the recipients and the reporter are then told at once.',
    ]
  const mails = interimMails(policy, state, world)
  const lists = mails.filter(({ to }) => to.kind === 'public').length
  const others = mails.length - lists
  const patches = state.branches.some(hasLivePatch) ? ' with the available patches' : ''
  const whole = mayPublish(seen) && (state.cs.fixReady !== undefined || goesUnchecked(seen))
  return [
    ...(whole ? [fullPublication(seen)] : []),
    `The interim advisory: ${lists} public ${lists === 1 ? 'list' : 'lists'}, and ${others} ${others === 1 ? 'mail' : 'mails'}${patches}.`,
  ]
}

/**
 * A sentence about the full publication. Other cases of the release that are still under embargo must wait for the
 * release date. If there are any, the sentence says that this case must first be taken out of the release.
 */
function fullPublication({ state, world: { release, others } }: FastPathContext): string {
  const fix = state.cs.fixReady === undefined ? 'finished, though nobody but its author has checked it' : 'ready'
  const waiting = siblingCases({ state, release, others })
    .filter(underEmbargo)
    .map(({ id }) => id)
  return waiting.length === 0
    ? `The full publication: the fix is ${fix}.`
    : `The full publication: the fix is ${fix}. First take this case out of the release, because ${listAnd(waiting)} must wait for the release date.`
}

function approvals(seen: FastPathContext): readonly string[] {
  const { policy, state, kinds } = seen
  const silence = writtenDuration(policy.clocks.signalSilence)
  const signals = openSignals(state).flatMap(({ approval }) => {
    const { yesFrom } = state.approvals.find(({ id }) => id === approval) ?? {}
    return yesFrom === undefined
      ? []
      : [`The signal: a second person’s approval, or no answer until ${isoInstant(yesFrom)}.`]
  })
  const alone = policy.approvals.by === 'second-look'
  return [
    ...signals,
    ...(underEmbargo(state) && !isPublic(seen) && (kinds.has('attack') || kinds.has('leak'))
      ? [alone ? 'To end the embargo: a second look.' : 'To end the embargo: two people.']
      : []),
    ...(goesUnchecked(seen) && policy.approvals.by !== 'second-look'
      ? [`The publication: two people, or the requester alone after ${silence} without an answer.`]
      : []),
    alone
      ? `The interim advisory: a second look after ${writtenDuration(policy.approvals.secondLookAfter)}.`
      : `The interim advisory: two people, or the requester alone after ${silence} without an answer.`,
  ]
}
