import { describe } from 'vitest'
import { areFound } from './break-it.ts'
import { BREAKS } from './breaks.ts'

describe('a rule that is broken on purpose, every second one, is found', () => {
  areFound(
    BREAKS.filter((_one, index) => index % 2 === 1),
    (line) => console.log(line),
  )
})
