import { describe, expect, it } from 'vitest'
import { SAMPLE, SMALL_SAMPLE, wideLines } from '../../test/sample-record.ts'
import { publicRecord } from '../record.ts'
import { ossSecurity } from './oss-security.ts'

const record = publicRecord(SAMPLE)

describe('oss-security', () => {
  it('has software, versions and kind in the subject, and the essentials in the mail', () => {
    const mail = ossSecurity({ records: [record] })
    expect(mail.subject).toBe('CVE-1900-0042: Quillmark before 4.2.7 and 3.9.12: path traversal')
    expect(mail.attachments).toEqual([])
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      SEC-2026-0042, CVE-1900-0042: path traversal in Quillmark (high)
      ----------------------------------------------------------------

      By sending a document with a crafted attachment name, an attacker may
      write files outside of the folder that the reader chose.

      Component  attachment reader
      Severity   high, 7.1 (CVSS 4.0), 6.5 (CVSS 3.1)
      Weakness   CWE-22, Improper Limitation of a Pathname to a Restricted
                 Directory ('Path Traversal')

      CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N
      CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N

      Affected:
      main  4.0.0 to 4.2.6; fixed in 4.2.7
      3.9   3.9.0 to 3.9.11; fixed in 3.9.12
      3.8   all of 3.8, no longer supported; no fixed release

      Workaround:

      Turn off "open attachments" in the settings.

      Fixed releases: Quillmark 4.2.7 and 3.9.12. Please upgrade.

      Credit:
      - Robin Example, of Example Labs
      - inkblot

      Timeline (UTC):
      Reported      Mon 1 Jun 2026
      Acknowledged  Tue 2 Jun 2026
      Fix ready     Sat 20 Jun 2026
      Published     Tue 14 Jul 2026

      References:
      - https://quillmark.example/security/SEC-2026-0042
      - https://quillmark.example/releases/4.2.7

      Security contact of Quillmark: security@quillmark.example
      "
    `)
  })

  it('does not wait for a CVE, a weakness or a release', () => {
    const affected = [{ branch: 'main', range: '4.1.0 to 4.2.6' }]
    const mail = ossSecurity({ records: [publicRecord({ ...SMALL_SAMPLE, affected })] })
    expect(mail.subject).toBe('CVE pending: Quillmark 4.1.0 to 4.2.6: security issue')
    expect(mail.text).toContain('There is no fixed release at this time.')
  })

  it("uses the CWE's own name where the table has no plain words", () => {
    const cwe = { id: 99_999, name: 'Invented Weakness' }
    expect(ossSecurity({ records: [{ ...record, cwe }] }).subject).toContain(': Invented Weakness')
  })

  it('names no affected versions if nobody entered them', () => {
    const { subject, text } = ossSecurity({
      records: [{ ...publicRecord(SMALL_SAMPLE), affected: [{ branch: 'main' }] }],
    })
    expect(subject).toMatch(/Quillmark: /)
    expect(text).toMatch(/Affected:\n- ?main: no fixed release|main +no fixed release/)
    expect(text).not.toContain('undefined')
  })

  it('stays within the columns', () => {
    expect(wideLines(ossSecurity({ records: [record] }).text)).toEqual([])
  })

  it.each(['fixes', 'reproduction', 'exploit', 'coordinator', 'remediator', 'channel', 'recipients', 'reporter'])(
    'says nothing of planted %s',
    (name) => {
      const wider = { records: [{ ...SAMPLE, [name]: ['PLANTED'] }] as const }
      expect(JSON.stringify(ossSecurity(wider))).not.toContain('PLANTED')
    },
  )

  it('contains no line of a patch', () => {
    expect(ossSecurity({ records: [SAMPLE] }).text).not.toMatch(/strchr|diff --git|\.patch/)
  })

  it('has a section for each vulnerability of one release', () => {
    const { subject, text } = ossSecurity({ records: [SAMPLE, { ...SMALL_SAMPLE, caseNumber: 'SEC-2026-0099' }] })
    expect(text).toContain('two security issues')
    expect(text).toContain(SAMPLE.caseNumber)
    expect(text).toContain('SEC-2026-0099')
    expect(subject).toContain(SAMPLE.project)
    expect(wideLines(text)).toEqual([])
  })
})
