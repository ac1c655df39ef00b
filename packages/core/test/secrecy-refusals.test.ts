import { describe, expect, it } from 'vitest'
import type { GateId, PersonId, PersonRequest } from '../src/index.ts'
import { ana, CASE, person, Scenario } from './scenario.ts'
import { after, approve, both, correct, interim, isPublic, leak, opened, prenotify, ready, shown } from './secrecy.ts'

type Row = { gate: GateId; given: () => Scenario; request: PersonRequest; by?: PersonId; says: string }

const closed = () => {
  const scenario = opened()
  scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
  return scenario
}

const ROWS: readonly Row[] = [
  { gate: 'case-open', given: closed, request: isPublic, says: 'is closed' },
  { gate: 'makes-sense', given: opened, request: { verb: 'signal-attack', case: CASE }, says: 'Nothing was shown' },
  { gate: 'signal-counts', given: opened, request: correct('public'), says: 'No signal of that kind' },
  {
    gate: 'makes-sense',
    given: opened,
    request: { verb: 'leak-outlive', case: CASE, reason: 'fine' },
    says: 'No leak waits',
  },
  { gate: 'secrecy-over', given: ready, request: interim, says: 'Nothing is public' },
  { gate: 'secrecy-over', given: () => after(ready(), leak()), request: interim, says: 'no leak ended the embargo' },
  { gate: 'validity-decided', given: () => after(opened(), isPublic), request: interim, says: 'Nobody has decided' },
  {
    gate: 'texts-complete',
    given: () => after(new Scenario().untilPatch(), isPublic),
    request: interim,
    says: 'no component and impact',
  },
  {
    gate: 'publication-not-begun',
    given: () => {
      const scenario = after(ready(), isPublic)
      both(scenario, { verb: 'disclose', case: CASE, shown })
      return scenario
    },
    request: interim,
    says: 'has begun',
  },
  {
    gate: 'validity-decided',
    given: opened,
    request: { verb: 'deployed', case: CASE, branch: 'main' },
    says: 'Nobody has decided',
  },
  {
    gate: 'fix-ready',
    given: () => new Scenario().untilPatch(),
    request: { verb: 'deployed', case: CASE, branch: 'main' },
    says: 'has no verification',
  },
  {
    gate: 'makes-sense',
    given: ready,
    request: { verb: 'deployed', case: CASE, branch: '4.2' },
    says: 'has no fix in this case',
  },
  { gate: 'nothing-public', given: () => after(ready(), isPublic), request: prenotify, says: 'is public already' },
  {
    gate: 'second-person',
    given: () => {
      const scenario = opened()
      scenario.does(isPublic, person(ana))
      return scenario
    },
    request: approve,
    says: 'takes a second person',
  },
]

describe('what refuses a word about the world', () => {
  it.each(ROWS)('$gate: $request.verb, because $says', ({ gate, given, request, by = ana, says }) => {
    const refusal = given().refused(request, person(by))
    expect([refusal.gate, refusal.because]).toEqual([gate, expect.stringContaining(says)])
    expect(refusal.liftedBy.length).toBeGreaterThan(0)
  })
})
