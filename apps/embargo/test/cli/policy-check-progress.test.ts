import { describe, expect, it } from 'vitest'
import { instant } from '@embargo/core'
import { ProgressLine } from '../../src/cli/policy-check-progress.ts'

const task = (atMost?: number) => ({
  project: 'quillmark',
  reporter: 'reachable' as const,
  start: instant(0),
  ...(atMost === undefined ? {} : { atMost }),
})

describe('the progress of a policy check', () => {
  it('is shown against the number of states that will be explored', () => {
    const lines: string[] = []
    const [one, other] = [task(1500), task(1500)]
    const line = new ProgressLine([one, other], (text) => lines.push(text))
    line.update(one, { explored: 100, waiting: 40 })
    line.update(other, { explored: 50, waiting: 40 })
    line.clear()
    expect(lines).toEqual([
      'Exploring how cases can go: 100 of 3000 states',
      'Exploring how cases can go: 150 of 3000 states',
      '',
    ])
  })

  it('is estimated from the waiting states if everything is explored', () => {
    const lines: string[] = []
    const times = [0, 60_000]
    const [one, other] = [task(), task()]
    const line = new ProgressLine(
      [one, other],
      (text) => lines.push(text),
      () => times.shift() ?? 0,
    )
    // 100 states took a minute. 200 more wait, and the other exploration is assumed to have 300 too, so 500 remain.
    line.update(one, { explored: 100, waiting: 200 })
    expect(lines).toEqual(['Exploring how cases can go: 100 states, at least 5 minutes to go'])
  })
})
