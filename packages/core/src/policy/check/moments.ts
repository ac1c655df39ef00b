import { embargoInForce } from '../../embargo/evolve.ts'
import type { CaseState } from '../../case/state.ts'
import type { Instant } from '../../shared/instant.ts'
import { branchesToFix } from '../../case/stage.ts'
import type { ReleaseState } from '../../release/state.ts'
import type { Clock } from '../clocks/clock.ts'
import type { Arena } from './arena.ts'
import type { Place } from './place.ts'
import { worldAt } from './place.ts'
import type { Rules } from './rules.ts'
import { openApprovals } from './view.ts'

/** An instant that a rule compares the time with. */
export type Deadline = { readonly name: string; readonly at: Instant }

export function deadlinesOf(state: CaseState, release: ReleaseState | undefined): readonly Deadline[] {
  const named: Deadline[] = []
  if (embargoInForce(state.em)) named.push({ name: 'embargo', at: state.em.end })
  if (state.em.is === 'revise') named.push({ name: 'proposed end', at: state.em.proposedEnd })
  if (release?.at !== undefined && release.is !== 'cancelled' && release.startedAt === undefined)
    named.push({ name: 'release', at: release.at })
  for (const { name, fix } of branchesToFix(state)) {
    if (fix?.is === 'submitted' && fix.verification?.of === 'reporter')
      named.push({ name: `answer ${name}`, at: fix.verification.dueAt })
  }
  for (const { mode, notBefore, aloneFrom, yesFrom } of openApprovals(state)) {
    if (mode === 'second-look') named.push({ name: 'look', at: notBefore })
    if (aloneFrom !== undefined) named.push({ name: 'alone', at: aloneFrom })
    if (yesFrom !== undefined) named.push({ name: 'silence', at: yesFrom })
  }
  return named
}

/** Every clock that runs here. Reminders too: waiting stops at each of them. */
export const clocksAt = (rules: Rules, arena: Arena, place: Place): readonly Clock[] =>
  rules.clocks(arena.policy, worldAt(place))

/** What comes after now, in order, each instant once. */
export function momentsAfter(rules: Rules, arena: Arena, place: Place): readonly Instant[] {
  const { case: state, release } = worldAt(place)
  if (state === undefined) return []
  const all = [
    ...deadlinesOf(state, release).map((deadline) => deadline.at),
    ...clocksAt(rules, arena, place).flatMap((clock) => clock.moments.map((moment) => moment.at)),
  ]
  return [...new Set(all.filter((at) => at > place.now))].toSorted((a, b) => a - b)
}
