import { describe, expect, it } from 'vitest'
import { Deliveries } from './deliveries.ts'

describe('deliveries', () => {
  it('handles each delivery once', async () => {
    const deliveries = new Deliveries()
    let count = 0
    const work = async (): Promise<void> => void (count += 1)
    await Promise.all([deliveries.once('a', work), deliveries.once('a', work), deliveries.once('b', work)])
    expect(count).toBe(2)
  })

  it('handles a delivery again if it failed', async () => {
    const deliveries = new Deliveries()
    let count = 0
    const work = async (): Promise<void> => {
      count += 1
      if (count === 1) throw new Error('broken')
    }
    await expect(deliveries.once('a', work)).rejects.toThrow('broken')
    await deliveries.once('a', work)
    expect(count).toBe(2)
  })

  it('knows whether a delivery is still being handled', async () => {
    const deliveries = new Deliveries()
    const release = Promise.withResolvers<void>()
    const order: string[] = []
    const working = deliveries.once('a', () => release.promise).then(() => order.push('worked'))
    const idle = deliveries.idle().then(() => order.push('idle'))
    release.resolve()
    await Promise.all([working, idle])
    await deliveries.idle()
    expect(order).toContain('idle')
  })
})
