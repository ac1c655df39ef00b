import {
  approvableFrom,
  CONSENT_SILENCE,
  branchesToFix,
  embargoInForce,
  later,
  latestStart,
  silenceFor,
} from '@embargo/core'
import type { CaseState, Clock, Instant, ReleaseState, World } from '@embargo/core'
import type { Scenario } from './scenario.ts'
import type { ModelState } from './state.ts'
import { worldAt } from './state.ts'
import type { Rules } from './rules.ts'
import { openApprovals } from './view.ts'

/** An instant that a rule compares the time with. */
export type Deadline = { readonly name: string; readonly at: Instant }

export function deadlinesOf(
  { policy, coarse, idle }: Scenario,
  state: CaseState,
  release: ReleaseState | undefined,
): readonly Deadline[] {
  const named: Deadline[] = []
  if (embargoInForce(state.em)) named.push({ name: 'embargo', at: state.em.end })
  if (state.em.is === 'revise') named.push({ name: 'proposed end', at: state.em.proposedEnd })
  if (release?.at !== undefined && release.is !== 'cancelled' && release.startedAt === undefined) {
    named.push({ name: 'release', at: release.at })
    if (coarse !== true) named.push({ name: 'ahead', at: approvableFrom(release.at) })
  }
  if (release?.ahead !== undefined && release.startedAt === undefined && coarse !== true)
    named.push({ name: 'too late', at: later(latestStart(policy, release.ahead.from), 1) })
  for (const { name, fix } of coarse === true ? branchesToFix(state) : state.branches) {
    if (fix === undefined || fix.is === 'assigned' || fix.verification?.of !== 'reporter') continue
    if (coarse !== true || fix.is === 'submitted') named.push({ name: `answer ${name}`, at: fix.verification.dueAt })
  }
  for (const { mode, notBefore, aloneFrom, yesFrom } of openApprovals(state)) {
    if (mode === 'second-look') named.push({ name: 'look', at: notBefore })
    if (aloneFrom !== undefined) named.push({ name: 'alone', at: aloneFrom })
    if (yesFrom !== undefined) named.push({ name: 'silence', at: yesFrom })
  }
  if (coarse !== true) named.push(...ofProposal(state), ...ofPeople(state))
  const silence = idle === true ? silenceFor(state.severity ?? 'high') : undefined
  if (silence !== undefined && state.rm !== 'closed')
    named.push({ name: 'idle', at: later(state.movedAt ?? state.openedAt, silence) })
  return named
}

/**
 * The instants that matter for a proposed end of the embargo. The first is that end. If the case already had an earlier
 * embargo and the team made the proposal, there is a second instant. If nobody has answered the proposal by then, two
 * admins can decide.
 */
const ofProposal = ({ em, embargoFrom }: CaseState): readonly Deadline[] =>
  em.is !== 'proposed'
    ? []
    : [
        { name: 'proposed end', at: em.end },
        ...(em.by !== 'team' || embargoFrom === undefined
          ? []
          : [{ name: 'unanswered', at: later(em.proposedAt, CONSENT_SILENCE) }]),
      ]

/** When a question to the reporter expires, and when an absent person is back. */
const ofPeople = ({ needsInfo, away = {} }: CaseState): readonly Deadline[] => [
  ...(needsInfo === undefined ? [] : [{ name: 'info', at: needsInfo.dueAt }]),
  ...Object.entries(away).map(([who, { until }]) => ({ name: `back ${who}`, at: until })),
]

const clocksKnown = new WeakMap<World, readonly Clock[]>()

/**
 * Every deadline that runs in this state, computed once. Reminders are included, because the exploration stops at each
 * reminder when it lets time pass.
 */
export function clocksAt(rules: Rules, scenario: Scenario, current: ModelState): readonly Clock[] {
  const world = worldAt(current)
  const known = clocksKnown.get(world)
  if (known !== undefined) return known
  const all = rules.clocks(scenario.policy, world)
  const running =
    scenario.coarse === true || scenario.idle === true ? all : all.filter(({ clock }) => clock !== 'stale')
  clocksKnown.set(world, running)
  return running
}

/** The future instants at which something happens, in order, each once. */
export function nextInstants(rules: Rules, scenario: Scenario, current: ModelState): readonly Instant[] {
  const { case: state, release } = worldAt(current)
  if (state === undefined) return []
  const all = [
    ...deadlinesOf(scenario, state, release).map((deadline) => deadline.at),
    ...clocksAt(rules, scenario, current).flatMap((clock) => clock.moments.map((moment) => moment.at)),
  ]
  return [...new Set(all.filter((at) => at > current.now))].toSorted((a, b) => a - b)
}
