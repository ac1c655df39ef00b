import { describe, expect, it } from 'vitest'
import { invitation } from './invitation.ts'

const FIELDS = {
  caseNumber: 'SEC-2026-0042',
  project: 'Lantern',
  from: { kind: 'team' as const, address: 'security@lantern.example' },
  now: Date.UTC(2026, 5, 4, 9),
  by: 'Ana',
  as: 'maintainer',
  embargo: { end: Date.UTC(2026, 7, 24) },
  secrecy: 'bound' as const,
  ways: [
    { typed: '/cvd people join SEC-2026-0042', where: 'in Slack' },
    { typed: 'embargo SEC-2026-0042 people join', where: 'in a terminal' },
  ],
}

describe('the mail to a person who is invited to a case', () => {
  it('says the terms and how to answer', () => {
    expect(invitation.words(FIELDS)).toMatchInlineSnapshot(`
      {
        "attachments": [],
        "automatic": true,
        "subject": "[SEC-2026-0042] You are invited to a case",
        "text": "Hello,

      Ana asks you to join SEC-2026-0042 in Lantern as maintainer. You will
      learn what it is about once you have agreed to the terms below.

      An embargo is in force until Mon 24 Aug 2026, 00:00 UTC, or until the
      fix is public. Until then:
      1. Tell nobody except the people on the case, not even inside your own
         organisation.
      2. Keep patches and texts out of public places: no public branch, build,
         issue or chat.
      3. Use what you learn for this case and for nothing else.
      4. Say so at once if something got out, or if you have a conflict of
         interest. Nobody is blamed for saying it.

      To agree, run "/cvd people join SEC-2026-0042" in Slack, or "embargo
      SEC-2026-0042 people join" in a terminal; to decline, type "decline" in
      place of "join". People read replies to this mail, but a reply neither
      accepts nor declines.

      If you do nothing, nothing happens: you are not on the case, and you are
      not bound by anything.

      -- 
      The Lantern security team
      security@lantern.example
      ",
      }
    `)
  })

  it('says so if no embargo is in force', () => {
    const { text } = invitation.words({ ...FIELDS, by: undefined, embargo: 'none' })
    expect(text).toContain('No embargo is in force now.')
    expect(text).toContain('The security team asks you to join')
  })

  it('keeps to 72 columns', () => {
    for (const row of invitation.words(FIELDS).text.split('\n')) expect(row.length, row).toBeLessThanOrEqual(72)
  })
})
