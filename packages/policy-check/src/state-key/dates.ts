import {
  approvableFrom,
  datesBetween,
  DAY,
  embargoInForce,
  HOUR,
  inReleaseWindow,
  later,
  mostDaysOf,
  leadOf,
  openProposal,
  policyFor,
  strictestList,
} from '@embargo/core'
import type { CaseState, Instant, Policy, ReleaseState } from '@embargo/core'
import type { Scenario } from '../scenario.ts'
import { requestableEnds } from './embargo.ts'
import { legalRelease } from '../legal-release.ts'

/** What rules check about a date, for a case with a certain rating. */
type DateRules = {
  readonly legal: Instant | undefined
  /** Whether the first legal date is the present moment or close to it. */
  readonly soon: string
  readonly needed: number
  readonly most: number
}

const known = new WeakMap<Policy, Map<Instant, readonly DateRules[]>>()

/**
 * The limits of dates under the present rating, and under each other rating that the case can get: another severity,
 * observed attacks, or no attacks after a correction. A case with observed attacks never has a low severity.
 */
function rated(scenario: Scenario, state: CaseState, now: Instant): readonly DateRules[] {
  const own = policyFor(scenario.policy, state)
  const ofPolicy = known.get(own) ?? new Map<Instant, readonly DateRules[]>()
  known.set(own, ofPolicy)
  const made =
    ofPolicy.get(now) ??
    asRated(scenario, state).map((one): DateRules => {
      const policy = policyFor(scenario.policy, one)
      const strictest = strictestList(policy)
      const legal = legalRelease(scenario.policy, one, now)
      return {
        legal,
        soon: legal === now ? 'now' : nearKey(legal, now),
        needed: leadOf(policy, one).dates,
        most: (strictest && mostDaysOf(strictest)) ?? Infinity,
      }
    })
  ofPolicy.set(now, made)
  return made
}

function asRated({ coarse, rated = EVERY }: Scenario, state: CaseState): readonly CaseState[] {
  if (coarse === true) return [state]
  const { severity, cs } = state
  return [
    state,
    ...rated.map((one): CaseState =>
      one === 'attacked'
        ? {
            ...state,
            severity: severity === 'critical' ? severity : 'high',
            cs: { ...cs, attacks: cs.attacks ?? state.openedAt },
          }
        : { ...state, severity: one },
    ),
    ...(cs.attacks === undefined || !rated.includes('attacked') ? [] : [{ ...state, cs: unattacked(cs) }]),
  ]
}

function unattacked({ attacks: _wrong, ...cs }: CaseState['cs']): CaseState['cs'] {
  return cs
}

const EVERY: NonNullable<Scenario['rated']> = ['high', 'low', 'attacked']

/**
 * The dates that the exploration requests, counted from the first legal date: that date, a time on the same day outside
 * the release window, and a week later.
 */
const ASKED_BESIDE = [0, 12 * HOUR, 7 * DAY] as const

/** The planned date, if it is still to come. */
export function plannedDateKey(
  scenario: Scenario,
  state: CaseState,
  release: ReleaseState | undefined,
  now: Instant,
): string {
  const { at, is, startedAt } = release ?? {}
  if (scenario.coarse === true || at === undefined || is === 'cancelled' || startedAt !== undefined) return ''
  return dateKey(scenario, state, release, at, now)
}

/** How a date compares with the dates that rules use, and with the dates that can be requested in its place. */
export function dateKey(
  scenario: Scenario,
  state: CaseState,
  release: ReleaseState | undefined,
  at: Instant,
  now: Instant,
): string {
  const { policy, coarse } = scenario
  const late = embargoInForce(state.em) && at > state.em.end ? 'late' : ''
  const shut = inReleaseWindow(policy, at) ? '' : 'shut'
  if (coarse === true) return `${late}${shut}`
  const planned = release?.at
  const beside = planned === undefined ? '' : `${Math.sign(at - planned)}${sameDay(at, planned) ? 'same day' : ''}`
  const legal = rated(scenario, state, now).map(
    (one) => `${sides(scenario, at, one.legal)}${leads(one, release, at, now)}`,
  )
  return `${at <= now ? 'past' : ''}${late}${shut}${beside}${legal.join()}`
}

const sameDay = (one: Instant, other: Instant): boolean => Math.floor(one / DAY) === Math.floor(other / DAY)

/**
 * Whether a date is before, on or after the first legal date. Also how the date compares with the day a week after the
 * first legal date, because a release can be moved to that day.
 */
const sides = ({ unmoved }: Scenario, at: Instant, legal: Instant | undefined): string =>
  legal === undefined ? '?' : `${Math.sign(at - legal)}${unmoved === true ? '' : Math.sign(at - legal - 7 * DAY)}`

/**
 * Whether a date is late enough for the promised lead (`needed` days), and whether every list keeps a secret
 * until that date (for at most `most` days). Both are counted from now and from the pre-notification.
 */
const leads = ({ needed, most }: DateRules, release: ReleaseState | undefined, at: Instant, now: Instant): string =>
  [now, release?.prenotifiedAt ?? now]
    .map((entry) => datesBetween(entry, at))
    .map((given) => (given < needed ? '<' : given > most ? '>' : '='))
    .join('')

/** Whether a requested date is so near that the publication on that date can be approved in advance now. */
export const nearKey = (at: Instant | undefined, now: Instant): string =>
  at !== undefined && approvableFrom(at) <= now ? 'near' : ''

/**
 * Compares the first legal date under the present rating with the first legal dates under the other ratings, because a
 * case can be rated again after a date was set. The key also marks two kinds of these dates. `near`: a publication on
 * that date can be approved already. `now`: the date is the present moment, to which a release cannot be moved.
 */
export function ratedKey(scenario: Scenario, state: CaseState, now: Instant): string {
  const [own, ...others] = scenario.coarse === true ? [] : rated(scenario, state, now)
  if (own?.legal === undefined) return ''
  const atOnce = [own, ...others].map(({ soon }) => soon).join()
  return `${atOnce}${others.map(({ legal }) => pair(scenario, own.legal, legal)).join()}`
}

const pair = (scenario: Scenario, own: Instant | undefined, other: Instant | undefined): string =>
  own === undefined
    ? ''
    : `${sides(scenario, own, other)}${scenario.unmoved === true ? '' : sides(scenario, later(own, 7 * DAY), other)}`

/**
 * Whether each date that can be requested fits before each possible end of the embargo. The possible ends are the end
 * in force, the proposed end, and the ends that can be proposed.
 */
export function fittingDates(scenario: Scenario, state: CaseState, now: Instant): string {
  const { policy, coarse } = scenario
  const { em } = state
  const inForce = embargoInForce(em) ? em.end : undefined
  if (coarse === true) return inForce === undefined ? '' : fitsBeforeEnd(scenario, state, inForce, now)
  const { within, beyond } = requestableEnds(policy, state, now)
  const named = em.is === 'exited' || scenario.unnegotiated === true ? [] : [within, beyond]
  const open = openProposal(em)?.end
  return [inForce, open, ...named]
    .map((end) => (end === undefined ? '' : fitsBeforeEnd(scenario, state, end, now)))
    .join('/')
}

export const fitsBeforeEnd = (scenario: Scenario, state: CaseState, end: Instant, now: Instant): string =>
  rated(scenario, state, now)
    .flatMap(({ legal }) =>
      (scenario.coarse === true ? [0] : ASKED_BESIDE.slice(0, state.release === undefined ? 2 : 3)).map(
        (beside) => legal === undefined || legal + beside <= end,
      ),
    )
    .map((one) => (one ? '+' : '-'))
    .join('')
