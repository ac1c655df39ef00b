import { describe, expect, it } from 'vitest'
import { areFound } from './break-it.ts'
import { BREAKS } from './breaks.ts'

describe('a rule that is broken on purpose is found', () => {
  it('in at least twenty ways', () => {
    expect(BREAKS.length).toBeGreaterThanOrEqual(20)
  })

  areFound(
    BREAKS.filter((_one, index) => index % 2 === 0),
    (line) => console.log(line),
  )
})
