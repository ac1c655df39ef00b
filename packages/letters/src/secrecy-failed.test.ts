import { describe, expect, it } from 'vitest'
import { base, PLANTED, wideLines } from '../test/sample-base.ts'
import { secrecyFailed } from './secrecy-failed.ts'

describe('the notice that the secret is out', () => {
  const failed = { ...base, by: 'public', endedAt: base.now, link: 'https://forum.example/thread/1' } as const

  it('tells the reporter what they may say now, and blames nobody', () => {
    const mail = secrecyFailed.words({ ...failed, reader: 'reporter' })
    expect(mail.subject).toBe('[SEC-2026-0042] The embargo has ended early')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      The vulnerability has become public. The embargo on SEC-2026-0042 in
      Quillmark therefore ended Wed 10 Jun 2026, 14:00 UTC (16:00 your time).

      - https://forum.example/thread/1

      We will now tell people as soon as possible how to protect themselves,
      if necessary before the fix is ready. The full advisory follows.

      You are now free to speak about it and to publish your own write-up. If
      you can, wait for our advisory, and hold back a working exploit for some
      days, because users have had no time to update.

      We do not ask whose fault it was, and nobody will be blamed for what
      they tell us. If you have seen something that could help us, please
      reply.

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
      SEC-2026-0042 in Quillmark therefore ended Wed 10 Jun 2026, 14:00 UTC
      (16:00 your time).

      We will now tell people as soon as possible how to protect themselves,
      if necessary before the fix is ready. The full advisory follows.

      You may now build, publish and deploy with the patches that you have,
      and tell your users. If the patches are not final, we will tell you.
      Please keep our earlier mails about it to yourselves.

      We do not ask whose fault it was, and nobody will be blamed for what
      they tell us. If you have seen something that could help us, please
      reply.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('does not say that the failure ended the embargo if the embargo had already reached its end date', () => {
    const out = secrecyFailed.words({ ...failed, reader: 'recipient', expired: true })
    expect(out.subject).toBe('[SEC-2026-0042] It has become public')
    expect(out.text.replaceAll(/\s+/g, ' ')).toContain(
      'The vulnerability has become public. The embargo on SEC-2026-0042 in Quillmark had already reached its end date, Wed 10 Jun 2026',
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

  it('reveals no recipient, colleague or place of an exploit, even if its fields contain them', () => {
    expect(
      JSON.stringify(secrecyFailed.words({ ...base, ...PLANTED, by: 'leak', reader: 'recipient', endedAt: base.now })),
    ).not.toContain('PLANTED')
  })
})
