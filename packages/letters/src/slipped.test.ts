import { describe, expect, it } from 'vitest'
import { recipientSlipped } from './recipient-slipped.ts'
import { slipped } from './slipped.ts'

const base = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'team', address: 'security@quillmark.example' },
  now: Date.parse('2026-07-10T09:00:00Z'),
  was: Date.parse('2026-07-14T14:00:00Z'),
} as const
const newDate = Date.parse('2026-07-21T14:00:00Z')

describe('a date that is no longer valid', () => {
  it('tells the reporter the new date, why it changed, and what stays the same', () => {
    const mail = slipped.words({
      ...base,
      newDate,
      reason: 'The fix for 4.2 needs another week.',
      embargoEnd: Date.parse('2026-08-24T00:00:00Z'),
    })
    expect(mail.subject).toBe('[SEC-2026-0042] Another date')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      The fix for what you reported was planned to be public on Tue 14 Jul
      2026. The new date is Tue 21 Jul 2026, 14:00 UTC.

      The reason:

      The fix for 4.2 needs another week.

      Everything else stays as we agreed: please keep it between us until it
      is public, or until Mon 24 Aug 2026, 00:00 UTC at the latest. What you
      told us, including how you want to be credited, still holds.

      If this does not suit you, a reply is enough, and we talk about it.

      -- 
      The Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('tells the reporter when no new date is set yet', () => {
    const mail = slipped.words(base)
    expect(mail.subject).toBe('[SEC-2026-0042] The planned date no longer holds')
    const text = mail.text.replaceAll('\n', ' ')
    expect(text).toContain('was planned to be public on Tue 14 Jul 2026. That is no longer so')
    expect(text).toContain('there is no new date yet. We will tell you the new date once it is certain.')
    expect(mail.text).not.toContain('The reason')
  })

  it('tells a recipient the new date, and that the embargo continues', () => {
    const mail = recipientSlipped.words({
      ...base,
      secrecy: {},
      tlp: 'TLP:AMBER+STRICT',
      cases: ['SEC-2026-0042', 'SEC-2026-0043'],
      newDate,
    })
    expect(mail.subject).toBe('[SEC-2026-0042, SEC-2026-0043] TLP:AMBER+STRICT the release has another date')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      The release of Quillmark that was planned for Tue 14 Jul 2026 comes Tue
      21 Jul 2026, 14:00 UTC instead.

      The embargo on these issues goes on until then, with the same terms.
      Please publish nothing before.

      Please reply that you have read this: a line is enough. If the new date
      cannot work for you, say so, and a person answers.

      -- 
      The Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('tells a recipient that a release is cancelled', () => {
    const mail = recipientSlipped.words({
      ...base,
      secrecy: {},
      tlp: 'TLP:AMBER+STRICT',
      cases: ['SEC-2026-0042'],
      reason: 'The fix is wrong.',
    })
    expect(mail.subject).toBe('[SEC-2026-0042] TLP:AMBER+STRICT the release is cancelled')
    expect(mail.text).toContain('The embargo on this issue goes on.')
    expect(mail.text).toContain('The fix is wrong.')
  })
})
