import { instant } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { Frontier } from '../src/frontier.ts'
import { initialState } from '../src/state.ts'

describe('the states still to be explored', () => {
  it('come from the group with the fewest explored states, or the newest such group, and in order within it', () => {
    const frontier = new Frontier()
    const groups = ['new', 'new', 'new', 'assessed', 'assessed', 'fixed']
    for (const [index, group] of groups.entries()) {
      frontier.add(group, { current: initialState(instant(0)), index, key: `${index}` })
    }
    const order = groups.map(() => frontier.next()?.index)
    expect(order).toEqual([5, 3, 0, 4, 1, 2])
    expect([frontier.next(), frontier.size]).toEqual([undefined, 0])
  })
})
