import type { GateId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { buildCard } from '../cards/card.ts'
import { hasMovedOn } from './moved-on.ts'

const refusedBy = (gate: GateId) => ({
  refusal: buildCard({ kind: 'refusal', title: 'Not now', lines: [], notification: '' }),
  reason: { gate, because: 'It is so.', facts: {}, liftedBy: [] },
})

describe('an old button that is refused', () => {
  it.each<readonly [GateId, boolean]>([
    ['case-open', true],
    ['embargo-active', true],
    // The embargo is still in force: nothing has changed since the card was drawn.
    ['embargo-exited', false],
    ['second-person', false],
  ])('by %s says that the case moved on: %s', (gate, moved) => {
    expect(hasMovedOn(refusedBy(gate))).toBe(moved)
  })
})
