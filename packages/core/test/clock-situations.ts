import { clocks, CveId, instant } from '../src/index.ts'
import type { CaseState, Clock, Instant, PolicySource, ReleaseState } from '../src/index.ts'
import { ana, CASE, HOUR, person, policyOf, RELEASE, Scenario, START } from './scenario.ts'

/** Every hour is an hour of work, so that each moment stands where the clock's own rule puts it. */
const always: Partial<PolicySource> = {
  calendar: {
    zone: 'UTC',
    workingDays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    workingHours: { from: '00:00', to: '23:59' },
    holidays: [],
  },
}
export const scenarioOf = (profile: 'team' | 'organisation' = 'team', change: Partial<PolicySource> = {}) =>
  new Scenario(policyOf(profile, { ...always, ...change }))

const hours = (at: Instant): number => Math.round(((at - START) / HOUR) * 100) / 100

/** What comes again and again says so by its first three. */
const shortened = (moments: Clock['moments']): Clock['moments'] => (moments.length > 6 ? moments.slice(0, 3) : moments)

/** A clock as a reader sees it, times in hours from the start; `!` is a breach, `*` comes whatever the hour. */
const inWords = ({ clock, round, start, due, owner, about, moments }: Clock): readonly string[] => [
  `${clock}: ${about} (${owner})`,
  `${hours(start)} to ${hours(due)}${round === start ? '' : round === due ? ', of this end' : `, round ${hours(instant(round))}`}`,
  shortened(moments)
    .map(
      ({ fraction, at, hears, breach, prompt }) =>
        `${Math.round(fraction * 1000) / 1000} at ${hours(at)} ${hears}${breach === true ? '!' : ''}${prompt === true ? '*' : ''}`,
    )
    .join(', '),
]

export function clock(scenario: Scenario, name: string): readonly string[] | undefined {
  const found = clocks(scenario.policy, scenario.world).find(
    (one) => one.clock.replace(/^signal\/.+/, 'signal/<approval>') === name,
  )
  return found && inWords(found)
}

/** What no command of this test brings about, laid over the state. */
export function lay(scenario: Scenario, change: (state: CaseState) => Partial<CaseState>): Scenario {
  const state = scenario.world.case
  if (state === undefined) throw new Error('no case')
  scenario.states.set(CASE, { ...state, ...change(state) })
  return scenario
}

/** The pre-notification left at the start, and nobody has said that they have it. */
export function told(): Scenario {
  const scenario = scenarioOf().untilPrenotified(RELEASE)
  const prenotified = scenario.world.release?.prenotified.map((one) => ({ ...one, sentAt: START })) ?? []
  return onRelease(scenario, { prenotifiedAt: START, prenotified })
}

export const idsBy = (cve: 'own' | 'requested') => {
  const policy = policyOf('team', always)
  return new Scenario({ ...policy, projects: policy.projects.map((one) => ({ ...one, cve })) })
}

export const opened = (change: Partial<PolicySource> = {}) => scenarioOf('team', change).opens()
export const acknowledged = (change: Partial<PolicySource> = {}) => {
  const scenario = opened(change)
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  return scenario
}
export const rated = (severity: 'critical' | 'high' | 'moderate' | 'low', change: Partial<PolicySource> = {}) => {
  const scenario = acknowledged(change)
  scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity }, person(ana))
  return scenario
}

export const published = (project: 'own' | 'requested', cve?: CaseState['cve']) =>
  lay(idsBy(project).untilReady(), (state) => ({
    ...(cve === undefined ? {} : { cve }),
    rm: 'closed',
    publishedAt: START,
    cs: { ...state.cs, public: START },
  }))

export const attacked = (change: Partial<CaseState> = {}) =>
  lay(scenarioOf('organisation').untilReady(), (state) => ({ cs: { ...state.cs, attacks: START }, ...change }))

export const namesOf = (scenario: Scenario): readonly string[] =>
  clocks(scenario.policy, scenario.world).map((one) => one.clock.replace(/^signal\/.+/, 'signal/<approval>'))

export function onRelease(scenario: Scenario, change: Partial<ReleaseState>): Scenario {
  const { release } = scenario.world
  if (release === undefined) throw new Error('no release')
  scenario.states.set(release.id, { ...release, ...change })
  return scenario
}

export function onRecipients(change: Partial<ReleaseState['prenotified'][number]>): Scenario {
  const scenario = told()
  return onRelease(scenario, {
    prenotified: scenario.world.release?.prenotified.map((one) => ({ ...one, ...change })) ?? [],
  })
}

export function withIds(scenario: Scenario): Scenario {
  const { policy } = scenario
  scenario.policy = { ...policy, projects: policy.projects.map((one) => ({ ...one, cve: 'requested' })) }
  return scenario
}

export function withoutLists(scenario: Scenario): Scenario {
  const { policy } = scenario
  scenario.policy = { ...policy, prenotification: { ...policy.prenotification, lists: [] } }
  return scenario
}

/** The state changed as a whole, where something is taken away. */
export function changed(scenario: Scenario, change: (state: CaseState) => CaseState): Scenario {
  const state = scenario.world.case
  if (state === undefined) throw new Error('no case')
  scenario.states.set(CASE, change(state))
  return scenario
}

export const CVE = CveId.parse('CVE-1900-0001')
