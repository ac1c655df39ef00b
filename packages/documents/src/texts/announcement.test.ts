import { describe, expect, it } from 'vitest'
import { SAMPLE, SMALL_SAMPLE, wideLines } from '../../test/sample-record.ts'
import { publicRecord } from '../record.ts'
import { announcement } from './announcement.ts'
import type { AnnouncementFields } from './announcement.ts'

const fields: AnnouncementFields = {
  project: 'Quillmark',
  records: [publicRecord(SAMPLE), publicRecord(SMALL_SAMPLE)],
  contact: 'security@quillmark.example',
}

describe('announcement', () => {
  it('names the fixed versions and, for each case, what it is, who is affected, how severe it is, and who found it when', () => {
    const text = announcement(fields)
    expect(text.subject).toBe('Quillmark 4.2.7 and 3.9.12: security fixes (CVE-1900-0042)')
    expect(text.attachments).toEqual([])
    expect(text.text).toMatchInlineSnapshot(`
      "Quillmark 4.2.7 and 3.9.12 are released and fix two security issues.

      Please upgrade to Quillmark 4.2.7 or 3.9.12.

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

      SEC-2026-0043, CVE pending: security issue in Quillmark (moderate)
      ------------------------------------------------------------------

      By asking for many pages at once, an attacker may use up the memory of
      the server.

      Component  page cache
      Severity   moderate

      Affected:
      main  4.1.0 to 4.2.6; fixed in 4.2.7

      Timeline (UTC):
      Published  Tue 14 Jul 2026

      The next report
      ---------------

      If you find something in Quillmark, please tell us before you tell
      others: security@quillmark.example
      "
    `)
  })

  it('does not wait for a CVE', () => {
    const text = announcement({ ...fields, records: [publicRecord({ ...SAMPLE, cve: undefined })] })
    expect(text.subject).toBe('Quillmark 4.2.7 and 3.9.12: security fix (CVE pending)')
    expect(text.text).toContain('SEC-2026-0042, CVE pending: path traversal')
  })

  it('names no CVE if none will come', () => {
    const text = announcement({ ...fields, records: [publicRecord({ ...SAMPLE, cve: null })] })
    expect(text.subject).toBe('Quillmark 4.2.7 and 3.9.12: security fix')
    expect(text.text).toContain('SEC-2026-0042: path traversal')
    expect(text.text).not.toContain('CVE')
  })

  it('promises no release for a vulnerability that has no fixed release', () => {
    const affected = [{ branch: 'service', range: 'until 14 Jul 2026' }]
    const text = announcement({ ...fields, records: [publicRecord({ ...SMALL_SAMPLE, affected })] })
    expect(text.subject).toBe('Quillmark security advisory (CVE pending)')
    expect(text.text).toMatch(/There is no fixed\s+release/)
    expect(text.text).not.toContain('upgrade')
  })

  it('says that the issue is fixed if nobody named the version, and mentions no workaround if nobody wrote one', () => {
    const affected = [{ branch: 'main', range: 'until 4.2.6', fixed: true }]
    const { text } = announcement({ ...fields, records: [publicRecord({ ...SMALL_SAMPLE, affected })] })
    expect(text).toContain('It is fixed.')
    expect(text).toContain('main  until 4.2.6; fixed\n')
    expect(text).not.toMatch(/no fixed|workaround/iu)
  })

  it('mentions the public exploit, the interim advisory that it replaces, and that only the author of the fix has checked it', () => {
    const dates = {
      ...SAMPLE.dates,
      fixReady: undefined,
      exploitPublic: Date.UTC(2026, 6, 12),
      interim: Date.UTC(2026, 6, 13),
    }
    const { text } = announcement({ ...fields, records: [publicRecord({ ...SAMPLE, dates, unchecked: true })] })
    expect(text).toContain('This replaces the interim advisory of Mon 13 Jul 2026.')
    expect(text).toContain('An exploit is public.')
    expect(text.replaceAll('\n', ' ')).toContain('Nobody except its author had checked the fix when it was published.')
    expect(text).not.toMatch(/confirmed|verified/iu)
    expect(text).toMatch(/Exploit public +Sun 12 Jul 2026/u)
  })

  it('asks nobody to install anything if the hosted service was fixed', () => {
    const affected = [{ branch: 'service', range: 'until 14 Jul 2026' }]
    const record = publicRecord({ ...SMALL_SAMPLE, affected, nothingToInstall: true })
    const { text } = announcement({ ...fields, records: [record] })
    expect(text.replaceAll('\n', ' ')).toContain('fixed in the service that we run. You have nothing to install')
    expect(text).toContain('until 14 Jul 2026; fixed, nothing to install')
    expect(text).not.toMatch(/no fixed|upgrade/)
  })

  it('names nobody if nobody wants to be named', () => {
    expect(announcement({ ...fields, records: [publicRecord(SMALL_SAMPLE)] }).text).not.toMatch(/Credit|Reported/)
  })

  it('stays within the columns', () => {
    expect(wideLines(announcement(fields).text)).toEqual([])
  })

  it.each(['fixes', 'reproduction', 'exploit', 'coordinator', 'remediator', 'channel', 'recipients', 'reporter'])(
    'says nothing of planted %s',
    (name) => {
      const wider = { ...fields, [name]: ['PLANTED'], records: [{ ...SAMPLE, [name]: ['PLANTED'] }] }
      expect(JSON.stringify(announcement(wider))).not.toContain('PLANTED')
    },
  )

  it('contains no line of a patch', () => {
    expect(announcement({ ...fields, records: [SAMPLE] }).text).not.toMatch(/strchr|diff --git|\.patch/)
  })
})

describe('publicRecord', () => {
  it('is the record without its patches', () => {
    expect(publicRecord(SAMPLE)).not.toHaveProperty('fixes')
    expect(publicRecord(SAMPLE)).toMatchObject({ caseNumber: SAMPLE.caseNumber, credits: SAMPLE.credits })
  })
})
