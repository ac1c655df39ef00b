import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ECOSYSTEM_NAMES } from './ecosystems.ts'
import { OSV_PREFIXES } from './osv-prefixes.ts'

// OSV's own schema, which is stored outside the repository.
const SCHEMA = new URL('../../../../../shared/data/osv/schema-1.7.json', import.meta.url)

type Schema = { $defs: { ecosystemName: { enum: string[] }; prefix: { pattern: string } } }

function readSchema(): Schema | undefined {
  if (existsSync(SCHEMA)) return JSON.parse(readFileSync(SCHEMA, 'utf8'))
  console.warn('NOT COMPARED: the schema of OSV is not beside this repository')
  return undefined
}

describe('the table of ecosystems', () => {
  it('has those of OSV', () => {
    const names = readSchema()?.$defs.ecosystemName.enum ?? ECOSYSTEM_NAMES
    expect(ECOSYSTEM_NAMES.toSorted()).toEqual(names.toSorted())
  })
})

describe('the table of prefixes', () => {
  it('has only those that OSV has registered, without CVE and GHSA', () => {
    const pattern = new RegExp(readSchema()?.$defs.prefix.pattern ?? '', 'u')
    expect(OSV_PREFIXES.filter((prefix) => !pattern.test(`${prefix}-2026-0001`))).toEqual([])
    expect(OSV_PREFIXES).not.toContain('CVE')
    expect(OSV_PREFIXES).not.toContain('GHSA')
  })
})
