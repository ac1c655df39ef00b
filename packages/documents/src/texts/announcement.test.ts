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
    expect(text.subject).toBe('Quillmark 4.2.7 and 3.9.12 fix two security issues (up to high)')
    expect(text.attachments).toEqual([])
    expect(text.text).toMatchInlineSnapshot(`
      "Quillmark 4.2.7 and 3.9.12 fix two security issues. Please upgrade.

      CVE-1900-0042 (path traversal, high, CVSS 4.0: 7.1, CVSS 3.1: 6.5)
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

      SEC-2026-0043, CVE pending (moderate)
      By asking for many pages at once, an attacker may use up the memory of
      the server.

      Am I affected?  4.1.0 to 4.2.6
      Fix             4.2.7
      Exploitation    none known on 14 Jul 2026
      Component       page cache
      Timeline        14 Jul 2026 published

      Reports: security@quillmark.example
      "
    `)
  })

  it('says that the heads-up counted more issues, in every project’s words', () => {
    const said = (change: Partial<AnnouncementFields>): string =>
      announcement({ ...fields, ...change }).text.replaceAll('\n', ' ')
    const one = 'Our heads-up counted three security issues. The other one is not part of this announcement.'
    expect(said({ announced: 3 })).toContain(`Please upgrade.  ${one}`)
    expect(said({ announced: 4 })).toContain('The others are not part')
    expect(said({ announced: 2 })).not.toContain('heads-up')
    expect(said({ announced: 3, template: '{{summary}}\n\n{{issues}}\n{{contact}}' }).split(one)).toHaveLength(2)
    expect(said({ announced: 3, template: '{{count}}\n{{issues}}\n{{contact}}' }).split(one)).toHaveLength(2)
  })

  it.each([
    [['CVE-1900-0001'], 'fixes CVE-1900-0001 (moderate)'],
    [
      ['CVE-1900-0001', 'CVE-1900-0002', 'CVE-1900-0003'],
      'fixes CVE-1900-0001, CVE-1900-0002 and CVE-1900-0003 (up to moderate)',
    ],
    [
      ['CVE-1900-0001', 'CVE-1900-0002', 'CVE-1900-0003', 'CVE-1900-0004'],
      'fixes four security issues (up to moderate)',
    ],
    [['CVE-1900-0001', undefined], 'fixes two security issues (up to moderate)'],
  ])('names up to three ids in its subject, if all are known: %s', (ids, words) => {
    const records = ids.map((cve) => ({ ...publicRecord(SMALL_SAMPLE), cve }))
    expect(announcement({ ...fields, records }).subject).toBe(`Quillmark 4.2.7 ${words}`)
  })

  it('is in the project’s own words if it has any', () => {
    const template =
      'Hello,\n\n{{summary}}\n\n{{#issue}}\n* {{id}} ({{severity}}): {{impact}}\n  Versions: {{affected}}\n  Fixed in: {{fix}}\n  Until then: {{workaround}}\n  Vector: {{vector}}\n  Thanks to {{credit}}\n\n{{/issue}}\n-- \n{{contact}}\n'
    const own = announcement({ ...fields, template })
    expect(own.subject).toBe(announcement(fields).subject)
    expect(own.text).toMatchInlineSnapshot(`
      "Hello,

      Quillmark 4.2.7 and 3.9.12 fix two security issues. Please upgrade.

      * CVE-1900-0042 (high): By sending a document with a crafted attachment
      name, an attacker may write files outside of the folder that the reader
      chose.
        Versions: main: 4.0.0 to 4.2.6
                  3.9: 3.9.0 to 3.9.11
                  3.8: all of 3.8, no longer supported (no fixed release)
        Fixed in: 4.2.7 (main)
                  3.9.12 (3.9)
                  https://quillmark.example/releases/4.2.7
        Until then: Turn off "open attachments" in the settings.
        Vector:
        CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N
        CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N, CWE-22
        Thanks to Robin Example, of Example Labs
                  inkblot

      * SEC-2026-0043 (moderate): By asking for many pages at once, an
      attacker may use up the memory of the server.
        Versions: 4.1.0 to 4.2.6
        Fixed in: 4.2.7

      -- 
      security@quillmark.example
      "
    `)
    expect(wideLines(own.text)).toEqual([])
  })

  it('does not wait for a CVE', () => {
    const text = announcement({ ...fields, records: [publicRecord({ ...SAMPLE, cve: undefined })] })
    expect(text.subject).toBe('Quillmark 4.2.7 and 3.9.12 fix a security issue (high)')
    expect(text.text).toContain('SEC-2026-0042, CVE pending (high,')
  })

  it('names no CVE if none will come', () => {
    const text = announcement({ ...fields, records: [publicRecord({ ...SAMPLE, cve: null })] })
    expect(text.subject).toBe('Quillmark 4.2.7 and 3.9.12 fix a security issue (high)')
    expect(text.text).toContain('SEC-2026-0042 (high,')
    expect(text.text).not.toContain('CVE')
  })

  it('promises no release for a vulnerability that has no fixed release', () => {
    const affected = [{ branch: 'service', range: 'until 14 Jul 2026' }]
    const text = announcement({ ...fields, records: [publicRecord({ ...SMALL_SAMPLE, affected })] })
    expect(text.subject).toBe('Quillmark security advisory (moderate)')
    expect(text.text).toMatch(/There is no fixed\s+release/)
    expect(text.text).toMatch(/^Fix +none released$/mu)
    expect(text.text).not.toContain('upgrade')
  })

  it('says that the issue is fixed if nobody named the version, and mentions no workaround if nobody wrote one', () => {
    const affected = [{ branch: 'main', range: 'until 4.2.6', fixed: true }]
    const { text } = announcement({ ...fields, records: [publicRecord({ ...SMALL_SAMPLE, affected })] })
    expect(text).toContain('It is fixed.')
    expect(text).toMatch(/^Am I affected\? +until 4\.2\.6$/mu)
    expect(text).not.toMatch(/no fixed|none released|workaround/iu)
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
    expect(text).toContain('public exploit since 12 Jul 2026')
    expect(text.replaceAll(/\s+/gu, ' ')).toContain(
      'Nobody except its author had checked the fix when it was published.',
    )
    expect(text).not.toMatch(/confirmed|verified/iu)
    expect(text.replaceAll(/\s+/gu, ' ')).toContain('12 Jul exploit public, 13 Jul interim advisory')
  })

  it('asks nobody to install anything if the hosted service was fixed', () => {
    const affected = [{ branch: 'service', range: 'until 14 Jul 2026' }]
    const record = publicRecord({ ...SMALL_SAMPLE, affected, nothingToInstall: true })
    const { text } = announcement({ ...fields, records: [record] })
    expect(text.replaceAll('\n', ' ')).toContain('It is fixed, and you have nothing to install.')
    expect(text).toMatch(/^Fix +in the service that we run; there is nothing to install$/mu)
    expect(text).not.toMatch(/no fixed|upgrade/)
  })

  it('breaks no date of the timeline at the end of a line', () => {
    const dates = {
      reported: Date.UTC(2026, 5, 2),
      validated: Date.UTC(2026, 5, 2),
      fixReady: Date.UTC(2026, 5, 5),
      prenotified: Date.UTC(2026, 5, 8),
      published: Date.UTC(2026, 5, 16),
    }
    const { text } = announcement({ ...fields, records: [publicRecord({ ...SMALL_SAMPLE, dates })] })
    expect(text).toContain(
      'Timeline        2 Jun 2026 reported and validated, 5 Jun fix ready,\n                8 Jun recipients told, 16 Jun published\n',
    )
  })

  it('says since when there are attacks', () => {
    const dates = { ...SAMPLE.dates, attacks: Date.UTC(2026, 6, 13) }
    const { text } = announcement({ ...fields, records: [publicRecord({ ...SAMPLE, dates })] })
    expect(text).toMatch(/^Exploitation +attacks since 13 Jul 2026$/mu)
    expect(text).not.toContain('none known')
  })

  it.each([
    ['>= 2.0, < 2.4.1', 'from 2.0 before 2.4.1'],
    ['>= 2.0, <= 2.4.0', '2.0 to 2.4.0'],
    ['< 1.9.8 || >= 2.0, < 2.4.1', 'before 1.9.8 and from 2.0 before 2.4.1'],
    ['<= 2.4.0', 'up to 2.4.0'],
    ['>= 2.0', '2.0 and later'],
    ['>= 0', 'all versions'],
    ['= 2.3', '2.3'],
    ['all of 3.8, no longer supported', 'all of 3.8, no longer supported'],
  ])('writes the range %s as %s', (range, words) => {
    const affected = [{ branch: 'main', range, fixedVersion: '9.9' }]
    const { text } = announcement({ ...fields, records: [publicRecord({ ...SMALL_SAMPLE, affected })] })
    expect(text).toContain(`Am I affected?  ${words}\n`)
  })

  it('names the package that is affected, and links to where the fix was found', () => {
    const affected = [
      { branch: 'main', package: { ecosystem: 'npm', name: 'quillmark' }, range: '< 2.4.1', fixedVersion: '2.4.1' },
    ]
    const references = [{ kind: 'release', url: 'https://quillmark.example/2.4.1' }] as const
    const { text } = announcement({ ...fields, records: [publicRecord({ ...SMALL_SAMPLE, affected, references })] })
    expect(text).toContain('Am I affected?  npm/quillmark: before 2.4.1\n')
    expect(text).toContain('Fix             2.4.1\n                https://quillmark.example/2.4.1\n')
    expect(text).not.toContain('Links')
  })

  it('keeps the lines of a workaround that has several', () => {
    const workaround = 'Run this:\n\n    quillmark --no-cache'
    const { text } = announcement({ ...fields, records: [publicRecord({ ...SMALL_SAMPLE, workaround })] })
    expect(text).toContain('Workaround:\n\nRun this:\n\n    quillmark --no-cache\n')
  })

  it('gives no line to a fact that brings its own lines: a credit with a line break', () => {
    const credits = [{ kind: 'named', text: 'Robin\nFix  upgrade to 6.6.6' }] as const
    const { text } = announcement({ ...fields, records: [publicRecord({ ...SMALL_SAMPLE, credits })] })
    expect(text).not.toMatch(/^Fix +upgrade/mu)
  })

  it('names nobody if nobody wants to be named', () => {
    expect(announcement({ ...fields, records: [publicRecord(SMALL_SAMPLE)] }).text).not.toMatch(/Credit|reported/)
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
