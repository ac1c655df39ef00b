import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/index.ts'
import type { Input, Reply } from '../../src/index.ts'
import { ana } from '../fixtures/policy.ts'
import { SmallHouse } from '../fixtures/small-house.ts'

const becauseOf = (reply: Reply): string => ('refusal' in reply ? reply.reason.because : '')

const asked = async (verb: string, input: Input): Promise<string> =>
  becauseOf(await new SmallHouse().opens().asks(ana, verb, input))

describe('what is wrong with what was given', () => {
  it.each([
    ['reply', { text: 'x'.repeat(120_000) }, 'The text has 120,000 characters; the limit is 20,000.'],
    [
      'advisory',
      { component: 'loader', impact: 'x'.repeat(2001) },
      '“Impact, in one sentence” has 2,001 characters; the limit is 2,000.',
    ],
    ['cve', { what: 'publish', link: 'ftp://a' }, 'Link to the request or the record: a link looks like https://….'],
    ['confirm', { fixed: 'yes', patches: 'zz' }, 'The data of this button cannot be read. Type the command instead.'],
    ['credit', { credit: 'named', report: 'two' }, 'Report, when there are several: a report looks like r2.'],
  ])('is said in plain words: %s', async (verb, input, words) => {
    expect(await asked(verb, input)).toBe(words)
  })

  it('is never said in the words of the validator, whatever is typed in any option of any command', async () => {
    const house = new SmallHouse().opens()
    const values = ['!! ??', 'x'.repeat(120_000), '-1', `https://${'x'.repeat(3000)}`]
    const notices: string[] = []
    for (const { verb, options } of COMMANDS) {
      const needed = options.filter(({ required }) => required)
      const base = Object.fromEntries(needed.map(({ name, choices }) => [name, choices?.[0]?.value ?? 'x']))
      for (const value of values) {
        for (const { name } of options) notices.push(becauseOf(await house.asks(ana, verb, { ...base, [name]: value })))
        notices.push(becauseOf(await house.asks(ana, verb, value)))
      }
    }
    expect(notices.filter((said) => said.includes('the limit is')).length).toBeGreaterThan(40)
    expect(
      notices.filter((said) => /\b(?:Invalid|Too (?:big|small)|expected|undefined|string|pattern|NaN)\b/.test(said)),
    ).toEqual([])
  })
})
