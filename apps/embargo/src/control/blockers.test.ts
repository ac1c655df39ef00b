import { EffectId } from '@embargo/core'
import { expect, it } from 'vitest'
import { blockersOf } from './blockers.ts'

const row = (id: string, lane: string, state: 'pending' | 'leased' | 'parked' | 'done') => ({
  effect: { id: EffectId.parse(id), lane },
  state,
})

it('names the effect that blocks another, which is never one that waits for a person', () => {
  const rows = [
    row('e-1', 'a', 'parked'),
    row('e-2', 'a', 'done'),
    row('e-3', 'a', 'leased'),
    row('e-4', 'a', 'pending'),
    row('e-5', 'b', 'pending'),
    row('e-6', 'a', 'pending'),
  ]
  expect([...blockersOf(rows)]).toEqual([
    ['e-4', 'e-3'],
    ['e-6', 'e-3'],
  ])
})
