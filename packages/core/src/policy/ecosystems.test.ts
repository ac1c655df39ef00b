import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ECOSYSTEM_NAMES } from './ecosystems.ts'

// OSV's own schema, which is stored outside the repository.
const SCHEMA = new URL('../../../../../shared/data/osv/schema-1.7.json', import.meta.url)

describe('the table of ecosystems', () => {
  it('has those of OSV', () => {
    if (!existsSync(SCHEMA)) {
      console.warn('NOT COMPARED: the schema of OSV is not beside this repository')
      expect(ECOSYSTEM_NAMES.length).toBeGreaterThan(40)
      return
    }
    const { $defs } = JSON.parse(readFileSync(SCHEMA, 'utf8')) as { $defs: { ecosystemName: { enum: string[] } } }
    expect(ECOSYSTEM_NAMES.toSorted()).toEqual($defs.ecosystemName.enum.toSorted())
  })
})
