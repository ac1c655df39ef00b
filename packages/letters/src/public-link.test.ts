import { expect, it } from 'vitest'
import { base, wideLines } from '../test/sample-base.ts'
import { publicLink } from './public-link.ts'

it('tells the reporter where the advisory is', () => {
  const mail = publicLink.words({ ...base, what: 'advisory', link: 'https://quillmark.example/security/1' })
  expect(mail.subject).toBe('[SEC-2026-0042] The advisory is public')
  expect(mail.text).toMatchInlineSnapshot(`
    "Hello,

    The advisory about what you reported is public:
    - https://quillmark.example/security/1

    If a name, a version or anything else in it is wrong, reply and we
    correct it.

    -- 
    Ana, for the Quillmark security team
    security@quillmark.example
    "
  `)
  expect(wideLines(mail)).toEqual([])
})

it('tells the reporter where the CVE record is', () => {
  const link = 'https://cna.example/CVE-1900-0042'
  const mail = publicLink.words({ ...base, what: 'cve-record', cve: 'CVE-1900-0042', link })
  expect(mail.subject).toBe('[SEC-2026-0042] The CVE record is public')
  expect(mail.text).toContain('The record of CVE-1900-0042, about what you reported, is public:')
})
