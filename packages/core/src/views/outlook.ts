import { explainGates } from './explain.ts'
import type { PersonRequest, PersonVerb } from '../vocabulary/command.ts'
import type { Refusal, World } from '../vocabulary/decision.ts'
import { unreadMails } from '../state/evolve/unread.ts'
import { flagsOf, stageOf } from '../state/stage.ts'
import type { Stage } from '../state/stage.ts'
import type { Approval, CaseState } from '../state/state.ts'
import { proposedRelease } from '../commands/prenotify.ts'
import { nextInLine, actingCoordinator } from '../state/people/access.ts'
import { embargoInForce } from '../state/embargo/evolve.ts'
import type { Instant } from '../shared/instant.ts'
import type { PersonId } from '../shared/ids.ts'
import { deadlineOf } from '../deadlines/index.ts'
import { clocks } from '../deadlines/running-clocks.ts'
import { tellsAnybody } from '../state/release/advance-notice.ts'
import { policyFor } from '../state/policy-for.ts'
import type { GateId } from '../shared/gate-id.ts'
import type { Policy } from '../policy/schema.ts'
import type { NextAction } from './fix-action.ts'
import { withOpenWays } from './open-ways.ts'
import { nextAction, heldByNoDate } from './next-action.ts'

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
  // While the coordinator is away, `clocks` below names the acting coordinator as the owner instead.
  const coordinator = policy.people.find(({ id }) => id === state.coordinator)?.name
  const isFree = next.verb === 'disclose' && heldByNoDate(seen)
  // The due time of the next action comes from a deadline for this action. Other deadlines say nothing about it.
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
