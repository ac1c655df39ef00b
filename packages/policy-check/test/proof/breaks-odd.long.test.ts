import { describe } from 'vitest'
import { areFound } from './planted-fault.ts'
import { BREAKS } from './planted-faults.ts'

describe('a rule that is broken on purpose, every second one, is found', () => {
  areFound(
    BREAKS.filter((_one, index) => index % 2 === 1),
    (line) => console.log(line),
  )
})
