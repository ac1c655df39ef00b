import { describe } from 'vitest'
import { testPlantedFaults } from './planted-fault.ts'
import { PLANTED_FAULTS } from './planted-faults.ts'

describe('a rule that is broken on purpose, every second one, is found', () => {
  testPlantedFaults(
    PLANTED_FAULTS.filter((_one, index) => index % 2 === 1),
    (line) => console.log(line),
  )
})
