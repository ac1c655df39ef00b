import type { CorrectionFields as PublicFields } from '@embargo/documents'
import { expect, it } from 'vitest'
import { base, wideLines } from '../test/sample-base.ts'
import { correction } from './correction.ts'

const CORRECTION: PublicFields = {
  project: 'Quillmark',
  record: {
    caseNumber: 'SEC-2026-0042',
    cve: 'CVE-1900-0042',
    component: 'the template loader',
    impact: 'An attacker may read files.',
    severity: 'high',
    cvss: {},
    affected: [],
    references: [{ kind: 'advisory', url: 'https://quillmark.example/security/42' }],
  },
  parts: ['credit'],
  reason: 'The reporter is named otherwise.',
  revision: 3,
  contact: 'security@quillmark.example',
}

it('shows the reporter how they are named now, and asks whether that is right', () => {
  const mail = correction.words({ ...base, correction: CORRECTION, reader: 'reporter', credit: 'mole' })
  expect(mail.subject).toBe('[SEC-2026-0042] Correction: credit')
  expect(mail.text).toMatchInlineSnapshot(`
    "Hello,

    The security advisory about SEC-2026-0042, CVE-1900-0042 in Quillmark is
    corrected (revision 3).

    The reporter is named otherwise.

    - https://quillmark.example/security/42

    The credit now reads “mole”. Is that how you want it?

    If anything in it is wrong, reply and we correct it.

    -- 
    Ana, for the Quillmark security team
    security@quillmark.example
    "
  `)
  expect(wideLines(mail)).toEqual([])
})

it('tells a recipient what changed, but nothing about the credit', () => {
  const mail = correction.words({ ...base, correction: CORRECTION, reader: 'recipient' })
  expect(mail.text).toContain('The reporter is named otherwise.')
  expect(mail.text).not.toContain('is printed')
})

it('goes to a public list without a greeting, and says that a person wrote it', () => {
  const mail = correction.words({ ...base, correction: CORRECTION, reader: 'public' })
  expect(mail.subject).toBe('Correction: Quillmark security advisory (CVE-1900-0042): credit')
  expect(mail.automatic).toBe(false)
  expect(mail.text).not.toContain('Hello')
})

it('keeps its own frame around a text in the project’s own words', () => {
  const own = { ...CORRECTION, template: 'Ours. {{id}}, {{what}}: {{reason}}\n{{contact}}' }
  const mail = correction.words({ ...base, correction: own, reader: 'reporter', credit: 'mole' })
  expect(mail.text).toMatch(/^Hello,\n\nOurs\. SEC-2026-0042, CVE-1900-0042, credit: The reporter/u)
  expect(mail.text).toContain('The credit now reads “mole”.')
})
