import { describe, expect, it } from 'vitest'
import { SAMPLE, SMALL_SAMPLE, wideLines } from '../../test/sample-record.ts'
import { prenotification } from './prenotification.ts'
import type { PrenotificationFields } from './prenotification.ts'

const fields: PrenotificationFields = {
  project: 'Quillmark',
  cases: [SAMPLE, SMALL_SAMPLE],
  releaseAt: Date.parse('2026-07-14T14:00:00Z'),
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
      "Embargo until Tue 14 Jul 2026, 14:00 UTC (16:00 your time). Please reply
      "received".

      You get this because you package Quillmark and agreed to these terms on
      3 Feb 2026. The release fixes two security issues in Quillmark.

      SEC-2026-0042, CVE-1900-0042: path traversal in Quillmark (high)
      ----------------------------------------------------------------

      By sending a document with a crafted attachment name, an attacker may
      write files outside of the folder that the reader chose.

      Am I affected?  main: 4.0.0 to 4.2.6
                      3.9: 3.9.0 to 3.9.11
                      3.8: all of 3.8, no longer supported (no fixed release)
      Fix             4.2.7 (main)
                      3.9.12 (3.9)
      Workaround      Turn off "open attachments" in the settings.
      Component       attachment reader
      Vector
        CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N
        CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N, CWE-22

      Patches, attached, with their SHA-256:

      main: SEC-2026-0042-main.patch
      5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d

      3.9: SEC-2026-0042-3.9.patch
      7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e

      SEC-2026-0043, CVE pending: security issue in Quillmark (moderate)
      ------------------------------------------------------------------

      By asking for many pages at once, an attacker may use up the memory of
      the server.

      Am I affected?  4.1.0 to 4.2.6
      Fix             4.2.7
      Component       page cache

      No patch is attached.

      Until the release (TLP:AMBER)
      -----------------------------

      share    inside your organisation, with the people who need it to
               prepare, and with those of your clients who must know to
               protect themselves; tell each of them about the embargo
      build    and test fixed packages where nobody else can see them
      deploy   nowhere that others can reach
      publish  nothing: no packages, patches or texts, and no push to a public
               place or public build
      say      in public no more than our own heads-up says

      If you see any of it in public, or think that it got out, tell us at
      once. Nobody is blamed for telling.

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
    expect(notice.text).toMatch(/^clients +tell them nothing$/mu)
    expect(notice.text).toMatch(/^deploy +in your own service, if nothing shows what changed$/mu)
    expect(notice.text).not.toContain('nowhere')
  })

  it('says why the public heads-up counts more issues than this mail', () => {
    const said = (announced: number): string => prenotification({ ...fields, announced }).text.replaceAll('\n', ' ')
    expect(said(3)).toContain(
      'The release fixes three security issues in Quillmark. That is the number in the public heads-up. This mail is about two of them, because this list is not told about the other one before the release.',
    )
    expect(said(4)).toContain('is not told about the others before')
    expect(said(2)).not.toContain('heads-up.')
  })

  it('says so in the project’s own words too, unless they have the summary that says it', () => {
    const count = (template: string): number =>
      prenotification({ ...fields, announced: 3, template })
        .text.replaceAll('\n', ' ')
        .split('That is the number in the public heads-up. This mail is about two of them').length - 1
    expect(count('{{count}}: {{issues}} {{releaseAt}} {{tlp}} {{terms}} {{contact}}')).toBe(1)
    expect(count('{{ summary }}\n{{issues}} {{releaseAt}} {{tlp}} {{terms}} {{contact}}')).toBe(1)
    expect(prenotification({ ...fields, announced: 2, template: '{{count}}' }).text).not.toContain('heads-up')
  })

  it('lets nobody share what is for the reader alone', () => {
    const { text } = prenotification({ ...fields, tlp: 'TLP:RED', tellClients: false })
    expect(text).toMatch(/^share +with nobody else, inside your organisation or outside$/mu)
  })

  it('announces an advisory if nothing is released', () => {
    const text = prenotification({ ...fields, nothingToRelease: true }).text.replaceAll('\n', ' ')
    expect(text).toContain('Embargo until Tue 14 Jul 2026')
    expect(text).toContain('fixed in the service that we run: there will be nothing to install.')
    expect(text).toContain('Until the advisory')
    expect(text).not.toMatch(/the release|fixed packages/)
  })

  it('is in the project’s own words if it has any, and says first that a notice is replaced', () => {
    const template =
      '{{tlp}}, {{releaseAt}}\n\n{{#issue}}\n{{id}}\n{{impact}}\n  Affected  {{affected}}\n  Fix       {{fix}}\n\n{{patches}}\n\n{{/issue}}\n{{terms}}\n\n{{contact}}'
    const { text } = prenotification({ ...fields, cases: [SAMPLE], template, replaces: {} })
    expect(text).toMatchInlineSnapshot(`
      "This notice and its patches replace those that you have from us. A patch
      with the same SHA-256 is the same as before. Please build from the new
      ones, and delete the old ones.

      TLP:AMBER, Tue 14 Jul 2026, 14:00 UTC (16:00 your time)

      CVE-1900-0042
      By sending a document with a crafted attachment name, an attacker may
      write files outside of the folder that the reader chose.
        Affected  main: 4.0.0 to 4.2.6
                  3.9: 3.9.0 to 3.9.11
                  3.8: all of 3.8, no longer supported (no fixed release)
        Fix       4.2.7 (main)
                  3.9.12 (3.9)

      main: SEC-2026-0042-main.patch
      5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d

      3.9: SEC-2026-0042-3.9.patch
      7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e

      Until the release (TLP:AMBER)
      -----------------------------

      share    inside your organisation, with the people who need it to
               prepare, and with those of your clients who must know to
               protect themselves; tell each of them about the embargo
      build    and test fixed packages where nobody else can see them
      deploy   nowhere that others can reach
      publish  nothing: no packages, patches or texts, and no push to a public
               place or public build
      say      in public no more than our own heads-up says

      If you see any of it in public, or think that it got out, tell us at
      once. Nobody is blamed for telling.

      security@quillmark.example
      "
    `)
    expect(wideLines(text)).toEqual([])
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

  it('says first that it replaces a notice which the reader already has', () => {
    const { subject, text } = prenotification({ ...fields, replaces: {} })
    expect(subject).toMatch(/: changed$/u)
    expect(text).toContain('replace those that you have')
    expect(text.indexOf('replace those that you have')).toBeLessThan(text.indexOf('Embargo until'))
    expect(text).not.toContain('What changed')
  })

  it('says what changed, in the words of the team, before all else', () => {
    const { text } = prenotification({ ...fields, replaces: { reason: 'Absolute names are refused too.' } })
    expect(text).toContain('What changed:\n\nAbsolute names are refused too.\n\nEmbargo until')
  })
})
