import { describe, expect, it } from 'vitest'
import { embargoLifted } from './embargo-lifted.ts'
import type { EmbargoLiftedFields, LiftReason } from './embargo-lifted.ts'
import { COLUMNS } from '@embargo/core'

const fields: EmbargoLiftedFields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'team', address: 'security@quillmark.example' },
  now: Date.parse('2026-07-14T14:05:00Z'),
  cases: [{ number: 'SEC-2026-0042', cve: 'CVE-1900-0042' }, { number: 'SEC-2026-0043' }],
  endedAt: Date.parse('2026-07-14T14:00:00Z'),
  reason: 'released',
  versions: ['4.2.7', '3.9.12'],
  links: ['https://quillmark.example/security/SEC-2026-0042'],
}

describe('embargo lifted', () => {
  it('tells a recipient that the embargo ended, what is public, and what they may do', () => {
    const mail = embargoLifted.words(fields)
    expect(mail.subject).toBe('[SEC-2026-0042, SEC-2026-0043] The embargo has ended')
    expect(mail.automatic).toBe(true)
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      The embargo on these issues in Quillmark ended Tue 14 Jul 2026, 14:00
      UTC. The fix is public.

      SEC-2026-0042  CVE-1900-0042
      SEC-2026-0043  CVE pending

      Fixed and public: Quillmark 4.2.7 and 3.9.12.

      - https://quillmark.example/security/SEC-2026-0042

      You may now publish your packages, deploy, tell your users and speak
      about it. Please keep our earlier mails about it to yourselves; the
      public texts say what people need.

      If anything went wrong on the way, or is wrong in what we published,
      please reply.

      -- 
      The Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it.each<[LiftReason, string]>([
    ['released', 'The fix is public.'],
    ['public', 'became known in public'],
    ['exploit', 'exploit became public'],
    ['attacks', 'Attacks have been seen'],
    ['leak', 'got out before'],
    ['opened', 'work on the fix in public'],
    ['expired', 'Its end has come.'],
  ])('says why: %s', (reason, words) => {
    expect(embargoLifted.words({ ...fields, reason, versions: [] }).text.replaceAll('\n', ' ')).toContain(words)
  })

  it('says so if there is no fixed release', () => {
    expect(embargoLifted.words({ ...fields, versions: [] }).text).toContain('There is no fixed release yet.')
  })

  it('thanks nobody for secrecy, because one reader may have leaked it, and does not say "as planned" of a moved date', () => {
    for (const nothingToRelease of [false, true]) {
      const { text } = embargoLifted.words({ ...fields, nothingToRelease })
      expect(text).not.toMatch(/thank you for keeping|as planned/iu)
    }
  })

  it('says of a hosted service that the advisory is public and there is nothing to install', () => {
    const { text } = embargoLifted.words({ ...fields, versions: [], nothingToRelease: true })
    const oneLine = text.replaceAll('\n', ' ')
    expect(oneLine).toContain('The advisory is public.')
    expect(oneLine).toContain('The service of Quillmark is fixed: there is nothing to install.')
    expect(oneLine).toContain('You may now tell your users and speak about it.')
    expect(oneLine).not.toMatch(/packages|patches|release/)
  })

  it('stays within the columns', () => {
    expect(
      embargoLifted
        .words(fields)
        .text.split('\n')
        .filter((line) => line.length > COLUMNS),
    ).toEqual([])
  })

  it('names no other recipient and no reporter, whatever fields it gets', () => {
    const wider = { ...fields, recipients: ['PLANTED'], reporter: 'PLANTED', component: 'PLANTED' }
    expect(JSON.stringify(embargoLifted.words(wider))).not.toContain('PLANTED')
  })

  it('says which cases stay secret, before what they may do now', () => {
    const { text } = embargoLifted.words({ ...fields, kept: ['SEC-2026-0044'] })
    // The kept case may have left the release long before, and its own embargo may have ended since.
    const kept = text
      .replaceAll('\n', ' ')
      .indexOf(
        'SEC-2026-0044 is not part of this release. It stays under embargo, unless we told you that its embargo has ended:',
      )
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(text.indexOf('You may now publish'))
  })
})
