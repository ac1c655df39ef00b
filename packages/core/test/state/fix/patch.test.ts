import { describe, expect, it } from 'vitest'
import { FIX_TRANSITIONS } from '../../../src/index.ts'
import type { Event, PersonRequest, RecordedEvent } from '../../../src/index.ts'
import { ana, ben, BLOB, CASE, HASH, OTHER_HASH, person } from '../../fixtures/scenario.ts'
import { MultiCaseScenario } from '../../fixtures/multi-case-scenario.ts'

const patch = (sha256: typeof HASH): PersonRequest => ({
  verb: 'patch',
  case: CASE,
  sha256,
  blob: BLOB,
  fileName: 'fix.patch',
})
const looked = (fixed: boolean): PersonRequest => ({
  verb: 'confirm',
  case: CASE,
  branch: '4.2',
  fixed,
  note: 'looked',
})

const MOVES: Partial<Record<Event['type'], string>> = {
  PatchSubmitted: 'submit',
  FixVerified: 'verify',
  ChangesRequested: 'request-changes',
}

/**
 * Each transition of the patch for 4.2, with the states before and after it. The team verifies the patch, because no
 * reporter can be asked.
 */
function movesOf(...requests: readonly (readonly [PersonRequest, typeof ana])[]): readonly string[] {
  const scenario = new MultiCaseScenario().assign(CASE, '4.2')
  const { reports } = scenario.caseState(CASE)
  scenario.states.set(CASE, {
    ...scenario.caseState(CASE),
    reports: reports.map((one) => ({ ...one, answerable: false })),
  })
  return requests.flatMap(([request, by]) => {
    const from = fixOf(scenario)
    const since = scenario.log.length
    scenario.wait(60_000).does(request, person(by))
    return scenario.log
      .slice(since)
      .flatMap(({ event }: RecordedEvent) => (MOVES[event.type] === undefined ? [] : [MOVES[event.type] ?? '']))
      .map((move) => `${from} ${move} ${fixOf(scenario)}`)
  })
}

const fixOf = (scenario: MultiCaseScenario) => scenario.caseState(CASE).branches[0]?.fix?.is ?? 'none'

describe('the patch of a branch', () => {
  it('moves as its table says, and makes every move that the table has', () => {
    const made = [
      movesOf(
        [patch(HASH), ben],
        [patch(OTHER_HASH), ben],
        [looked(false), ana],
        [patch(HASH), ben],
        [looked(true), ana],
        [patch(OTHER_HASH), ben],
      ),
      movesOf([patch(HASH), ben], [looked(true), ana], [looked(false), ana]),
    ].flat()

    const table = Object.entries(FIX_TRANSITIONS).flatMap(([from, moves]) =>
      Object.entries(moves).map(([move, to]) => `${from} ${move} ${to}`),
    )
    expect([...new Set(made)].toSorted()).toEqual(table.toSorted())
  })
})
