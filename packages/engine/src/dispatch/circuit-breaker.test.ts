import { EffectId } from '@embargo/core'
import { MINUTE } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { CircuitBreaker } from './circuit-breaker.ts'

const effect = (name: string, capability: 'slack' | 'mail' = 'slack') => ({ id: EffectId.parse(name), capability })
const [a, b, c] = [effect('a'), effect('b'), effect('c')]

function opened() {
  const breaker = new CircuitBreaker(() => 1)
  const at = { ms: 0 }
  const fail = (which: typeof a, retryAfterMs?: number) => breaker.failed(which, { nowMs: at.ms, retryAfterMs })
  const room = (capability: 'slack' | 'mail' = 'slack') => breaker.room(capability, { nowMs: at.ms, room: 8 })
  return { breaker, at, fail, room }
}

describe('the circuit breaker', () => {
  it('lets one effect try at a time while the service is unreachable, and all of them once it answers', () => {
    const { breaker, at, fail, room } = opened()
    expect(room()).toBe(8)
    expect(fail(a)).toEqual({ counts: false, untilMs: 500 })
    expect([room(), room('mail')]).toEqual([0, 8])
    at.ms = 500
    expect(room()).toBe(1)
    breaker.claimed(b)
    expect(room()).toBe(0)
    breaker.worked(b)
    expect(room()).toBe(8)
  })

  it('tries less and less often, but at least once a minute', () => {
    const { breaker, at, fail } = opened()
    const pauses: number[] = []
    for (let probe = 0; probe < 10; probe += 1) {
      const found = fail(a)
      if (found.counts) throw new Error('no other effect worked')
      pauses.push(found.untilMs - at.ms)
      at.ms = found.untilMs
      breaker.claimed(a)
    }
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, MINUTE, MINUTE, MINUTE])
  })

  it('waits as long as the service asks', () => {
    const { fail } = opened()
    expect(fail(a, 30_000)).toEqual({ counts: false, untilMs: 30_000 })
  })

  it('does not take an effect for the probe if it was already running when the circuit opened', () => {
    const { fail } = opened()
    expect([fail(a), fail(b), fail(c)]).toEqual(Array(3).fill({ counts: false, untilMs: 500 }))
  })

  it('lets another effect try if the probe ended without an answer from the service', () => {
    const { breaker, at, fail, room } = opened()
    fail(a)
    at.ms = 500
    breaker.claimed(b)
    breaker.ended(b)
    expect(room()).toBe(1)
  })

  it('counts the tries of an effect that fails while others work, and stays closed', () => {
    const { breaker, at, fail, room } = opened()
    fail(a)
    at.ms = 500
    breaker.claimed(b)
    breaker.worked(b)
    expect(fail(a)).toEqual({ counts: true })
    expect(room()).toBe(8)
    // Since the last failure the service has answered no effect, so this time the service may be at fault.
    expect(fail(a)).toMatchObject({ counts: false })
  })
})
