import { embargoInForce } from '../embargo/evolve.ts'
import type { World } from '../case/decision.ts'
import { branchesToFix } from '../case/stage.ts'
import type { CaseState } from '../case/state.ts'
import type { ReleaseState } from '../release/state.ts'
import { DAY, later } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { CaseId } from '../shared/ids.ts'
import { after } from './calendar.ts'
import type { Policy } from './schema.ts'

/** A moment of a clock that has not been told yet. `fraction` is of the time from start to due; over 1 is after it. */
export type Moment = { readonly fraction: number; readonly at: Instant; readonly breach?: boolean }

export type Clock = {
  readonly clock: string
  readonly stream: CaseId
  /** A clock that starts anew (another embargo end, another patch) has another round. */
  readonly round: number
  readonly start: Instant
  readonly due: Instant
  readonly owner: string
  readonly about: string
  readonly moments: readonly Moment[]
}

/** Every clock that runs for a case, with the moments still to be told. Pure: a restart computes the same. */
export function clocks(policy: Policy, world: World): readonly Clock[] {
  const { case: state, release } = world
  if (state === undefined || state.rm === 'closed') return []
  return [
    ...acknowledge(policy, state),
    ...reporterVerification(policy, state),
    ...embargoEnd(policy, state),
    ...releaseClock(policy, state, release),
  ].map((clock) => untold(clock, state))
}

/** The earliest untold moment of any clock: when the scheduler must look again. */
export function nextDue(policy: Policy, world: World): Instant | undefined {
  const moments = clocks(policy, world).flatMap((clock) => clock.moments.map((moment) => moment.at))
  return moments.length === 0 ? undefined : moments.reduce((a, b) => (a <= b ? a : b))
}

function untold(clock: Clock, state: CaseState): Clock {
  const told = state.told[`${clock.clock}:${clock.round}`] ?? 0
  return { ...clock, moments: clock.moments.filter((moment) => moment.fraction > told) }
}

const owner = (policy: Policy, state: CaseState): string =>
  policy.people.find((person) => person.id === state.coordinator)?.name ?? 'the team'

const at = (start: Instant, due: Instant, fraction: number): Moment => ({
  fraction,
  at: later(start, (due - start) * fraction),
})

function acknowledge(policy: Policy, state: CaseState): readonly Clock[] {
  if (state.acknowledgedAt !== undefined || state.rm !== 'received') return []
  const { target, breach, fractions } = policy.clocks.acknowledge
  const start = state.openedAt
  const due = after(policy.calendar, start, target)
  const breachAt = after(policy.calendar, start, breach)
  const moments: readonly Moment[] = [
    ...fractions.map((fraction) => at(start, due, fraction)),
    { fraction: Math.max(1.001, (breachAt - start) / (due - start)), at: breachAt, breach: true },
  ]
  return [
    {
      clock: 'acknowledge',
      stream: state.id,
      round: state.round,
      start,
      due,
      owner: 'the team',
      about: 'acknowledge the report',
      moments,
    },
  ]
}

function reporterVerification(policy: Policy, state: CaseState): readonly Clock[] {
  return branchesToFix(state).flatMap((branch): readonly Clock[] => {
    const fix = branch.fix
    if (branch.waived !== undefined || fix?.is !== 'submitted' || fix.verification?.of !== 'reporter') return []
    const { askedAt, dueAt } = fix.verification
    return [
      {
        clock: `reporter-verification/${branch.name}`,
        stream: state.id,
        round: askedAt,
        start: askedAt,
        due: dueAt,
        owner: owner(policy, state),
        about: `the reporter verifies the patch for ${branch.name}`,
        moments: [at(askedAt, dueAt, 0.5), at(askedAt, dueAt, 1)],
      },
    ]
  })
}

function embargoEnd(policy: Policy, state: CaseState): readonly Clock[] {
  if (!embargoInForce(state.em)) return []
  const start = state.openedAt
  const due = state.em.end
  const warnings = policy.clocks.embargoWarnings
    .map((before) => later(due, start - after(policy.calendar, start, before)))
    .filter((moment) => moment > start)
    .map((moment) => ({ fraction: (moment - start) / (due - start), at: moment }))
  return [
    {
      clock: 'embargo-end',
      stream: state.id,
      round: due,
      start,
      due,
      owner: owner(policy, state),
      about: 'the embargo ends',
      moments: [...warnings, { fraction: 1, at: due, breach: true }],
    },
  ]
}

function releaseClock(policy: Policy, state: CaseState, release: ReleaseState | undefined): readonly Clock[] {
  if (release?.at === undefined || (release.is !== 'prenotified' && release.is !== 'scheduled')) return []
  const due = release.at
  const start = release.prenotifiedAt ?? later(due, -7 * DAY)
  const dayBefore = later(due, -DAY)
  const eve = dayBefore > start ? [{ fraction: (dayBefore - start) / (due - start), at: dayBefore }] : []
  return [
    {
      clock: 'release',
      stream: state.id,
      round: due,
      start,
      due,
      owner: owner(policy, state),
      about: 'disclose',
      moments: [...eve, { fraction: 1, at: due }],
    },
  ]
}
