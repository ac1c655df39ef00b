import { describe, expect, it } from 'vitest'
import { base, PLANTED, wideLines } from '../test/sample-base.ts'
import { publicText } from './public-text.ts'
import type { PublicTextFields } from './public-text.ts'

const fields: PublicTextFields = {
  ...base,
  record: {
    caseNumber: 'SEC-2026-0042',
    project: 'Quillmark',
    component: 'include reader',
    impact: 'By rendering a crafted include, an attacker may read files outside of the template folder.',
    severity: 'high',
    cvss: {},
    affected: [{ branch: 'main', range: '2.0 to 2.4.0', fixedVersion: '2.4.1' }],
    credits: [{ kind: 'named', text: 'Robin Sample' }],
    dates: { reported: Date.parse('2026-06-02T09:00:00Z') },
    references: [],
    contact: 'security@quillmark.example',
  },
  contact: 'security@quillmark.example',
  credit: 'Robin Sample',
  plannedFor: Date.parse('2026-06-16T14:00:00Z'),
  secrecy: 'bound',
}

describe('the public text that a reporter checks', () => {
  it('is the announcement of their case, with credit and date, and asks for an answer', () => {
    const mail = publicText.words(fields)
    expect(mail.subject).toBe('[SEC-2026-0042] Please check what we will publish')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      The fix is ready. Below is what we will publish about what you reported.
      Is anything wrong or missing in it, or does it say too much? "It is
      right" is enough as an answer. Without an answer, we go on.

      Credit   Robin Sample
      Planned  Tue 16 Jun 2026, 14:00 UTC (16:00 your time)

      The text is under the embargo like everything else here. Please do not
      put it anywhere public.

      The text:

      Quillmark 2.4.1 fixes a security issue (high)

      Quillmark 2.4.1 fixes a security issue. Please upgrade.

      SEC-2026-0042, CVE pending (high)
      By rendering a crafted include, an attacker may read files outside of
      the template folder.

      Am I affected?  2.0 to 2.4.0
      Fix             2.4.1
      Exploitation    none known
      Component       include reader
      Credit          Robin Sample
      Timeline        2 Jun 2026 reported

      Reports: security@quillmark.example

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
    expect(wideLines(mail)).toEqual([])
  })

  it('asks for the credit that nobody has decided', () => {
    const { credit: _none, ...open } = fields
    const text = publicText.words({ ...open, isCreditOpen: true }).text.replaceAll('\n', ' ')
    expect(text).toContain('because we do not know how you want to be named')
    expect(publicText.words(fields).text).not.toContain('You are not named')
  })

  it('says nothing of what it has no field for', () => {
    expect(JSON.stringify(publicText.words({ ...fields, ...PLANTED }))).not.toContain('PLANTED')
  })
})
