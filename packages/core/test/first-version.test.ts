import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { brokenInvariants, clocks, evolveRecorded, Recorded, stageOf, worldOf } from '../src/index.ts'
import type { State, StreamId, World } from '../src/index.ts'
import { ana, ben, BLOB, CASE, DAY, OTHER_HASH, person, RELEASE, Scenario } from './scenario.ts'

/**
 * Three cases as the first version of the program wrote them, before any event gained a field. Logs like this are kept for
 * years: whoever changes how events are folded is told here when an old case comes out as another one.
 */
const LINES = readFileSync(new URL('first-version.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
const WRITTEN = LINES.map((line) => z.looseObject({ course: z.string() }).parse(JSON.parse(line)))

const shown = { digest: OTHER_HASH, blob: BLOB }

/** The relay took every mail that was asked for. */
function taken(scenario: Scenario): void {
  for (let at = 0; at < scenario.effects.length; at += 1) {
    const effect = scenario.effects[at]
    if (effect?.kind !== 'send-mail') continue
    const { id, stream, letter, to } = effect
    const outcome = { is: 'mail-accepted', letter, to, messageId: '<m@quillmark.example>' } as const
    scenario.does({ verb: 'record-outcome', stream, effect: id, outcome })
  }
}

/** Every clock told what is due. */
function reminded(scenario: Scenario): void {
  for (const { stream, clock, round, moments } of clocks(scenario.policy, scenario.world)) {
    const due = moments.findLast(({ at }) => at <= scenario.now)
    if (due !== undefined) scenario.does({ verb: 'fire-clock', stream, clock, round, fraction: due.fraction })
  }
}

/** What was done then, done today. */
const COURSES: Readonly<Record<string, () => Scenario>> = {
  published: () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    taken(scenario)
    scenario.now = RELEASE
    reminded(scenario)
    scenario.does({ verb: 'disclose', case: CASE, shown }, person(ana))
    scenario.does({ verb: 'approve', case: CASE, shown, typedCase: CASE }, person(ben))
    taken(scenario)
    scenario.does({ verb: 'close', case: CASE, reason: 'done' }, person(ana))
    taken(scenario)
    return scenario
  },
  expired: () => {
    const scenario = new Scenario().untilPatch().wait(91 * DAY)
    taken(scenario)
    reminded(scenario)
    return scenario
  },
  nothing: () => {
    const scenario = new Scenario().opens()
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    scenario.does({ verb: 'triage', case: CASE, disposition: 'invalid', reason: 'it is meant so' }, person(ana))
    taken(scenario)
    return scenario
  },
}

const logOf = (course: string): readonly Recorded[] =>
  WRITTEN.filter((line) => line.course === course).map((line) => Recorded.parse(line))

function folded(course: string): World {
  const states = new Map<StreamId, State>()
  for (const recorded of logOf(course))
    states.set(recorded.stream, evolveRecorded(states.get(recorded.stream), recorded))
  return worldOf(CASE, states)
}

/** Where a case and its release stand. */
const standing = ({ case: state, release }: World) => ({
  stage: state && stageOf(state, release),
  rm: state?.rm,
  em: state?.em,
  cs: state?.cs,
  disposition: state?.disposition,
  severity: state?.severity,
  coordinator: state?.coordinator,
  people: state?.people,
  branches: state?.branches,
  approvals: state?.approvals.map(({ status, by }) => ({ status, by })),
  reports: state?.reports,
  waivers: state?.waivers,
  publishedAt: state?.publishedAt,
  release: release && { is: release.is, at: release.at, cases: release.cases, prenotified: release.prenotified },
})

describe('a case that the first version wrote', () => {
  it.each(Object.keys(COURSES))('%s: is read as it was written', (course) => {
    const lines = WRITTEN.filter((line) => line.course === course)
    expect(lines.length).toBeGreaterThan(10)
    expect(logOf(course)).toEqual(lines.map(({ course: _course, ...recorded }) => recorded))
  })

  it.each(Object.entries(COURSES))('%s: stands where it stands when the same is done today', (course, play) => {
    expect(standing(folded(course))).toEqual(standing(play().world))
  })

  it.each(Object.keys(COURSES))('%s: breaks no rule', (course) => {
    expect(brokenInvariants(folded(course))).toEqual([])
  })
})
