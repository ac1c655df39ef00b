import { describe, expect, it } from 'vitest'
import { SAMPLE, wideLines } from '../../test/sample-record.ts'
import { interim, interimNotice } from './interim.ts'
import type { InterimFields } from './interim.ts'

const fields: InterimFields = {
  project: 'Quillmark',
  record: SAMPLE,
  because: 'attacks',
  contact: 'security@quillmark.example',
}

describe('the interim advisory', () => {
  it('says who is affected and what to do now, and promises no version', () => {
    const text = interim(fields)
    expect(text.subject).toBe('Quillmark security advisory before a fix (SEC-2026-0042, CVE-1900-0042)')
    expect(text.attachments).toEqual([])
    expect(text.text).toMatchInlineSnapshot(`
      "This is about a security issue in Quillmark that has no fixed release
      yet. Attacks have been seen before a fix is released, so we are telling
      you now.

      By sending a document with a crafted attachment name, an attacker may
      write files outside of the folder that the reader chose.

      Component  attachment reader
      Severity   high

      Affected:
      main  4.0.0 to 4.2.6; no fixed release
      3.9   3.9.0 to 3.9.11; no fixed release
      3.8   all of 3.8, no longer supported; no fixed release

      What to do now
      --------------

      Workaround:

      Turn off "open attachments" in the settings.

      There is no date for a fix yet.

      The full advisory comes with the fix, and will replace this text.

      If you see attacks, or know more about this issue in Quillmark, please
      tell us: security@quillmark.example
      "
    `)
    expect(text.text).not.toMatch(/4\.2\.7|3\.9\.12/)
  })

  it('names the day of the fix if it is known', () => {
    const fixAt = Date.parse('2026-07-14T14:00:00Z')
    expect(interim({ ...fields, fixAt }).text).toContain('A fix is expected Tue 14 Jul 2026, 14:00 UTC')
  })

  it('leaves out what the team has not decided yet', () => {
    const { component, impact, caseNumber, affected } = SAMPLE
    const text = interim({ ...fields, record: { component, impact, caseNumber, affected } }).text
    expect(text).not.toMatch(/workaround|What to do now/iu)
    expect(text).not.toContain('Severity')
  })

  it('is in the project’s own words if it has any, also for recipients, in which no other field has a value', () => {
    const template =
      '{{id}} ({{severity}}). {{why}}\n{{impact}}\nAffected  {{affected}}\nDo now  {{workaround}}\n{{fix}}\nAsk {{contact}}. {{fixedVersion}}{{credit}}'
    const { text } = interim({ ...fields, template })
    expect(text).toMatchInlineSnapshot(`
      "SEC-2026-0042, CVE-1900-0042 (high). Attacks have been seen before a fix
      is released, so we are telling you now.
      By sending a document with a crafted attachment name, an attacker may
      write files outside of the folder that the reader chose.
      Affected  main: 4.0.0 to 4.2.6
                3.9: 3.9.0 to 3.9.11
                3.8: all of 3.8, no longer supported
      Do now  Turn off "open attachments" in the settings.
      There is no date for a fix yet.
      Ask security@quillmark.example.
      "
    `)
    const notice = interimNotice({ ...fields, template, listed: true, reader: 'recipient', patches: [] })
    expect(notice.text).toMatch(/^The embargo is over\./u)
    expect(notice.text.trimEnd().endsWith(text.trimEnd())).toBe(true)
  })

  it.each(['public', 'exploit', 'attacks', 'leak'] as const)('stays within the columns (%s)', (because) => {
    expect(wideLines(interim({ ...fields, because }).text)).toEqual([])
  })

  it.each(['fixes', 'reproduction', 'exploit', 'link', 'credits', 'recipients', 'reporter', 'suspect'])(
    'says nothing of planted %s',
    (name) => {
      const wider = { ...fields, [name]: ['PLANTED'], record: { ...SAMPLE, [name]: ['PLANTED'] } }
      expect(JSON.stringify(interim(wider))).not.toContain('PLANTED')
    },
  )

  it('contains no line of a patch and no credit', () => {
    expect(JSON.stringify(interim(fields))).not.toMatch(/strchr|Robin|inkblot/)
  })
})

describe('the same to a recipient', () => {
  it('has the available patches, and says that they may be used', () => {
    const notice = interimNotice({ ...fields, listed: true, reader: 'recipient', patches: SAMPLE.fixes })
    expect(notice.attachments.map(({ filename }) => filename)).toEqual([
      'SEC-2026-0042-main.patch',
      'SEC-2026-0042-3.9.patch',
    ])
    expect(notice.text).toMatch(/You\s+may\s+build,\s+publish\s+and\s+deploy\s+with\s+them\s+now/)
    expect(wideLines(notice.text)).toEqual([])
  })

  it('says that it is sent to the public only if it is', () => {
    const goesOut = (listed: boolean) => interimNotice({ ...fields, listed, reader: 'recipient', patches: [] }).text
    expect(goesOut(true)).toContain('You get this at the same time as the public')
    expect(goesOut(false).replaceAll('\n', ' ')).toMatch(
      /^The embargo is over, because the issue is public\. This is what we know now\./,
    )
  })

  it('says so if there is no patch', () => {
    expect(interimNotice({ ...fields, listed: true, reader: 'recipient', patches: [] }).text).toContain(
      'There is no patch yet.',
    )
  })

  it('tells the reporter that they may speak', () => {
    const notice = interimNotice({ ...fields, listed: true, reader: 'reporter', patches: [] })
    expect(notice.subject).toContain('[SEC-2026-0042]')
    expect(notice.text).toContain('You may now speak about it')
  })
})
