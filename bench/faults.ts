import { CELLS, playAll } from '../tests/faults/matrix.ts'
import type { Outcome } from '../tests/faults/matrix.ts'
import type { Bench, Figure } from './figure.ts'

/** Every fault for every effect on both chat platforms, against the real program: what people lack, and what they see twice. */
export const faultsBench: Bench = {
  name: 'faults',
  async measure() {
    const outcomes = await playAll(CELLS)
    return [
      countOf(outcomes, 'lost', ({ lost }) => lost.length),
      countOf(outcomes, 'doubled', ({ doubled }) => doubled.length),
      countOf(outcomes, 'where the fault was never met', ({ met }) => (met ? 0 : 1)),
    ]
  },
}

function countOf(outcomes: readonly Outcome[], what: string, of: (outcome: Outcome) => number): Figure {
  const value = outcomes.reduce((sum, outcome) => sum + of(outcome), 0)
  return {
    work: `every fault × every effect × both platforms, ${outcomes.length} plays: ${what}`,
    value,
    unit: 'in all',
    runs: 1,
    target: '0',
    met: value === 0,
  }
}
