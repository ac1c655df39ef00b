import { embargoInForce } from '../../embargo/evolve.ts'
import type { CaseState } from '../../case/state.ts'
import type { ReleaseState } from '../../release/state.ts'
import { DAY, HOUR } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Arena } from './arena.ts'
import { legalRelease } from './legal-release.ts'
import { deadlinesOf } from './moments.ts'
import type { Place } from './place.ts'

/** Past or to come, the order of what is to come, and whether a legal date fits before the embargo's end. */
export function timeKey(arena: Arena, state: CaseState, release: ReleaseState | undefined, { now }: Place): string {
  const deadlines = deadlinesOf(arena, state, release)
  // A date of this very moment is still inside an embargo that ends with it.
  const over = deadlines
    .filter(({ at }) => at <= now)
    .map(({ name, at }) => (at === now && arena.coarse !== true ? `${name} now` : name))
  const coming = deadlines
    .filter(({ at }) => at > now)
    .toSorted((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1))
    .map(({ name, at }, index, all) => `${all[index - 1]?.at === at ? '=' : '<'}${name}`)
  return `${over.join()}:${coming.join('')}:${fits(arena, state, now)
    .map((one) => (one ? '+' : '-'))
    .join('')}${dated(arena, state, release, now)}`
}

/** The case as it is rated, and as it can be. */
export const ratings = ({ coarse }: Arena, state: CaseState): readonly CaseState[] =>
  coarse === true ? [state] : (['high', 'low'] as const).map((severity) => ({ ...state, severity }))

/** The dates that are asked for: the first legal one, one of that day outside the window, and one a week later. */
const ASKED_BESIDE = [0, 12 * HOUR, 7 * DAY] as const

/** Whether the planned date comes before, on or after the first legal one, and the one a week later. */
function dated(arena: Arena, state: CaseState, release: ReleaseState | undefined, now: Instant): string {
  const { at, is, startedAt } = release ?? {}
  if (arena.coarse === true || at === undefined || is === 'cancelled' || startedAt !== undefined) return ''
  return ratings(arena, state)
    .map((one) => legalRelease(arena.policy, one, now))
    .flatMap((legal) => [0, 7 * DAY].map((later) => (legal === undefined ? '?' : Math.sign(at - legal - later))))
    .join(',')
}

/** Whether a legal date fits before the embargo's end: of the severity that it has, and of those that it can get. */
function fits(arena: Arena, state: CaseState, now: Instant): readonly boolean[] {
  const { policy, coarse } = arena
  const { em } = state
  if (!embargoInForce(em)) return []
  return ratings(arena, state).flatMap((one) => {
    const legal = legalRelease(policy, one, now)
    return (coarse === true ? [0] : ASKED_BESIDE).map((later) => legal === undefined || legal + later <= em.end)
  })
}

/** The key without the order of the deadlines to come, which a command may change differently from two ways. */
export const unordered = (key: string): string =>
  key.replace(/:([<=][^|:]*):/u, (_whole, coming: string) => `:${coming.split(/[<=]/u).toSorted().join()}:`)
