import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { policyJsonSchema } from './json-schema.ts'
import { policyReference, settingRows } from './reference.ts'

const DOCS = join(import.meta.dirname, '../../../../docs')
const AGAIN = 'write it again: npm run docs'

/** The longest description of a setting, in characters. The page shows it in the cell of a table. */
const LONGEST = 240

describe('the documentation of the policy file', () => {
  it('agrees with the schema', () => {
    expect(readFileSync(join(DOCS, 'policy.md'), 'utf8'), AGAIN).toBe(policyReference())
  })

  it.each(settingRows())('explains $path in short sentences', ({ says }) => {
    expect(says).toMatch(/^[^.].*\.$/u)
    expect(says.length).toBeLessThan(LONGEST)
  })

  it('comes with the present JSON Schema', () => {
    const committed: unknown = JSON.parse(readFileSync(join(DOCS, 'embargo.policy.schema.json'), 'utf8'))
    expect(committed, AGAIN).toEqual(policyJsonSchema())
  })
})
