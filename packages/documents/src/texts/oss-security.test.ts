import { describe, expect, it } from 'vitest'
import { wordingFindings } from '@embargo/core'
import { SAMPLE, SMALL_SAMPLE, wideLines } from '../../test/sample-record.ts'
import { publicRecord } from '../record.ts'
import { ossSecurity } from './oss-security.ts'

const record = publicRecord(SAMPLE)

describe('oss-security', () => {
  it('says which exploits follow if the list of the Linux distributions has them, also in the project’s own words', () => {
    const fields = { records: [record], exploitOf: ['CVE-1900-0042'] } as const
    const sentence =
      'An exploit of CVE-1900-0042 was shared with the list of the Linux distributions, and will be posted here within 7 days.'
    const template = '{{issues}}\n{{contact}}'
    const texts = [ossSecurity(fields), ossSecurity({ ...fields, template })].map(({ text }) => text)
    for (const text of texts) {
      expect(text.replaceAll('\n', ' ')).toContain(sentence)
      expect(wideLines(text).filter((line) => !line.includes('CVSS'))).toEqual([])
    }
    expect(wordingFindings(sentence, { recipients: [], people: [], channels: [], prefixes: [], cases: [] })).toEqual([])
  })

  it('has software, versions and kind in the subject, and the essentials in the mail', () => {
    const mail = ossSecurity({ records: [record] })
    expect(mail.subject).toBe('CVE-1900-0042: Quillmark before 4.2.7 and 3.9.12 path traversal')
    expect(mail.attachments).toEqual([])
    expect(mail.text).toMatchInlineSnapshot(`
      "Quillmark 4.2.7 and 3.9.12 fix a security issue: path traversal. Please
      upgrade.

      CVE-1900-0042 (high, CVSS 4.0: 7.1, CVSS 3.1: 6.5)
      By sending a document with a crafted attachment name, an attacker may
      write files outside of the folder that the reader chose.

      Am I affected?  main: 4.0.0 to 4.2.6
                      3.9: 3.9.0 to 3.9.11
                      3.8: all of 3.8, no longer supported (no fixed release)
      Fix             4.2.7 (main)
                      3.9.12 (3.9)
                      https://quillmark.example/releases/4.2.7
      Workaround      Turn off "open attachments" in the settings.
      Exploitation    none known on 14 Jul 2026
      Component       attachment reader
      Vector
        CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N
        CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N, CWE-22
      Credit          Robin Example, of Example Labs
                      inkblot
      Timeline        1 Jun 2026 reported, 2 Jun validated, 20 Jun fix ready,
                      14 Jul published
      Links           https://quillmark.example/security/SEC-2026-0042

      Reports: security@quillmark.example
      "
    `)
  })

  it('says first what the software is, if the policy does', () => {
    const about = 'Quillmark turns Markdown into pages.'
    expect(ossSecurity({ records: [record], about }).text).toMatch(
      /^Quillmark turns Markdown into pages\.\n\nQuillmark 4/,
    )
  })

  it('does not wait for a CVE, a weakness or a release', () => {
    const affected = [{ branch: 'main', range: '4.1.0 to 4.2.6' }]
    const mail = ossSecurity({ records: [publicRecord({ ...SMALL_SAMPLE, affected })] })
    expect(mail.subject).toBe('CVE pending: Quillmark 4.1.0 to 4.2.6 security issue')
    expect(mail.text).toContain('There is no fixed release.')
  })

  it("uses the CWE's own name where the table has no plain words", () => {
    const cwe = { id: 99_999, name: 'Invented Weakness' }
    expect(ossSecurity({ records: [{ ...record, cwe }] }).subject).toContain(' Invented Weakness')
  })

  it('names no affected versions if nobody entered them', () => {
    const { subject, text } = ossSecurity({
      records: [{ ...publicRecord(SMALL_SAMPLE), affected: [{ branch: 'main' }] }],
    })
    expect(subject).toBe('CVE pending: Quillmark security issue')
    expect(text).toMatch(/^Am I affected\? +main$/mu)
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
    expect(text).toContain('CVE-1900-0042 (path traversal, high,')
    expect(text).toContain('SEC-2026-0099')
    expect(subject).toContain(SAMPLE.project)
    expect(wideLines(text)).toEqual([])
  })
})
