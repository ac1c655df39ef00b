import { describe, expect, it } from 'vitest'
import { SAMPLE, wideLines } from '../../test/sample-record.ts'
import { publicRecord } from '../record.ts'
import { correction, correctionBody } from './correction.ts'
import type { CorrectionFields } from './correction.ts'

const FIELDS: CorrectionFields = {
  project: 'Quillmark',
  record: publicRecord(SAMPLE),
  parts: ['versions'],
  reason: '3.9 is affected too, fixed in 3.9.12.',
  revision: 2,
  contact: 'security@quillmark.example',
}

describe('the correction for the public lists', () => {
  it('says what changed and why, and the facts that changed as they are now', () => {
    const { subject, text } = correction(FIELDS)
    expect(`Subject: ${subject}\n\n${text}`).toMatchInlineSnapshot(`
      "Subject: Correction: Quillmark security advisory (CVE-1900-0042): affected versions

      The security advisory about SEC-2026-0042, CVE-1900-0042 in Quillmark is
      corrected (revision 2).

      3.9 is affected too, fixed in 3.9.12.

      Affected:
      main  4.0.0 to 4.2.6; fixed in 4.2.7
      3.9   3.9.0 to 3.9.11; fixed in 3.9.12
      3.8   all of 3.8, no longer supported; no fixed release

      - https://quillmark.example/security/SEC-2026-0042

      If you find something in Quillmark, please tell us before you tell
      others: security@quillmark.example
      "
    `)
    expect(wideLines(text)).toEqual([])
  })

  it('repeats no fact that stays as it was', () => {
    const { subject, text } = correction({ ...FIELDS, parts: ['severity'], reason: 'It needs an account.' })
    expect(subject).toContain('Correction: Quillmark security advisory')
    expect(text).toContain('Severity')
    expect(text).not.toContain('Affected:')
    expect(text).not.toContain(SAMPLE.impact)
  })

  it('about a withdrawn record says why, but gives no fact of the record', () => {
    const { subject, text } = correction({ ...FIELDS, parts: [], reason: 'It is no vulnerability.', withdrawn: true })
    expect(subject).toMatch(/^Withdrawn: Quillmark security advisory/u)
    expect(text).toMatch(/is\s+withdrawn\.\n\nIt is no vulnerability\./u)
    expect(text).not.toContain('Affected:')
  })

  it('is in the project’s own words if it has any, also in the part that everybody reads', () => {
    const template =
      '{{id}} ({{what}}, {{revision}}): {{reason}}\n{{changes}}\nSee {{links}}\nAsk {{contact}}.{{credit}}'
    const own = { ...FIELDS, template, record: { ...FIELDS.record, references: [] } }
    const { subject, text } = correction(own)
    expect(subject).toBe(correction(FIELDS).subject)
    expect(text).toMatchInlineSnapshot(`
      "SEC-2026-0042, CVE-1900-0042 (affected versions, 2): 3.9 is affected
      too, fixed in 3.9.12.
      Affected:
      main  4.0.0 to 4.2.6; fixed in 4.2.7
      3.9   3.9.0 to 3.9.11; fixed in 3.9.12
      3.8   all of 3.8, no longer supported; no fixed release
      Ask security@quillmark.example.
      "
    `)
    expect(correctionBody(own)).toEqual([{ verbatim: text.trimEnd() }])
  })
})
