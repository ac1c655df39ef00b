import { describe, expect, it } from 'vitest'
import { areFound } from './planted-fault.ts'
import { BREAKS } from './planted-faults.ts'

describe('a rule that is broken on purpose is found', () => {
  it('in at least twenty ways', () => {
    expect(BREAKS.length).toBeGreaterThanOrEqual(20)
  })

  areFound(
    BREAKS.filter((_one, index) => index % 2 === 0),
    (line) => console.log(line),
  )
})
