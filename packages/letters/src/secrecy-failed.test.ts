import { describe, expect, it } from 'vitest'
import { base, PLANTED, wideLines } from '../test/sample-base.ts'
import { secrecyFailed } from './secrecy-failed.ts'

describe('the word that the secret is out', () => {
  const failed = { ...base, by: 'public', endedAt: base.now, link: 'https://forum.example/thread/1' } as const

  it('tells the reporter what they may say now, and blames nobody', () => {
    const mail = secrecyFailed.words({ ...failed, reader: 'reporter' })
    expect(mail.subject).toBe('[SEC-2026-0042] The embargo has ended early')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      The vulnerability has become public. The embargo on SEC-2026-0042 in
      Quillmark ended because of it, Wed 10 Jun 2026, 14:00 UTC (16:00 your
      time, now).

      - https://forum.example/thread/1

      What we do now: we tell people as soon as we can what they need to
      protect themselves, if it must be before the fix is there. The full
      advisory follows.

      What you may do now: you are free to speak about it, your own write-up
      included. If you can, wait for our advisory, and keep a working exploit
      back for some days: people who run it have had no time to update.

      We do not ask whose fault it was, and nobody is blamed for telling what
      they know. If you have seen something that helps us, a reply reaches us.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('tells a recipient that they may publish', () => {
    expect(secrecyFailed.words({ ...failed, reader: 'recipient', by: 'attacks', link: undefined }).text)
      .toMatchInlineSnapshot(`
        "Hello,

        Attacks that use the vulnerability have been seen. The embargo on
        SEC-2026-0042 in Quillmark ended because of it, Wed 10 Jun 2026, 14:00
        UTC (16:00 your time, now).

        What we do now: we tell people as soon as we can what they need to
        protect themselves, if it must be before the fix is there. The full
        advisory follows.

        What you may do now: build, publish and deploy with the patches that you
        have, and tell your users. If the patches are not final, you hear from
        us. Our earlier mails about it stay between us.

        We do not ask whose fault it was, and nobody is blamed for telling what
        they know. If you have seen something that helps us, a reply reaches us.

        -- 
        Ana, for the Quillmark security team
        security@quillmark.example
        "
      `)
  })

  it('names no embargo as ended by it where that had ended at its date before', () => {
    const out = secrecyFailed.words({ ...failed, reader: 'recipient', expired: true })
    expect(out.subject).toBe('[SEC-2026-0042] It has become public')
    expect(out.text.replaceAll(/\s+/g, ' ')).toContain(
      'The vulnerability has become public. The embargo on SEC-2026-0042 in Quillmark had ended at its date before, Wed 10 Jun 2026',
    )
  })

  it('stays within the columns', () => {
    expect(
      (['public', 'exploit', 'attacks', 'leak'] as const).flatMap((by) =>
        (['reporter', 'recipient'] as const).flatMap((reader) =>
          wideLines(secrecyFailed.words({ ...failed, by, reader })),
        ),
      ),
    ).toEqual([])
  })

  it('says nothing of a planted recipient, colleague, or place of an exploit', () => {
    expect(
      JSON.stringify(secrecyFailed.words({ ...base, ...PLANTED, by: 'leak', reader: 'recipient', endedAt: base.now })),
    ).not.toContain('PLANTED')
  })
})
