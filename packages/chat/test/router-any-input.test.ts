import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_NUMBER } from '@embargo/core'
import { COMMANDS } from '../src/index.ts'
import { ana } from './fixtures/policy.ts'
import { CASE, SmallHouse } from './fixtures/small-house.ts'

const VERBS = COMMANDS.map((command) => command.verb)
const WORDS = [
  'valid',
  'high',
  'no',
  'main',
  'last',
  'r1',
  '1',
  '--report',
  '--name=x',
  '"',
  '“a b”',
  'CWE-79',
  'SEC-2026-0042',
  '2026-06-09',
  '—x',
  '<@U0ANA>',
]
const typed = fc
  .array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 8 })
  .map((words) => words.join(' '))
const named = fc.dictionary(
  fc.constantFrom(
    ...new Set(COMMANDS.flatMap((command) => command.options.map((option) => option.name))),
    'case',
    'other',
  ),
  fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 40 })),
)

describe('whatever is typed', () => {
  it('gets an answer, and affects no other case', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...VERBS), fc.oneof(typed, named), async (verb, input) => {
        const house = new SmallHouse().opens()
        const reply = await house.asks(ana, verb, input)
        expect('form' in reply || 'refusal' in reply || reply.card.fallback.length > 0).toBe(true)
        // A command that opens a case has no case number yet.
        const own = verb === 'open' ? NO_NUMBER : CASE
        for (const { request } of house.asked) expect('case' in request ? request.case : own).toBe(own)
      }),
      { numRuns: 300 },
    )
  })
})
