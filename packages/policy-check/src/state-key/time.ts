import { later, LONGEST_WAIT, stepWaitsFrom } from '@embargo/core'
import type { CaseState, Instant, ReleaseState } from '@embargo/core'
import type { Scenario } from '../scenario.ts'
import { plannedDateKey, fittingDates, ratedKey } from './dates.ts'
import { deadlinesOf } from '../deadlines.ts'
import type { Deadline } from '../deadlines.ts'
import type { ModelState } from '../state.ts'

/**
 * Which deadlines are past, in which order the others come, and whether a legal release date fits before the embargo's
 * end.
 */
export function timeKey(
  scenario: Scenario,
  state: CaseState,
  release: ReleaseState | undefined,
  { now }: ModelState,
): string {
  return `${deadlineKey(scenario, deadlinesOf(scenario, state, release), now)}:${fittingDates(scenario, state, now)}${plannedDateKey(scenario, state, release, now)} ${ratedKey(scenario, state, now)}`
}

/**
 * The dates that still matter in a closed case: the release date, because the case can be reopened; the dates when
 * absent people are back; and the date when silence counts as an answer.
 */
export function closedTimeKey(
  scenario: Scenario,
  state: CaseState,
  release: ReleaseState | undefined,
  { now }: ModelState,
): string {
  const deadlines = deadlinesOf(scenario, state, release).filter(({ name }) => OF_CLOSED.test(name))
  return `${deadlineKey(scenario, deadlines, now)}:${plannedDateKey(scenario, state, release, now)} ${ratedKey(scenario, state, now)}`
}

/**
 * The deadlines that still matter once a publication has begun: when absent people are back, and when anybody may take
 * a stale case.
 */
export const finishedTimeKey = (scenario: Scenario, state: CaseState, now: Instant): string =>
  deadlineKey(
    scenario,
    deadlinesOf(scenario, state, undefined).filter(({ name }) => OF_OVER.test(name)),
    now,
  )

/**
 * The times until which a publication would wait for the steps that have begun. A publication waits for one step at a
 * time, and for none while somebody holds the release. But the time limit of each step runs on meanwhile, so the key
 * contains all of these times.
 */
export function stepTimeKey(scenario: Scenario, release: ReleaseState | undefined, now: Instant): string {
  if (release === undefined || release.disclosedAt !== undefined) return ''
  const ends = release.steps.slice(0, -1).flatMap((one) => {
    const since = stepWaitsFrom(release, one)
    return since === undefined ? [] : [{ name: one.step, at: later(since, LONGEST_WAIT) }]
  })
  return deadlineKey(scenario, ends, now)
}

/** Matches the deadline at which an absent person is back. A past absence changes nothing. */
const BACK = /^back /u

const OF_OVER = /^(?:idle|back .*)$/u

const OF_CLOSED = /^(?:release|ahead|silence|back .*)$/u

function deadlineKey(scenario: Scenario, deadlines: readonly Deadline[], now: Instant): string {
  // A deadline at this very moment is marked with `now`: a release date at this moment still fits into an embargo that
  // ends at this moment.
  const over = deadlines
    .filter(({ name, at }) => at <= now && !BACK.test(name))
    .map(({ name, at }) => (at === now && scenario.coarse !== true ? `${name} now` : name))
  const coming = deadlines
    .filter(({ at }) => at > now)
    .toSorted((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1))
    .map(({ name, at }, index, all) => `${all[index - 1]?.at === at ? '=' : '<'}${name}`)
  return `${over.join()}:${coming.join('')}`
}

/**
 * The key without the order of future deadlines. `SoundnessCheck` runs each command in two states with the same key,
 * and compares the keys of the next states. In these keys, the order of future deadlines can differ.
 */
export const withoutOrder = (key: string): string =>
  key.replace(/:([<=][^|:]*):/u, (_whole, coming: string) => `:${coming.split(/[<=]/u).toSorted().join()}:`)
