import { expect } from 'vitest'
import { addresseeKey, contextOf, isCaseStream } from '../../src/index.ts'
import type { Actor, Decision, Event, PersonId, PersonRequest, PersonVerb, Refusal } from '../../src/index.ts'
import { brokenInvariants } from '../../src/views/invariants.ts'
import { gatesOf } from '../../src/commands/index.ts'
import type { Gate } from '../../src/gates/gate.ts'
import { ask } from '../../src/gates/waivers/ask.ts'
import { ana, person } from '../fixtures/scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'
import type { Line, Outcome, RefusalRow, Row, RefusalReason } from './row.ts'

type RefusalDetails = Pick<Refusal, 'gate' | 'because' | 'facts'>

export const refusalDetails = ({ gate, because, facts }: Refusal): RefusalDetails => ({ gate, because, facts })

/** The refusal that a row expects. */
export const expectedRefusal = (why: RefusalReason): RefusalDetails =>
  'because' in why
    ? { gate: why.gate ?? 'makes-sense', because: why.because, facts: expect.anything() }
    : { gate: why.gate, because: expect.any(String), facts: why.facts ?? {} }

/** The result of a decision, in a form that can be compared with a row. */
export type DecisionResult =
  | { readonly is: 'refused'; readonly why: RefusalDetails }
  | { readonly is: 'done'; readonly events: readonly Event['type'][] }
  | { readonly is: 'nothing'; readonly note: string }

export function resultOf(decision: Decision): DecisionResult {
  if (!decision.ok) return { is: 'refused', why: refusalDetails(decision.refusal) }
  if ('nothingToDo' in decision) return { is: 'nothing', note: decision.note }
  return { is: 'done', events: decision.appends.flatMap((append) => append.events.map(({ type }) => type)) }
}

/** The result that the outcome in a row describes. */
export function expectedResult(outcome: Outcome): DecisionResult {
  if ('nothing' in outcome) return { is: 'nothing', note: outcome.nothing }
  if ('events' in outcome) return { is: 'done', events: outcome.events }
  return { is: 'refused', why: expectedRefusal(outcome) }
}

/** Every mail that was requested after the first `since` effects, as `letter>addressee`. */
export const mailsSince = (scenario: MultiCaseScenario, since: number): readonly string[] =>
  scenario.effects
    .slice(since)
    .flatMap((effect) => (effect.kind === 'send-mail' ? [`${effect.letter}>${addresseeKey(effect.to)}`] : []))

/** The invariants that a case of the scenario breaks. */
export const brokenInvariantsOf = (scenario: MultiCaseScenario): readonly string[] =>
  [...scenario.states.keys()].filter(isCaseStream).flatMap((id) => brokenInvariants(scenario.worldAt(id)))

type PlayedRow<R extends PersonRequest> = {
  readonly given: () => MultiCaseScenario
  readonly asks: (scenario: MultiCaseScenario) => R
  readonly by?: PersonId
}

/** Prepares the scenario of a row and runs the row's command once. */
export function playRow<R extends PersonRequest>(row: PlayedRow<R>) {
  const scenario = row.given()
  const request = row.asks(scenario)
  const before = scenario.effects.length
  const first = resultOf(scenario.ask(request, person(row.by ?? ana)))
  return { scenario, request, first, mails: mailsSince(scenario, before) }
}

/** The letters that somebody gets a second time. */
export const repeatedLetters = (before: readonly string[], after: readonly string[]): readonly string[] => [
  ...new Set(after.filter((mail) => before.includes(mail)).map((mail) => mail.split('>')[0] ?? mail)),
]

/** Prepares the scenario, the request and the actor for a line of the table. */
export function playLine<V extends PersonVerb>(row: Row<V>, line: Line<V>) {
  const scenario = (line.given ?? row.given)()
  const request = (line.asks ?? row.asks)(scenario)
  return { scenario, request, actor: person(line.by ?? row.by ?? ana) }
}

/** Pairs each line of the refusal table with the title of its test. */
export const withTitles = <V extends PersonVerb>(lines: readonly RefusalRow<V>[]) =>
  lines.map((line) => [line.when ?? ('because' in line ? line.because : line.gate), line] as const)

/** The first gate that refuses the command. Undefined if only the command's own code refuses it. */
export function refuserOf(scenario: MultiCaseScenario, request: PersonRequest, actor: Actor): Gate | undefined {
  const context = contextOf(scenario.policy, scenario.worldAt(request.case), { actor }, request, scenario.now)
  return context && gatesOf(request.verb).find((gate) => ask(gate, context) !== undefined)
}
