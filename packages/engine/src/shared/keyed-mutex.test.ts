import { describe, expect, it } from 'vitest'
import { createKeyedMutex } from './keyed-mutex.ts'

describe('turns', () => {
  it('run jobs with the same key one after the other, and do not delay others', async () => {
    const turns = createKeyedMutex()
    const order: string[] = []
    let free: () => void = () => undefined
    const held = turns('a', async () => {
      order.push('a1 begins')
      await new Promise<void>((resolve) => (free = resolve))
      order.push('a1 ends')
    })
    const next = turns('a', async () => order.push('a2'))
    await turns('b', async () => order.push('b1'))
    free()
    await Promise.all([held, next])
    expect(order).toEqual(['a1 begins', 'b1', 'a1 ends', 'a2'])
  })

  it('continue after a job that failed', async () => {
    const turns = createKeyedMutex()
    const failing = turns('a', async () => {
      throw new Error('the database is away')
    })
    const next = turns('a', async () => 'done')
    await expect(failing).rejects.toThrow('away')
    await expect(next).resolves.toBe('done')
  })
})
