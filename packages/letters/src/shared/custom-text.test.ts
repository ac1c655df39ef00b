import { describe, expect, it } from 'vitest'
import { withCustomText } from './custom-text.ts'
import { receipt } from '../receipt.ts'

const BASE = {
  caseNumber: 'SEC-2026-0042',
  project: 'Lantern',
  from: { kind: 'team' as const, address: 'security@lantern.example' },
  now: Date.UTC(2026, 5, 1),
}

describe('a letter in the project’s own words', () => {
  const written = receipt.words({
    ...BASE,
    answerBy: Date.UTC(2026, 5, 2),
    embargo: 'none',
    escalation: 'x@lantern.example',
  })
  const own = withCustomText(written, BASE, `Dear reporter,\n\n${'thank you '.repeat(12)}\n\n`)

  it('keeps the subject and the signature, and still counts as written by a program', () => {
    expect(own).toMatchObject({ subject: written.subject, automatic: true, attachments: [] })
    expect(own.text).toMatch(/\n-- \nThe Lantern security team\nsecurity@lantern\.example\n$/)
    expect(own.text).not.toContain('no promise of money')
  })

  it('has lines of at most 72 columns', () => {
    expect(Math.max(...own.text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(72)
    expect(own.text.startsWith('Dear reporter,\n\nthank you')).toBe(true)
  })
})
