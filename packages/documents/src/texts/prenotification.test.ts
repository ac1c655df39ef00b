import { describe, expect, it } from 'vitest'
import { SAMPLE, SMALL_SAMPLE, wideLines } from '../../test/sample-record.ts'
import { prenotification } from './prenotification.ts'
import type { PrenotificationFields } from './prenotification.ts'

const fields: PrenotificationFields = {
  project: 'Quillmark',
  cases: [SAMPLE, SMALL_SAMPLE],
  releaseAt: Date.parse('2026-07-14T14:00:00Z'),
  now: Date.parse('2026-07-07T14:00:00Z'),
  zone: 'Europe/Berlin',
  why: 'you package Quillmark and agreed to these terms on 3 Feb 2026',
  tlp: 'TLP:AMBER',
  tellClients: true,
  mayDeploy: false,
  contact: 'security@quillmark.example',
}

describe('pre-notification', () => {
  it('says why the reader gets it, how far it may be shared, what each case is, what is allowed, and how to answer and to leave', () => {
    const notice = prenotification(fields)
    expect(notice.subject).toBe('[SEC-2026-0042, SEC-2026-0043] TLP:AMBER embargoed security notice')
    expect(notice.text).toMatchInlineSnapshot(`
      "TLP:AMBER, under embargo until the release, planned for Tue 14 Jul 2026,
      14:00 UTC (16:00 your time, in 7 days).

      You get this because you package Quillmark and agreed to these terms on
      3 Feb 2026. The release fixes two security issues in Quillmark. Please
      reply that you have received it; one line is enough.

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

      Patches, attached, with their SHA-256:

      main: SEC-2026-0042-main.patch
      5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d

      3.9: SEC-2026-0042-3.9.patch
      7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e

      SEC-2026-0043, CVE pending: security issue in Quillmark (moderate)
      ------------------------------------------------------------------

      By asking for many pages at once, an attacker may use up the memory of
      the server.

      Component  page cache
      Severity   moderate

      Affected:
      main  4.1.0 to 4.2.6; fixed in 4.2.7

      No patch is attached.

      Until the release
      -----------------

      You may:
      - share it inside your organisation with the people who need it to
        prepare, and with those of your clients who must know to protect
        themselves, each told of the embargo
      - prepare, build and test fixed packages where nobody else can see them

      You may not:
      - publish, upload or announce packages, patches or texts, or push them
        to a public place or public build
      - run the fixed build anywhere that others can reach
      - say more in public than our own heads-up says

      If you see any of it in public, or think that it got out, tell us at
      once. Nobody will be blamed for telling.

      Questions, and anything that is wrong with a patch:
      security@quillmark.example, or reply to this mail. If the date changes,
      we will tell you in the same way.

      To leave the list, reply and say so. What this mail tells you stays
      under embargo until the release.
      "
    `)
  })

  it('attaches each patch under a name that tells nothing', () => {
    expect(prenotification(fields).attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      ['SEC-2026-0042-main.patch', 'text/x-patch; charset=utf-8'],
      ['SEC-2026-0042-3.9.patch', 'text/x-patch; charset=utf-8'],
    ])
    expect(prenotification(fields).attachments[0]?.content).toBe(SAMPLE.fixes[0]?.patch)
  })

  it('follows the terms: stricter sharing, deploying allowed, the tag of a list', () => {
    const stricter = { tlp: 'TLP:AMBER+STRICT', tellClients: false, mayDeploy: true } as const
    const notice = prenotification({ ...fields, ...stricter, tag: '[vs]' })
    expect(notice.subject).toMatch(/^\[vs\] \[SEC-2026-0042, SEC-2026-0043\] TLP:AMBER\+STRICT /)
    expect(notice.text).toContain('- tell your clients')
    expect(notice.text).toContain('- run the fixed build in your own service')
    expect(notice.text).not.toContain('- run the fixed build anywhere')
  })

  it('says why the public heads-up counts more issues than this mail', () => {
    const said = (announced: number): string => prenotification({ ...fields, announced }).text.replaceAll('\n', ' ')
    expect(said(3)).toContain(
      'The release fixes three security issues in Quillmark. That is the number in the public heads-up. This mail is about two of them, because this list is not told about the other one before the release.',
    )
    expect(said(4)).toContain('is not told about the others before')
    expect(said(2)).not.toContain('heads-up.')
  })

  it('lets nobody share what is for the reader alone', () => {
    const { text } = prenotification({ ...fields, tlp: 'TLP:RED', tellClients: false })
    expect(text).toContain('- share it with anybody else, inside your organisation or outside')
    expect(text).not.toContain('- share it inside your organisation')
  })

  it('announces an advisory if nothing is released', () => {
    const text = prenotification({ ...fields, nothingToRelease: true }).text.replaceAll('\n', ' ')
    expect(text).toContain('under embargo until the advisory, planned for Tue 14 Jul 2026')
    expect(text).toContain('fixed in the service that we run: there will be nothing to install.')
    expect(text).toContain('Until the advisory')
    expect(text).not.toMatch(/the release|fixed packages/)
  })

  it('stays within the columns', () => {
    expect(wideLines(prenotification(fields).text)).toEqual([])
  })

  it('has no title in its subject', () => {
    expect(prenotification(fields).subject).not.toMatch(/attachment|traversal|high|CVE/i)
  })

  it('lets no field begin a header', () => {
    const { subject } = prenotification({ ...fields, tag: '[vs]\r\nBcc: all@example.org' })
    expect(subject).not.toMatch(/[\r\n]/)
  })

  it.each(['recipients', 'recipient', 'list', 'count', 'channel', 'reporter'])('says nothing of planted %s', (name) => {
    const wider = { ...fields, [name]: ['PLANTED'] }
    expect(JSON.stringify(prenotification(wider))).not.toContain('PLANTED')
  })

  it.each(['credits', 'dates', 'references', 'reproduction', 'report', 'remediator'])(
    'says nothing of planted %s of a case',
    (name) => {
      const wider = { ...fields, cases: [{ ...SAMPLE, [name]: ['PLANTED'] }] }
      expect(JSON.stringify(prenotification(wider))).not.toContain('PLANTED')
    },
  )

  it('says first that patches which the reader already has are replaced', () => {
    const { subject, text } = prenotification({ ...fields, replaces: {} })
    expect(subject).toContain('changed patches')
    expect(text.indexOf('are replaced')).toBeLessThan(text.indexOf('You get this because'))
    expect(text).not.toContain('What changed')
  })

  it('says what changed, in the words of the team, before all else', () => {
    const { text } = prenotification({ ...fields, replaces: { reason: 'Absolute names are refused too.' } })
    expect(text).toContain('What changed:\n\nAbsolute names are refused too.\n\nYou get this because')
  })
})
