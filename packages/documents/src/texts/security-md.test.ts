import { describe, expect, it } from 'vitest'
import { securityMd } from './security-md.ts'
import type { SecurityMdFields } from './security-md.ts'

const fields: SecurityMdFields = {
  project: 'Quillmark',
  address: 'security@quillmark.example',
  key: { fingerprint: '4F2CA1B2'.repeat(5), url: 'https://quillmark.example/key.asc' },
  answer: '24 hours',
  decision: '10 working days',
  nextWord: '14 days',
  embargo: '90 days',
  branches: [
    { name: 'main', supported: true },
    { name: '3.8', supported: false },
  ],
  announce: 'announce@quillmark.example',
}

describe('SECURITY.md', () => {
  it('says where to report, with which key, what to expect, and which versions get fixes', () => {
    expect(securityMd(fields)).toMatchInlineSnapshot(`
      "# Security of Quillmark

      ## Reporting a vulnerability

      Write to <security@quillmark.example>. Please do not open a public issue or pull request for it.

      To encrypt your report, use our OpenPGP key \`4F2C A1B2 4F2C A1B2 4F2C A1B2 4F2C A1B2 4F2C A1B2\`: <https://quillmark.example/key.asc>.

      What helps: the version, what an attacker needs, what they get, and the shortest way to show it. If you used AI to find it, say so, and say whether a person has checked the result. Either is fine.

      ## What happens then

      - You get a number for your report at once, and a person answers within 24 hours.
      - We decide within 10 working days after that whether it is a vulnerability, and tell you why.
      - You hear from us at least every 14 days.
      - Please keep it between us until the fix is public, at the latest 90 days after your report, unless we agree on another date.
      - We ask you whether the fix works, and show you what we will publish.
      - You are credited as you wish: by name, by pseudonym, or not at all. We do not promise payment.
      - Fixes are announced on <announce@quillmark.example>.

      ## Supported versions

      | Branch | Gets security fixes |
      |---|---|
      | main | yes |
      | 3.8 | no |
      "
    `)
  })

  it('says nothing of a key or a list that the project does not have', () => {
    const text = securityMd({ ...fields, key: undefined, announce: undefined })
    expect(text).not.toMatch(/encrypt|announced|undefined/iu)
  })
})
