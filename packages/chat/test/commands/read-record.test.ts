import { describe, expect, it } from 'vitest'
import { ana, cem } from '../fixtures/policy.ts'
import { cardOf, CASE, SmallHouse } from '../fixtures/small-house.ts'

const THERE = { platform: 'terminal', case: CASE } as const

describe('read record', () => {
  it('shows the record as a draft, and as a document for a file', async () => {
    const reply = await new SmallHouse().opens().asks(ana, 'read', 'record osv', THERE)
    expect(cardOf(reply).title).toBe(`${CASE} · record as osv · draft, not published`)
    expect(reply).toMatchObject({ facts: { is: 'document', format: 'osv', draft: true, text: `${CASE} as osv\n` } })
  })

  it('shows a public text about the release', async () => {
    const reply = await new SmallHouse().opens().asks(ana, 'read', 'record release-notes', THERE)
    expect(reply).toMatchObject({ facts: { format: 'release-notes', draft: true, text: `${CASE} as release-notes\n` } })
  })

  it('lists what each format lacks', async () => {
    expect(cardOf(await new SmallHouse().opens().asks(ana, 'read', 'record', THERE)).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · record
      csaf: lacks the impact and a severity
      csaf-vex: lacks the impact and a severity
      osv: complete
      openvex: lacks the impact and a severity
      cve: lacks the impact and a severity
      ghsa: lacks the impact and a severity
      markdown: complete
      announcement: complete
      oss-security: complete
      blog-post: complete
      release-notes: complete"
    `)
  })

  it('refuses a format that lacks something', async () => {
    const reply = await new SmallHouse().opens().asks(ana, 'read', 'record cve', THERE)
    expect(reply).toMatchObject({ reason: { because: 'The record lacks the impact and a severity.' } })
  })

  it('shows nothing to somebody who is not on the case', async () => {
    const reply = await new SmallHouse().opens().asks(cem, 'read', 'record osv', THERE)
    expect(JSON.stringify(reply)).not.toContain('as osv')
    expect(reply).toMatchObject({ reason: { gate: expect.any(String) } })
  })
})
