import { describe, expect, it } from 'vitest'
import { ROWS_OF_LONG_FORMS } from './rows.ts'
import { deadWaysOf } from './ways.ts'

describe('each way out that a refusal of a command with a long form offers', () => {
  it.each(ROWS_OF_LONG_FORMS)('works: %s', async (_title, given) => {
    expect(await deadWaysOf(given())).toEqual([])
  })
})
