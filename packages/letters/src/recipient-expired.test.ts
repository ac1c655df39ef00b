import { describe, expect, it } from 'vitest'
import { base, PLANTED, wideLines } from '../test/sample-base.ts'
import { recipientExpired } from './recipient-expired.ts'

describe('the notice to a recipient that the embargo has run out', () => {
  const over = { ...base, tlp: 'TLP:AMBER+STRICT' as const, endedAt: Date.parse('2026-06-10T00:00:00Z') }

  it('says that the vulnerability is still secret, what we ask, and what to be ready for', () => {
    const releaseAt = Date.parse('2026-06-23T14:00:00Z')
    const mail = recipientExpired.words({ ...over, releaseAt })
    expect(mail.subject).toBe('[SEC-2026-0042] TLP:AMBER+STRICT the embargo has ended, and nothing is public yet')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      You have patches from us for SEC-2026-0042 in Quillmark. The embargo on
      it reached its end date, Wed 10 Jun 2026, 00:00 UTC (02:00 your time).
      As far as we know, nothing is public. Anyone who found it is free to
      publish now, and may do so at any time.

      The release is planned for Tue 23 Jun 2026, 14:00 UTC (16:00 your time).

      What we ask: please publish nothing before we do, keep the patches and
      our mails to yourselves as before, and be ready to publish at short
      notice. We will tell you at once when it becomes public.

      A program wrote this mail. If you see any of it in public, or cannot
      wait any longer, reply: a person reads it.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
    expect(recipientExpired.words(over).text).toContain('No release is planned at the moment.')
  })

  it('stays within the columns', () => {
    expect(wideLines(recipientExpired.words({ ...over, releaseAt: base.now }))).toEqual([])
  })

  it('reveals no recipient, colleague or place of an exploit, even if its fields contain them', () => {
    expect(JSON.stringify(recipientExpired.words({ ...over, ...PLANTED }))).not.toContain('PLANTED')
  })
})
