import { describe, expect, it } from 'vitest'
import { FairQueue } from './fair-queue.ts'

describe('fair queue', () => {
  it('during a burst of one kind, delays another kind by only one job', () => {
    const queue = new FairQueue<string>()
    for (let index = 0; index < 5; index++) queue.add('commit', `commit ${index}`)
    queue.add('outbox', 'claim')
    queue.add('spool', 'mail')
    expect(queue.size).toBe(7)
    expect(queue.take(4)).toEqual(['commit 0', 'claim', 'mail', 'commit 1'])
    expect(queue.take(10)).toEqual(['commit 2', 'commit 3', 'commit 4'])
    expect(queue.take(1)).toEqual([])
  })

  it('begins with a different kind from the last one', () => {
    const queue = new FairQueue<string>()
    for (const job of ['c1', 'c2']) queue.add('commit', job)
    for (const job of ['o1', 'o2']) queue.add('outbox', job)
    expect([queue.take(1), queue.take(1), queue.take(1), queue.take(1)].flat()).toEqual(['c1', 'o1', 'c2', 'o2'])
  })
})
