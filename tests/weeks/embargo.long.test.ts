import { PROFILES } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { teamOfThree } from './house/policy.ts'
import { playAssessment, playUntilReady, REPORT, playReport } from './house/steps.ts'
import { weekTest } from './house/week.ts'

describe('an embargo', () => {
  it(
    'has an end that the reporter names: the earlier date counts until both sides agree',
    weekTest(async (week) => {
      await playReport(week)
      const { ana, robin, channel } = week
      await robin.answers('I publish on 1 July, whatever you do.')
      await ana.types('/cvd log-answer last proposes 2026-07-01')
      expect(channel().card()).toMatch(/Embargo ends Wed 1 Jul/u)
      expect(channel().card()).not.toContain('unanswered')
    }),
  )

  it(
    'is extended: the team asks with a reason, the reporter agrees by mail, and silence is not taken as consent',
    weekTest(async (week) => {
      await playAssessment(week)
      const { ana, robin, channel, time } = week
      robin.news()
      await ana.types('/cvd embargo until 2026-09-20 the parser library needs longer')
      expect(robin.news()).toEqual([
        expect.stringMatching(/Another date.*Sun 20 Sep 2026.*the parser library needs longer/u),
      ])
      expect(await ana.types('/cvd embargo accept')).toContain('The other side must agree to a proposed date.')
      await time.passes('8 days')
      expect(channel().card()).toMatch(/the reporter, about a new date.*Embargo ends Mon 31 Aug/su)
      await robin.answers('Fine with me.')
      await ana.types('/cvd log-answer last consent-yes')
      expect(channel().card()).toMatch(/Embargo ends Sun 20 Sep/u)
    }),
  )

  it(
    'is extended beyond 120 days: this takes two admins',
    weekTest(async (week) => {
      await playAssessment(week)
      const { ana } = week
      expect(await ana.types('/cvd embargo until 2026-12-01 we need longer')).toMatch(/120 days|two admins|admin/u)
    }),
  )

  it(
    'of a low case gives way to work in public: once the reporter agrees by mail, with no list and no heads-up',
    weekTest(async (week) => {
      await playAssessment(week, { severity: 'low' })
      const { ana, robin, channel, mailsThatLeft } = week
      expect(await ana.types('/cvd embargo open')).toContain('The other side must agree to a proposed date.')
      await robin.answers('Let us do it in the open.')
      await ana.types('/cvd log-answer last open-yes')
      await ana.typesAndPresses('/cvd embargo open', 'Go on in public')
      expect(channel().card()).toMatch(/Embargo over since/u)
      expect(mailsThatLeft().filter((mail) => !mail.startsWith('robin@'))).toEqual([])
    }),
  )

  it(
    'runs out with no fix: people are warned three times and by mail at last, the reporter is told, and nothing is published automatically',
    weekTest(async (week) => {
      await playAssessment(week)
      const { robin, channel, time, mailsThatLeft } = week
      const escalated = () => mailsThatLeft().filter((mail) => /^(?:ana|ben|dana)@/u.test(mail))
      robin.news()
      for (const fourteenThenSeven of ['2026-08-17T10:00Z', '2026-08-24T10:00Z']) {
        channel().news()
        await time.comes(fourteenThenSeven)
        expect(channel().news()).toMatch(/the embargo ends/u)
      }
      const before = escalated().length
      // The day before the deadline is a Sunday, so the reminder for that day comes on the Friday before it.
      await time.comes('2026-08-28T16:30Z')
      expect(
        escalated()
          .slice(before)
          .map((mail) => mail.split(':')[0]),
      ).toEqual(['ana@quillmark.example', 'ben@quillmark.example', 'dana@quillmark.example'])
      expect(robin.news()).toEqual([])
      await time.comes('2026-08-31T10:00Z')
      expect(channel().card()).toMatch(/Embargo over since/u)
      expect(
        escalated()
          .slice(before + 3)
          .map((mail) => mail.split(':')[0]),
      ).toEqual(['ana@quillmark.example', 'dana@quillmark.example'])
      expect(robin.news()).toEqual([
        expect.stringMatching(
          /The embargo has ended.*reached its end date.*there is no fix yet.*free to speak.*agree on another date/u,
        ),
      ])
      await time.passes('3 days')
      expect(robin.news()).toEqual([])
      expect(mailsThatLeft().filter((mail) => /announce|oss-security|north|south/u.test(mail))).toEqual([])
    }),
  )

  it(
    'ends on a weekend: the release is proposed in the window before, and one on a Saturday is refused',
    weekTest(
      async (week) => {
        await playUntilReady(week)
        const { ana } = week
        const shown = await ana.types('/prenotify')
        expect(shown).toMatch(/Release {2}(?:Tue|Wed|Thu) .*14:00 UTC/u)
        const refused = await ana.types('/prenotify 2026-06-13 14:00')
        expect(refused).toMatch(/Releases come out when people are at work/u)
        expect(refused.match(/(?:Tue|Wed|Thu) \d+ Jun/gu)?.length ?? 0).toBeGreaterThanOrEqual(3)
        // The embargo ends on Saturday 29 August at 09:00, before the next release window opens.
        const last = await ana.types('/cvd release plan 2026-08-29 08:00')
        expect(last).toMatch(
          /Releases come out when people are at work.*names Thu 27 Aug 2026, 14:00 UTC.*, the last time inside the embargo/su,
        )
      },
      { opens: '2026-05-31T09:00Z' },
    ),
  )
})

describe('a holiday', () => {
  it(
    'is no working day and no day for a release: the next ones are named, and the time for an answer runs on after it',
    weekTest(
      async (week) => {
        await playUntilReady(week)
        const { ana, channel } = week
        const refused = await ana.types('/prenotify 2026-06-16 14:00')
        expect(refused).toMatch(/Releases come out when people are at work/u)
        expect(refused).toMatch(/next possible times: Wed 17 Jun 2026, 14:00 UTC/u)
        expect(await ana.types('/prenotify 2026-06-17 14:00')).toContain('Nothing has been sent yet')

        await week.somebody('Mo Second', 'mo@second.example').mails({ ...REPORT, subject: 'the cache forgets' })
        expect(await ana.types('/cvd remind', channel(2))).toMatch(/offer-owner: .* due Mon 8 Jun 2026/u)
      },
      {
        opens: '2026-06-02T09:00Z',
        policy: teamOfThree({ calendar: { ...PROFILES.team.calendar, holidays: ['2026-06-03', '2026-06-16'] } }),
      },
    ),
  )
})

describe('a report on a Friday afternoon', () => {
  it(
    'is due on Saturday: reminded of the same day, in peace over the weekend, and by mail to all on Monday morning',
    weekTest(
      async ({ robin, ana, channel, time, mailsThatLeft }) => {
        await robin.mails(REPORT)
        expect(robin.news()).toEqual([expect.stringContaining('answers by Sat 6 Jun 2026, 15:00 UTC')])
        channel().news()
        await time.comes('2026-06-05T16:00Z')
        expect(channel().news()).toMatch(/acknowledge the report. Due Sat 6 Jun/u)
        await time.comes('2026-06-07T12:00Z')
        expect(channel().news()).toBe('')
        await time.comes('2026-06-08T09:30Z')
        expect(channel().news()).toMatch(/acknowledge the report. It was due Sat 6 Jun/u)
        expect(mailsThatLeft().filter((mail) => mail.endsWith('Needs you: acknowledge the report'))).toHaveLength(3)
        await ana.types('/ack')
        await time.comes('2026-06-11T09:30Z')
        expect(channel().news()).not.toContain('acknowledge the report')
      },
      { opens: '2026-06-05T15:00Z' },
    ),
  )
})
