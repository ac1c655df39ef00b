import { instant, later } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createMovedClock } from './moved-clock.ts'

const START = instant(Date.UTC(2026, 5, 2, 9))
const running = (): AbortSignal => new AbortController().signal

describe('a clock that is moved', () => {
  it('stands still, and shows the time it was moved to', () => {
    const clock = createMovedClock(START)
    expect(clock.now()).toBe(START)
    clock.moveTo(later(START, 1000))
    expect(clock.now()).toBe(later(START, 1000))
  })

  it('lets nobody wait for a time in the past', async () => {
    const clock = createMovedClock(START)
    await clock.wait(START, running())
    expect(clock.waiting).toBe(0)
  })

  it('wakes everyone who waits at every jump, whether their time has come or not', async () => {
    const clock = createMovedClock(START)
    const waits = [
      clock.wait(later(START, 10), running()),
      clock.wait(later(START, 99), running()),
      clock.wait(undefined, running()),
    ]
    expect(clock.waiting).toBe(3)
    clock.moveTo(later(START, 10))
    await Promise.all(waits)
    expect(clock.waiting).toBe(0)
  })

  it('wakes anyone who was told to stop at once', async () => {
    const clock = createMovedClock(START)
    const stop = new AbortController()
    const wait = clock.wait(undefined, stop.signal)
    stop.abort()
    await wait
    await clock.wait(undefined, stop.signal)
    expect(clock.waiting).toBe(0)
  })
})
