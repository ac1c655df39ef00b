import { describe, expect, it } from 'vitest'
import { SAMPLE, SMALL_SAMPLE, wideLines } from '../../test/sample-record.ts'
import { headsUp, headsUpCorrected, headsUpFields } from './heads-up.ts'
import type { HeadsUpFields } from './heads-up.ts'

const fields: HeadsUpFields = {
  project: 'Quillmark',
  versions: ['4.2.7', '3.9.12'],
  releaseAt: Date.parse('2026-07-14T14:00:00Z'),
  count: 2,
  highest: 'high',
  contact: 'security@quillmark.example',
}

describe('heads-up', () => {
  it('says which versions come, when, how many issues, and the highest severity', () => {
    const note = headsUp(fields)
    expect(note.subject).toBe('Heads-up: Quillmark security release on Tue 14 Jul 2026')
    expect(note.attachments).toEqual([])
    expect(note.text).toMatchInlineSnapshot(`
      "The Quillmark team will publish security releases, Quillmark 4.2.7 and
      3.9.12, on:
      - Tue 14 Jul 2026, 14:00 UTC

      Together they fix two security issues. The highest severity is high.

      Please plan to update then. The details are published with the release
      and not before; until then, we answer no questions about them.

      If the date changes, we will say so here. For anything else that
      concerns security: security@quillmark.example
      "
    `)
  })

  it('is in the project’s own words if it has any, in which no other field has a value', () => {
    const template =
      'On {{releaseAt}}, {{project}} {{versions}} fix {{count}} (up to {{severity}}).\nAsk {{contact}}. {{component}}{{cve}}'
    expect(headsUp({ ...fields, template }).text).toMatchInlineSnapshot(`
      "On Tue 14 Jul 2026, 14:00 UTC, Quillmark 4.2.7 and 3.9.12 fix two
      security issues (up to high).
      Ask security@quillmark.example.
      "
    `)
  })

  it('uses the singular for one issue, and names no version for a service without versions', () => {
    const one = headsUp({ ...fields, versions: ['4.2.7'], count: 1 }).text
    expect(one).toContain('a security release, Quillmark 4.2.7, on:')
    expect(one).toContain('It fixes one security issue. Its severity is high.')
    expect(headsUp({ ...fields, versions: [] }).text).toContain('will publish a security release on:')
  })

  it('announces an advisory if nothing is released', () => {
    const note = headsUp({ ...fields, versions: [], count: 1, nothingToRelease: true })
    expect(`${note.subject}\n\n${note.text}`).toMatchInlineSnapshot(`
      "Heads-up: Quillmark security advisory on Tue 14 Jul 2026

      The Quillmark team will publish a security advisory on:
      - Tue 14 Jul 2026, 14:00 UTC

      It is about one security issue. Its severity is high.

      Please plan to read it then. The details are published with it and not
      before; until then, we answer no questions about them.

      If the date changes, we will say so here. For anything else that
      concerns security: security@quillmark.example
      "
    `)
    const correction = { ...fields, releaseAt: undefined, was: fields.releaseAt, nothingToRelease: true }
    const off = headsUpCorrected(correction)
    const moved = headsUpCorrected({ ...correction, releaseAt: fields.releaseAt + 7 * 86_400_000 })
    for (const { subject, text } of [note, off, moved]) expect(`${subject} ${text}`).not.toMatch(/release|update then/u)
    expect(wideLines(note.text + off.text + moved.text)).toEqual([])
  })

  it('stays within the columns', () => {
    expect(wideLines(headsUp(fields).text)).toEqual([])
  })

  it('takes only the number and the severities from the cases', () => {
    expect(headsUpFields(fields, [SMALL_SAMPLE, SAMPLE])).toEqual(fields)
    expect(headsUpFields(fields, [])).toBeUndefined()
  })

  it.each(['component', 'impact', 'cwe', 'cve', 'caseNumber', 'credits', 'references', 'branch', 'why', 'cases'])(
    'does not contain the %s, even if its fields do',
    (name) => {
      const wider = { ...fields, [name]: 'PLANTED' }
      expect(JSON.stringify(headsUp(wider))).not.toContain('PLANTED')
      const picked = headsUpFields(wider, [{ ...SAMPLE, [name]: 'PLANTED' }])
      expect(JSON.stringify(picked)).not.toContain('PLANTED')
    },
  )

  it('shows nothing of a whole record but its severity', () => {
    const { severity: _shown, project: _named, contact: _given, affected: _versions, ...secret } = SAMPLE
    const { text, subject } = headsUp({ ...fields, ...secret })
    for (const word of ['attachment', 'CWE', 'CVE', 'CVSS', 'SEC-2026', 'Robin', 'inkblot', 'path']) {
      expect(`${subject}\n${text}`).not.toContain(word)
    }
  })

  it('is corrected with the new date and nothing else', () => {
    const correction = { ...fields, releaseAt: undefined, was: fields.releaseAt }
    const moved = headsUpCorrected({ ...correction, releaseAt: fields.releaseAt + 7 * 86_400_000 })
    expect(moved.subject).toMatch(/^Correction: Quillmark security release now on /)
    expect(moved.text).toContain('comes on another day')
    const off = headsUpCorrected(correction)
    expect(off.subject).toBe('Correction: Quillmark security release called off')
    // The public is not told if only the hour changes, so the text names only the day.
    expect(off.text.replaceAll('\n', ' ')).toContain('announced for Tue 14 Jul 2026 will not come on that day.')
    expect(wideLines(moved.text + off.text)).toEqual([])
    const issues = { was: { count: 2, highest: 'high' }, now: { count: 1, highest: 'critical' } } as const
    const rated = headsUpCorrected({ ...correction, releaseAt: fields.releaseAt, issues })
    expect(`${rated.subject}\n\n${rated.text}`).toMatchInlineSnapshot(`
      "Correction: Quillmark security release on Tue 14 Jul 2026

      This has changed since the security release of Quillmark was announced:
      - It fixes one security issue, not two.
      - Its severity is critical, not high.

      It will come on Tue 14 Jul 2026, 14:00 UTC, as Quillmark 4.2.7 and
      3.9.12.

      For anything else that concerns security: security@quillmark.example
      "
    `)
    const both = headsUpCorrected({ ...correction, releaseAt: fields.releaseAt + 7 * 86_400_000, issues })
    expect(both.text).toMatchInlineSnapshot(`
      "The security release of Quillmark that was announced for Tue 14 Jul 2026
      comes on another day:
      - Tue 21 Jul 2026, 14:00 UTC

      This has changed too:
      - It fixes one security issue, not two.
      - Its severity is critical, not high.

      Please plan to update then.

      For anything else that concerns security: security@quillmark.example
      "
    `)
    const wider = { ...correction, reason: 'PLANTED', cases: ['PLANTED'], component: 'PLANTED' }
    expect(JSON.stringify(headsUpCorrected(wider))).not.toContain('PLANTED')
  })

  it('is corrected in the project’s own words if it has any, in which no other field has a value', () => {
    const template =
      '{{changes}}\nBefore: {{was}}\nNow: {{releaseAt}}, {{count}}\nAsk {{contact}}. {{component}}{{cve}}'
    const off = headsUpCorrected({ ...fields, releaseAt: undefined, was: fields.releaseAt, template })
    expect(`${off.subject}\n\n${off.text}`).toMatchInlineSnapshot(`
      "Correction: Quillmark security release called off

      The security release of Quillmark that was announced for Tue 14 Jul 2026
      will not come on that day.

      There is no new date yet. We will announce it here.
      Before: Tue 14 Jul 2026
      Ask security@quillmark.example.
      "
    `)
  })
})
