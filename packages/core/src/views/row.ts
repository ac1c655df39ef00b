import { doubtsOf } from '../state/evolve/delivery.ts'
import type { World } from '../vocabulary/decision.ts'
import { stageOf } from '../state/stage.ts'
import type { Stage } from '../state/stage.ts'
import type { CaseState } from '../state/state.ts'
import { milestonesOf } from './milestones.ts'
import { frozenBySignal, secrecyFailed } from '../state/world/signals.ts'
import { pendingForward } from '../state/report/pending-forward.ts'
import { PLATFORMS } from '../shared/actor.ts'
import type { Platform } from '../shared/actor.ts'
import { DAY, later, latest } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { PersonId } from '../shared/ids.ts'
import type { StreamId } from '../shared/ids.ts'
import { embargoInForce } from '../state/embargo/evolve.ts'
import { maySee } from '../state/people/need-to-know.ts'
import { LAST } from '../deadlines/definition.ts'
import { deadlineOf, isAutomatic } from '../deadlines/index.ts'
import { clocks, dutiesAfter, earliestOf, nextDue, roundKey } from '../deadlines/running-clocks.ts'
import { severityOf } from '../deadlines/clock.ts'
import type { Clock } from '../deadlines/clock.ts'
import { nextAction } from './next-action.ts'
import { policyFor } from '../state/policy-for.ts'
import type { Policy } from '../policy/schema.ts'

/**
 * A row of the read model: what lists of cases show about one case. Its unencrypted columns say nothing about the
 * vulnerability.
 */
export type Row = {
  readonly stream: StreamId
  readonly version: number
  readonly open: boolean
  readonly stage: Stage
  readonly urgency: number
  readonly nextDue?: Instant
  readonly severity: string
  /** The coordinator; empty if the case has no coordinator. */
  readonly owner: string
  readonly openedAt: Instant
  /** The earliest deadline, even if it has passed already. Absent if no deadline is running. */
  readonly due?: Instant
  /** The people who may see the case. */
  readonly people: readonly PersonId[]
  /** Former channels are included, since anybody who joins one can read what was posted there. */
  readonly channels: readonly { readonly platform: Platform; readonly channel: string }[]
  readonly summary: Readonly<Record<string, string | number | boolean>>
}

/**
 * How much earlier a case counts as due, for each severity. The numbers are fixed, so the order of a list does not
 * change while nothing happens.
 */
const COUNTS_EARLIER = { critical: 14 * DAY, high: 7 * DAY, moderate: 2 * DAY, low: 0 } as const
/**
 * How much earlier an approval request, or a mail that waits for a person's decision, counts as due. Other people wait
 * for the answer, and most answers take only a minute.
 */
const HOLDS_UP = 14 * DAY
/**
 * How much earlier the end of an embargo counts as due if there is no fix yet. Without a fix, users can do nothing
 * about the vulnerability.
 */
const NO_PATCH = 14 * DAY
/** How much later a deadline that can wait counts as due. */
const CAN_WAIT = 14 * DAY
/** A case without a deadline counts as due this long after its last event. */
const NO_TIME = 90 * DAY
/**
 * The list has three parts: emergencies, open cases and closed cases. This distance between their sort keys is larger
 * than any time difference, so the parts never mix.
 */
const ANOTHER_PART = 1e14

/** The row of the case in this world. Undefined if the world has no case. */
export function rowOf(whole: Policy, world: World): Row | undefined {
  const { case: state, release } = world
  if (state === undefined) return undefined
  const policy = policyFor(whole, state)
  const stage = stageOf(state, release)
  const running = clocks(policy, world)
  const next = nextDue(running)
  // Channels are archived automatically, so their deadline is nobody's task.
  const duties = running.filter((clock) => !isAutomatic(clock))
  const due = earliestOf(duties.map((clock) => clock.due))
  const late = state.rm === 'closed' ? waitsAfterClosing(state, running) : undefined
  const { action, owner } = nextAction(policy, { whole, state, release, others: world.others })
  const doubts = doubtsOf(state, release).length
  return {
    stream: state.id,
    version: state.version,
    // If somebody still waits for something in a closed case, the case is listed among the open cases.
    open: stage !== 'closed' || late !== undefined,
    stage,
    urgency: urgency(state, { running: duties, atOnce: late === 'at once' }),
    ...(next === undefined ? {} : { nextDue: next }),
    severity: state.severity ?? 'unrated',
    owner: state.coordinator ?? '',
    openedAt: state.openedAt,
    ...(due === undefined ? {} : { due }),
    people: peopleIn(state).filter((person) => maySee(state, person)),
    channels: channelsOf(state),
    summary: {
      ...milestonesOf(policy, state, release),
      ...(doubts === 0 ? {} : { doubts }),
      coordinator: state.coordinator ?? '',
      ...(state.cve?.id === undefined ? {} : { cve: state.cve.id }),
      next: action,
      owner,
      ...(embargoInForce(state.em) ? { embargoEnd: state.em.end } : {}),
    },
  }
}

/**
 * Whether and how urgently a closed case still needs somebody. An unanswered signal and a report to an authority cannot
 * wait. An unanswered mail, a report to forward, a decision about a mail of ours, and a duty towards the public can
 * wait a little. The retrospective does not count.
 */
function waitsAfterClosing(state: CaseState, running: readonly Clock[]): 'at once' | 'some time' | undefined {
  const duties = dutiesAfter(running).flatMap(({ clock }) => deadlineOf(clock)?.owedTo ?? [])
  if (frozenBySignal(state) || duties.includes('authority')) return 'at once'
  const waits = state.answeredAfterClosing !== undefined || pendingForward(state) !== undefined
  return waits || state.parked.length > 0 || duties.includes('public') ? 'some time' : undefined
}

/**
 * The sort key of a case; a smaller number is more urgent. Cases where secrecy fails, or whose embargo ends soon
 * without a fix, come first. Other open cases follow by due time, and closed cases come last. Severe cases, and cases
 * in which somebody waits for an answer, count as due earlier. The key is made from instants, because rows are not
 * rewritten as time passes.
 */
function urgency(
  state: CaseState,
  { running, atOnce }: { running: readonly Clock[]; readonly atOnce: boolean },
): number {
  const dues = running.map((clock) => clock.due - earlierBy(clock, state))
  const times = [
    ...(dues.length === 0 ? [later(state.lastEventAt, NO_TIME)] : dues),
    ...heldUpSince(state).map((since) => since - HOLDS_UP),
  ]
  const presses = Math.min(...times) - COUNTS_EARLIER[severityOf(state)]
  if (atOnce || (state.rm !== 'closed' && (secrecyFails(state) || endsWithoutPatch(state, running))))
    return presses - ANOTHER_PART
  return state.rm === 'closed' ? presses + ANOTHER_PART : presses
}

function earlierBy({ clock }: Clock, state: CaseState): number {
  if (clock === 'embargo-end' && lacksPatch(state)) return NO_PATCH
  const { priority, owedTo } = deadlineOf(clock) ?? {}
  return priority === LAST && owedTo !== 'authority' ? -CAN_WAIT : 0
}

const lacksPatch = ({ rm, cs, publication }: CaseState): boolean =>
  (rm === 'received' || rm === 'valid' || rm === 'accepted') && cs.fixReady === undefined && publication !== 'none'

/** Whether the last warning before the end of the embargo was given, and there is no fix to publish. */
function endsWithoutPatch(state: CaseState, running: readonly Clock[]): boolean {
  const end = running.find(({ clock }) => clock === 'embargo-end')
  if (end === undefined || !lacksPatch(state)) return false
  return state.told[roundKey(end)] !== undefined && end.moments.every(({ breach }) => breach === true)
}

/** Since when somebody waits for an approval, or for a decision about a mail. */
const heldUpSince = ({ approvals, parked }: CaseState): readonly Instant[] => [
  ...approvals.flatMap(({ status, askedAt, notBefore }) => (status === 'open' ? [latest(askedAt, notBefore)] : [])),
  ...parked.map(({ at }) => at),
]

/** Whether every hour counts: a signal or a leak waits for the team, or secrecy has failed and no fix is ready. */
const secrecyFails = (state: CaseState): boolean =>
  frozenBySignal(state) ||
  state.leakUndecidedSince !== undefined ||
  (secrecyFailed(state) && state.cs.fixReady === undefined)

const peopleIn = ({ people }: CaseState): readonly PersonId[] => Object.keys(people).map((id) => PersonId.parse(id))

function channelsOf(state: CaseState): Row['channels'] {
  return PLATFORMS.flatMap((platform) => {
    const { channel, former = [] } = state.channels[platform] ?? {}
    return [channel, ...former.map((one) => one.channel)].flatMap((one) =>
      one === undefined ? [] : [{ platform, channel: one }],
    )
  })
}
