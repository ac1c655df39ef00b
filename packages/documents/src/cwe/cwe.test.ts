import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cweNumber, owaspCategory, WEAKNESSES, weakness } from './cwe.ts'
import { OWASP_TITLES } from './owasp.ts'
import { TABLE } from './table.ts'

type Reference = Record<'2021' | '2025', Record<string, { title: string; cwes: number[] }>>

// OWASP's own table of weaknesses and their categories. It is stored outside the repository.
const REFERENCE = new URL('../../../../../shared/data/cwe/cwe-to-top10-2021-2025.json', import.meta.url)

describe('the table of weaknesses', () => {
  it('has each number once, in order', () => {
    const ids = TABLE.map(([id]) => id)
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b))
    expect(ids.length).toBeGreaterThan(60)
    expect(WEAKNESSES).toHaveLength(ids.length)
  })

  it('has plain words that fit into a subject line', () => {
    expect(WEAKNESSES.filter(({ kind }) => kind === '' || kind.length > 40)).toEqual([])
  })

  it('agrees with the OWASP Top 10 of both years', () => {
    if (!existsSync(REFERENCE)) {
      console.warn('NOT COMPARED: the OWASP reference data is not beside this repository')
      expect(existsSync(REFERENCE)).toBe(false)
      return
    }
    const reference: Reference = JSON.parse(readFileSync(REFERENCE, 'utf8'))
    for (const edition of ['2021', '2025'] as const) {
      const theirs = (id: number) =>
        Object.entries(reference[edition]).find(([, { cwes }]) => cwes.includes(id))?.[0] ?? 'none'
      const wrong = WEAKNESSES.filter(({ id, owasp }) => {
        const ours = owasp[edition] === 'none' ? 'none' : `${owasp[edition]}:${edition}`
        return ours !== theirs(id)
      })
      expect(wrong).toEqual([])
      const titles = Object.entries(reference[edition]).map(([key, { title }]) => [key.slice(0, 3), title])
      expect(OWASP_TITLES[edition]).toEqual(Object.fromEntries(titles))
    }
  })
})

describe('weakness', () => {
  it('is found if it is common, and undefined otherwise', () => {
    expect(weakness(22)?.kind).toBe('path traversal')
    expect(weakness(99_999)).toBeUndefined()
  })
})

describe('owaspCategory', () => {
  it.each([
    [918, '2021', 'A10:2021 Server-Side Request Forgery (SSRF)'],
    [918, '2025', 'A01:2025 Broken Access Control'],
    [787, '2025', undefined],
    [99_999, '2025', undefined],
  ] as const)('of CWE-%d in %s is %s', (id, edition, category) => {
    expect(owaspCategory(id, edition)).toBe(category)
  })
})

describe('cweNumber', () => {
  it.each([
    ['CWE-79', 79],
    ['cwe-1333', 1333],
    ['79', 79],
    ['CWE-079', undefined],
    ['CWE-79 and more', undefined],
    ['XSS', undefined],
    ['', undefined],
  ])('reads %j as %s', (text, number) => {
    expect(cweNumber(text)).toBe(number)
  })
})
