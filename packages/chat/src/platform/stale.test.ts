import type { GateId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { buildCard } from '../cards/card.ts'
import { isStaleForm, isStale } from './stale.ts'

const refusedBy = (gate: GateId) => ({
  refusal: buildCard({ kind: 'refusal', title: 'Not now', lines: [], notification: '' }),
  reason: { gate, because: 'It is so.', facts: {}, liftedBy: [] },
})

describe('an old button that is refused', () => {
  it.each<readonly [GateId, boolean]>([
    ['case-open', true],
    ['embargo-active', true],
    // This gate refuses while the embargo is in force, so the case has not moved on.
    ['embargo-exited', false],
    ['second-person', false],
  ])('by %s says that the case moved on: %s', (gate, moved) => {
    expect(isStale(refusedBy(gate))).toBe(moved)
  })
})

describe('a form that is refused', () => {
  it('by the state of the case says that it moved on', () => {
    expect(isStaleForm(refusedBy('case-open'))).toBe(true)
    expect(isStaleForm(refusedBy('makes-sense'))).toBe(true)
  })

  it('because of a typing mistake says nothing of the case', () => {
    const { refusal, reason } = refusedBy('makes-sense')
    expect(isStaleForm({ refusal, reason: { ...reason, facts: { verb: 'triage' } } })).toBe(false)
  })
})
