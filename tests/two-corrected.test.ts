import { CveId, isReleaseStream, pendingCommand } from '@embargo/core'
import type { CaseId, PendingCommand, PersonRequest } from '@embargo/core'
import { expect, it } from 'vitest'
import { ONE, TWO } from '../packages/core/test/fixtures/multi-case-scenario.ts'
import { publishedRelease } from '../packages/core/test/fixtures/publication.ts'
import { ana, ben, person } from '../packages/core/test/fixtures/scenario.ts'
import { explore } from '../packages/policy-check/src/explore.ts'
import type { Model } from '../packages/policy-check/src/model.ts'
import { previewOf } from '../packages/policy-check/src/preview.ts'
import { initialState, pendingName, worldIn } from '../packages/policy-check/src/state.ts'
import type { ModelState } from '../packages/policy-check/src/state.ts'
import { outcomesOf } from '../packages/policy-check/src/transitions.ts'
import type { Transition } from '../packages/policy-check/src/transitions.ts'
import { INVARIANTS } from '../packages/policy-check/test/invariants/index.ts'

/**
 * One place of publication, GitHub, is enough for this test, because each place is a separate step of the publication.
 */
const scenario = publishedRelease({ versions: 'off', github: 'publish', files: 'off', cve: 'off' })
const { policy } = scenario
const start: ModelState = { ...initialState(scenario.now), states: scenario.states }

const corrections = (id: CaseId): readonly PendingCommand[] => [
  { verb: 'correct', case: id, reason: 'It is worse.', changes: { severity: 'critical' }, tell: 'everybody' },
  { verb: 'correct.withdraw', case: id, reason: 'It is no vulnerability.', tell: 'recipients' },
  { verb: 'correct.cve', case: id, cve: CveId.parse('CVE-1900-0099') },
]

const byBoth = (request: PersonRequest): readonly Transition[] =>
  [ana, ben].map((id) => [{ actor: person(id), request }])

/** What Ana may request in a case after a preview, and how Ana or Ben may answer such a request. */
function commandsIn(current: ModelState, id: CaseId): readonly Transition[] {
  const world = worldIn(current.states, id)
  const shown = (request: PendingCommand) => previewOf(policy, world, request, current.now)
  const open = world.case?.approvals.find(({ status }) => status === 'open')
  return [
    ...corrections(id).map((request): Transition => [
      { actor: person(ana), request: { ...request, shown: shown(request) } },
    ]),
    ...(open === undefined
      ? []
      : [
          ...byBoth({ verb: 'approve', case: id, shown: shown(pendingCommand(open)) }),
          ...byBoth({ verb: 'approve.no', case: id, reason: 'No.' }),
        ]),
  ]
}

const ofCase = (current: ModelState, id: CaseId): unknown => {
  const { case: state, release } = worldIn(current.states, id)
  const open = state?.approvals.filter(({ status }) => status === 'open').map(({ asked, by }) => [asked, by])
  const { steps, parked, correction, held, disclosedAt, deliveries, delivered } = release ?? {}
  const done = steps?.map(({ step, doneAt, begunAt, leftOut }) => [step, doneAt, begunAt, leftOut])
  const waits = parked?.map((one) => [one.step, one.case, one.letter, one.to, one.doubt])
  return [
    open,
    state?.corrections,
    state?.cve,
    state?.severity,
    done,
    waits,
    correction,
    held,
    disclosedAt,
    deliveries,
    delivered,
  ]
}

/** Two cases that were published together. Each can be corrected up to twice. Every service does what it is asked. */
const model: Model = {
  start,
  transitions: (current) => [
    ...[ONE, TWO].flatMap((id) => commandsIn(current, id)),
    // One fixed order of the outcomes is enough, because every order leads to the same state.
    ...current.pending.slice(0, 1).flatMap((pending) =>
      outcomesOf(pending)
        .slice(0, 1)
        .map((outcome): Transition => [
          {
            actor: { kind: 'system', part: 'dispatcher' },
            request: { verb: 'record-outcome', stream: pending.stream, effect: pending.effect, outcome },
          },
        ]),
    ),
  ],
  key: (current) =>
    JSON.stringify([ofCase(current, ONE), ofCase(current, TWO), current.pending.map(pendingName).toSorted()]),
  sameKey: () => false,
  // A state counts as an end when no document or mail of a correction still waits for its outcome.
  over: ({ pending }) => pending.length === 0,
  normalise: (current) => current,
  instants: () => [],
}

/**
 * Only the invariants about corrections. The others need previews that people saw before the publication, and this test
 * begins after the publication.
 */
const OF_CORRECTIONS = INVARIANTS.filter(({ name }) => name.startsWith('a correction'))

const corrected = ({ states }: ModelState): readonly number[] =>
  [ONE, TWO].map((id) => worldIn(states, id).case?.corrections?.length ?? 0)

it('of two cases published together, a correction of one never touches the other, whatever people do', () => {
  const changes = new Set<string>()
  const { findings, stuck, whole, states } = explore({
    scenario: { policy, reporter: 'reachable', people: [ana, ben], start: scenario.now },
    model,
    checks: [
      (execution) => OF_CORRECTIONS.filter(({ broken }) => broken(execution)).map(({ name }) => name),
      ({ before, after, trail }) => {
        const started = trail.flatMap(({ recorded: { event } }) => (event.type === 'CorrectionStarted' ? [event] : []))
        for (const { case: id } of started) changes.add(`${id} after ${corrected(before).join(' and ')}`)
        const both = corrected(after).filter((count, index) => count !== corrected(before)[index])
        return both.length > 1 ? ['one command corrected both cases'] : []
      },
      ({ effects, after }) => {
        const running = [...after.states].flatMap(([stream, state]) =>
          isReleaseStream(stream) && state.kind === 'release' ? [state.correction?.case] : [],
        )
        return effects.some((one) => one.kind === 'deliver' && !running.includes(one.case))
          ? ['a document of another case was delivered']
          : []
      },
    ],
    follows: (_step, after) => corrected(after).every((count) => count < 2),
  })
  expect({ findings, stuck, whole }).toEqual({ findings: [], stuck: 0, whole: true })
  expect(states).toBeGreaterThan(50)
  // Each case was corrected a first and a second time, both while the other case had no correction and after the other
  // case had one.
  const counts = ['0 and 0', '0 and 1', '1 and 0', '1 and 1']
  expect([...changes].toSorted()).toEqual([ONE, TWO].flatMap((id) => counts.map((before) => `${id} after ${before}`)))
})
