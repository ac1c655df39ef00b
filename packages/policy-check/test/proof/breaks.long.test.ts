import { describe, expect, it } from 'vitest'
import { testPlantedFaults } from './planted-fault.ts'
import { PLANTED_FAULTS } from './planted-faults.ts'

describe('a rule that is broken on purpose is found', () => {
  it('in at least twenty ways', () => {
    expect(PLANTED_FAULTS.length).toBeGreaterThanOrEqual(20)
  })

  testPlantedFaults(
    PLANTED_FAULTS.filter((_one, index) => index % 2 === 0),
    (line) => console.log(line),
  )
})
