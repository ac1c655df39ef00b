import { describe, expect, it } from 'vitest'
import { base, PLANTED, wideLines } from '../test/sample-base.ts'
import { secrecyCorrected } from './secrecy-corrected.ts'

describe('the notice that the secret is not out', () => {
  const wrong = { ...base, by: 'public', endedAt: Date.parse('2026-06-08T14:00:00Z') } as const

  it('asks the reporter for secrecy, and binds them to nothing', () => {
    const mail = secrecyCorrected.words({ ...wrong, reader: 'reporter' })
    expect(mail.subject).toBe('[SEC-2026-0042] What we wrote about the embargo was wrong')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      We wrote to you that the embargo on SEC-2026-0042 in Quillmark ended Mon
      8 Jun 2026, 14:00 UTC (16:00 your time), for this reason: The
      vulnerability has become public. We have looked again, and that was
      wrong. As far as we know, the vulnerability is still secret.

      We now ask you to keep it to yourself until the fix is public. This mail
      does not bind you: if we want to agree on a new embargo, we will ask you
      about its date.

      If you have published anything or told anybody since, please reply and
      tell us what and where, so that we can act on it. It was our mistake,
      and we blame nobody for relying on our mail.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('asks a recipient to stop, and names the date if one is planned', () => {
    const releaseAt = Date.parse('2026-06-23T14:00:00Z')
    expect(secrecyCorrected.words({ ...wrong, reader: 'recipient', releaseAt }).text).toMatchInlineSnapshot(`
      "Hello,

      We wrote to you that the embargo on SEC-2026-0042 in Quillmark ended Mon
      8 Jun 2026, 14:00 UTC (16:00 your time), for this reason: The
      vulnerability has become public. We have looked again, and that was
      wrong. As far as we know, the vulnerability is still secret.

      We now ask you to stop anything that you began because of our mail, not
      to publish or deploy anything with the patches, and to keep the patches
      and our mails to yourselves again, until the release, which is planned
      for Tue 23 Jun 2026, 14:00 UTC (16:00 your time).

      If you have published anything or told anybody since, please reply and
      tell us what and where, so that we can act on it. It was our mistake,
      and we blame nobody for relying on our mail.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
    expect(secrecyCorrected.words({ ...wrong, reader: 'recipient' }).text.replaceAll(/\s+/g, ' ')).toContain(
      'to yourselves again, until you hear from us that it is public.',
    )
  })

  it('says what was wrong if the embargo had already reached its end date', () => {
    const letter = secrecyCorrected.words({ ...wrong, reader: 'recipient', expired: true })
    expect(letter.subject).toBe('[SEC-2026-0042] What we wrote was wrong')
    expect(letter.text.replaceAll(/\s+/g, ' ')).toContain(
      'whose embargo had reached its end date, we wrote to you: The vulnerability has become public. We have looked again',
    )
  })

  it('stays within the columns', () => {
    expect(
      (['public', 'exploit', 'attacks', 'leak'] as const).flatMap((by) =>
        (['reporter', 'recipient'] as const).flatMap((reader) =>
          wideLines(secrecyCorrected.words({ ...wrong, by, reader })),
        ),
      ),
    ).toEqual([])
  })

  it('reveals no recipient, colleague or place of an exploit, even if its fields contain them', () => {
    expect(
      JSON.stringify(secrecyCorrected.words({ ...wrong, ...PLANTED, by: 'leak', reader: 'recipient' })),
    ).not.toContain('PLANTED')
  })
})
