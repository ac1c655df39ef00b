import { describe, expect, it } from 'vitest'
import { COLUMNS } from '@embargo/core'
import { embargoProposal } from './embargo-proposal.ts'
import { embargoSettled } from './embargo-settled.ts'
import { leakCorrected } from './leak-corrected.ts'
import { leakNotice } from './leak-notice.ts'
import type { LetterBase } from './shared/letter.ts'
import { recipientExpired } from './recipient-expired.ts'
import { secrecyCorrected } from './secrecy-corrected.ts'
import { secrecyFailed } from './secrecy-failed.ts'

const base: LetterBase = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'person', name: 'Ana', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-10T14:00:00Z'),
  zone: 'Europe/Berlin',
}
const embargo = { end: Date.parse('2026-08-24T00:00:00Z') }
const proposal = {
  ...base,
  embargo,
  proposed: Date.parse('2026-09-15T14:00:00Z'),
  reason: 'The fix changes the file format, and two other projects read it.',
  answerBy: Date.parse('2026-06-17T14:00:00Z'),
}

describe('the proposal of another date', () => {
  it('says what is asked, until when, what the reader may do, and what silence is', () => {
    const mail = embargoProposal.words(proposal)
    expect(mail.subject).toBe('[SEC-2026-0042] Another date for the end of the embargo?')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      We would like to agree with you on another date. As it stands, the
      embargo ends Mon 24 Aug 2026, 00:00 UTC (02:00 your time, in 74 days).

      The date that we propose is Tue 15 Sep 2026, 14:00 UTC (16:00 your time,
      in 97 days).

      Why:

      The fix changes the file format, and two other projects read it.

      What agreeing means: until that date, or until the fix is public if that
      comes first, neither side makes anything public. It is the latest date
      and not the plan.

      Until then:
      - you may go on looking, keep your notes and your write-up, and talk
        with us about all of it;
      - you may share it with somebody who must help you, if they know that it
        is secret;
      - please publish nothing about it, no hint and no exploit, and use it
        against nobody.

      A yes, a no or another date are all fine: one line in a reply is enough.
      It would help to have it by Wed 17 Jun 2026, 14:00 UTC (16:00 your time,
      in 7 days).

      If you do not answer, that is not a yes and not a no. The date stays as
      it is then, and we ask again.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('begins another round where none is in force', () => {
    const { text } = embargoProposal.words({ ...proposal, embargo: 'none', reason: undefined })
    expect(text).toMatch(/No embargo is in force\s+now\./)
    expect(text).not.toContain('Why:')
  })
})

describe('what became of a date', () => {
  it('is told in a few lines', () => {
    expect(embargoSettled.words({ ...base, settled: 'agreed', embargo }).text).toMatchInlineSnapshot(`
      "Hello,

      Thank you, that is agreed. The embargo ends Mon 24 Aug 2026, 00:00 UTC
      (02:00 your time, in 74 days). It is the latest date and not the plan.

      Until then, or until the fix is public, neither side makes anything
      public. If it stops suiting you, a reply is enough.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
    expect(embargoSettled.words({ ...base, settled: 'not-agreed', embargo, reason: 'We cannot test it by then.' }).text)
      .toMatchInlineSnapshot(`
        "Hello,

        We could not agree to the date that was proposed.

        Why:

        We cannot test it by then.

        The embargo ends Mon 24 Aug 2026, 00:00 UTC (02:00 your time, in 74
        days). Nothing else changes. If that does not suit you, please name a
        date that does, and we talk about it.

        -- 
        Ana, for the Quillmark security team
        security@quillmark.example
        "
      `)
    expect(embargoSettled.words({ ...base, settled: 'opened', embargo: 'none' }).text).toMatchInlineSnapshot(`
      "Hello,

      As we agreed, we go on in public: the embargo has ended, and you are
      free to speak and to publish.

      If you can, keep working exploits back until people had time to update;
      that is a wish and not a condition.

      The fix and our own advisory follow. You are told when they are there.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })
})

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
})

describe('the word that the secret is not out', () => {
  const wrong = { ...base, by: 'public', endedAt: Date.parse('2026-06-08T14:00:00Z') } as const

  it('asks the reporter to keep it, and binds them to nothing', () => {
    const mail = secrecyCorrected.words({ ...wrong, reader: 'reporter' })
    expect(mail.subject).toBe('[SEC-2026-0042] What we wrote about the embargo was wrong')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      We wrote to you that the embargo on SEC-2026-0042 in Quillmark ended Mon
      8 Jun 2026, 14:00 UTC (16:00 your time, 2 days ago), because of this:
      The vulnerability has become public. We have looked again, and that was
      wrong. As far as we know, it is still secret.

      What we ask you now: please keep it to yourself until the fix is public.
      You agreed to nothing by this mail; if we want to agree on an embargo
      anew, we ask you about its date.

      If you have published or told something since, please tell us what and
      where, so that we can act on it: a reply is enough. It was our mistake,
      and nobody is blamed for what they did on our word.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('asks a recipient to stop, and names the date where one is planned', () => {
    const releaseAt = Date.parse('2026-06-23T14:00:00Z')
    expect(secrecyCorrected.words({ ...wrong, reader: 'recipient', releaseAt }).text).toMatchInlineSnapshot(`
      "Hello,

      We wrote to you that the embargo on SEC-2026-0042 in Quillmark ended Mon
      8 Jun 2026, 14:00 UTC (16:00 your time, 2 days ago), because of this:
      The vulnerability has become public. We have looked again, and that was
      wrong. As far as we know, it is still secret.

      What we ask you now: please stop what you began on our word, publish and
      deploy nothing with the patches, and keep them and our mails to
      yourselves again, until the release, which is planned for Tue 23 Jun
      2026, 14:00 UTC (16:00 your time, in 13 days).

      If you have published or told something since, please tell us what and
      where, so that we can act on it: a reply is enough. It was our mistake,
      and nobody is blamed for what they did on our word.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
    expect(secrecyCorrected.words({ ...wrong, reader: 'recipient' }).text.replaceAll(/\s+/g, ' ')).toContain(
      'to yourselves again, until you hear from us that it is public.',
    )
  })
})

describe('the word to a recipient that the embargo has run out', () => {
  const over = { ...base, endedAt: Date.parse('2026-06-10T00:00:00Z') }

  it('says that it is secret still, what we ask, and what to be ready for', () => {
    const releaseAt = Date.parse('2026-06-23T14:00:00Z')
    const mail = recipientExpired.words({ ...over, releaseAt })
    expect(mail.subject).toBe('[SEC-2026-0042] TLP:AMBER the embargo has ended, and nothing is public yet')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      You have patches from us for SEC-2026-0042 in Quillmark. The embargo on
      it ended at its date, Wed 10 Jun 2026, 00:00 UTC (02:00 your time, 14
      hours ago). As far as we know, nothing is public. Whoever found it is
      free to publish now, and may do so at any time.

      The release is planned for Tue 23 Jun 2026, 14:00 UTC (16:00 your time,
      in 13 days).

      What we ask: please publish nothing before we do, keep the patches and
      our mails to yourselves as before, and be ready to publish at short
      notice. You hear at once when it becomes public.

      A program wrote this mail. If you see any of it in public, or cannot
      wait any longer, reply: a person reads it.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
    expect(recipientExpired.words(over).text).toContain('No release is planned at the moment.')
  })

  it('is followed by what has become public, and by what was wrongly said to be', () => {
    const reader = { reader: 'recipient', by: 'public', expired: true } as const
    const out = secrecyFailed.words({ ...over, ...reader })
    expect(out.subject).toBe('[SEC-2026-0042] It has become public')
    expect(out.text.replaceAll(/\s+/g, ' ')).toContain(
      'The vulnerability has become public. The embargo on SEC-2026-0042 in Quillmark had ended at its date before, Wed 10 Jun 2026',
    )
    const wrong = secrecyCorrected.words({ ...over, ...reader })
    expect(wrong.subject).toBe('[SEC-2026-0042] What we wrote was wrong')
    expect(wrong.text.replaceAll(/\s+/g, ' ')).toContain(
      'whose embargo had ended at its date: The vulnerability has become public. We have looked again',
    )
  })
})

describe('the word of a leak', () => {
  it('asks the others to be ready, and names nobody', () => {
    expect(leakNotice.words({ ...base, embargo }).text).toMatchInlineSnapshot(`
      "Hello,

      We have reason to think that details of SEC-2026-0042 in Quillmark got
      out to somebody who was not told by us.

      The embargo still holds, until we publish and at the latest until Mon 24
      Aug 2026, 00:00 UTC (02:00 your time, in 74 days). We decide now whether
      it ends earlier, and you hear at once if it does. Please be ready to
      publish at short notice.

      If you saw any of it in public, or know who has it, tell us: a reply is
      enough. Nobody will be blamed for telling.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })
})

describe('the word that there was no leak', () => {
  it('takes back what they were told, and says what holds', () => {
    const releaseAt = Date.UTC(2026, 5, 23, 14)
    expect(leakCorrected.words({ ...base, embargo, releaseAt }).text).toMatchInlineSnapshot(`
      "Hello,

      We wrote to you that details of SEC-2026-0042 in Quillmark may have got
      out. We have looked again, and that was wrong. As far as we know, it is
      still secret.

      The embargo holds as before, until we publish and at the latest until
      Mon 24 Aug 2026, 00:00 UTC (02:00 your time, in 74 days). The release is
      planned for Tue 23 Jun 2026, 14:00 UTC (16:00 your time, in 13 days).
      You need not be ready any earlier.

      If you have published or told something since, please tell us what and
      where, so that we can act on it: a reply is enough. It was our mistake,
      and nobody is blamed for what they did on our word.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
    expect(leakCorrected.words({ ...base, embargo: 'none' }).text.replaceAll(/\s+/g, ' ')).toContain(
      'Please keep what you have to yourselves until we publish. You need not be ready any earlier.',
    )
  })
})

const EVERY = [
  embargoProposal.words(proposal),
  embargoProposal.words({ ...proposal, embargo: 'none' }),
  ...(['agreed', 'decided', 'for-another', 'not-agreed', 'opened'] as const).map((settled) =>
    embargoSettled.words({ ...base, settled, embargo }),
  ),
  ...(['public', 'exploit', 'attacks', 'leak'] as const).flatMap((by) =>
    (['reporter', 'recipient'] as const).map((reader) =>
      secrecyFailed.words({ ...base, by, reader, endedAt: base.now }),
    ),
  ),
  ...(['public', 'exploit', 'attacks', 'leak'] as const).flatMap((by) =>
    (['reporter', 'recipient'] as const).map((reader) =>
      secrecyCorrected.words({ ...base, by, reader, endedAt: base.now }),
    ),
  ),
  recipientExpired.words({ ...base, endedAt: base.now, releaseAt: base.now }),
  leakNotice.words({ ...base, embargo }),
  leakCorrected.words({ ...base, embargo, releaseAt: base.now }),
]

describe('a date that the team did not agree to', () => {
  it('counts until there is an agreement, where it is the earliest, and is called nothing else', () => {
    const { text } = embargoSettled.words({ ...base, settled: 'not-agreed', embargo: { end: base.now, named: true } })
    expect(text.replaceAll(/\s+/gu, ' ')).toContain('Until we agree on a date, the earliest one that was named counts:')
  })
})

describe('every letter about secrecy', () => {
  it('stays within the columns', () => {
    expect(EVERY.flatMap(({ text }) => text.split('\n')).filter((line) => line.length > COLUMNS)).toEqual([])
  })

  it('says nothing of a planted recipient, colleague, or place of an exploit', () => {
    const planted = { recipient: 'PLANTED', suspect: 'PLANTED', proposer: 'PLANTED', exploit: 'PLANTED' }
    const letters = [
      embargoProposal.words({ ...proposal, ...planted }),
      embargoSettled.words({ ...base, ...planted, settled: 'agreed', embargo }),
      secrecyFailed.words({ ...base, ...planted, by: 'leak', reader: 'recipient', endedAt: base.now }),
      secrecyCorrected.words({ ...base, ...planted, by: 'leak', reader: 'recipient', endedAt: base.now }),
      leakNotice.words({ ...base, ...planted, embargo }),
      leakCorrected.words({ ...base, ...planted, embargo }),
    ]
    expect(JSON.stringify(letters)).not.toContain('PLANTED')
  })
})
