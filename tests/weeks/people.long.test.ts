import { describe, expect, it } from 'vitest'
import { playAssessment, playUntilReady, REPORT, playReport } from './house/steps.ts'
import { weekTest } from './house/week.ts'

describe('somebody from the team', () => {
  it(
    'must be removed: out of the channel at once, and what they asked for is void',
    weekTest(async (week) => {
      await playUntilReady(week)
      const { ana, ben, channel, mailsThatLeft } = week
      const before = mailsThatLeft().length
      await ben.asksForASecond('/prenotify 2026-06-16 14:00')
      await ana.types('/cvd people remove <@U0BEN> he told somebody')
      expect([...channel().members]).not.toContain('U0BEN')
      expect(channel().news()).toMatch(/Something changed after the request.*Ben is off this case/su)
      expect(channel().text()).not.toContain('he told somebody')
      expect(channel().card()).toContain('Next: Ana, pre-notify')
      await expect(ben.types('/cvd approve')).rejects.toThrow('ben is not in')
      expect(mailsThatLeft()).toHaveLength(before)
    }),
  )

  it(
    'leaves: the case changes hands when a colleague takes it, and is offered to the team when nobody has it',
    weekTest(async (week) => {
      await playAssessment(week)
      const { ana, ben, channel, time } = week
      await ana.types('/cvd people handoff <@U0BEN> I leave on Friday')
      expect(channel().card()).toMatch(/Ana, assign the patch.*Asked: Ben, take the case\?/su)
      await ben.types('/cvd ack')
      expect(channel().card()).toContain('Next: Ben, assign the patch for main')

      channel().news()
      await ana.types('/cvd people remove <@U0BEN> he left')
      expect(channel().card()).toMatch(/Next: \w+, take the case, which has no coordinator/u)
      await time.passes('4 days')
      expect(channel().news()).toMatch(/take the case, which nobody/u)
      await ana.types('/cvd ack')
      expect(channel().card()).toContain('Next: Ana, assign the patch for main')
    }),
  )

  it(
    'has a conflict of interest: out of the channel and of both seats, and a third person takes theirs',
    weekTest(async (week) => {
      await playUntilReady(week)
      const { ana, ben, dana, channel } = week
      await ana.asksForASecond('/prenotify 2026-06-16 14:00')
      await ben.typesAndPresses('/cvd people conflict I work for a recipient', 'Declare it')
      expect([...channel().members]).not.toContain('U0BEN')
      expect(channel().text()).not.toContain('I work for a recipient')
      expect(await ana.types('/assign-patch <@U0BEN>')).toContain('not assigned')
      await dana.approves()
      expect(channel().card()).toContain('· pre-notified')
    }),
  )

  it(
    'is away: the next person in line gets their tasks until they are back',
    weekTest(async (week) => {
      await playAssessment(week)
      const { ana, channel, time } = week
      await ana.types('/cvd away 2026-06-20')
      await time.passes('8 days')
      expect(channel().news()).toMatch(/reminder\n(?!Ana)/u)
    }),
  )

  it(
    'is on holiday when a report comes that nobody takes: the case says so, and is offered to the others',
    weekTest(async (week) => {
      await playReport(week)
      const { ana, robin, somebody, channel, time } = week
      expect(await ana.types('/cvd away 2026-06-20')).toContain('in new cases too')
      await somebody('Sol', 'sol@other.example').mails({ ...REPORT, subject: 'another one' })
      expect(channel(2).news()).toContain('Ana is away from')
      await time.passes('4 days')
      expect(channel(2).news()).not.toMatch(/Ana: take the case/u)
      expect(channel(2).card()).not.toMatch(/Next: Ana/u)
      expect(await ana.types('/cvd away back')).toContain('Recorded in 2 open cases.')
      expect(robin.news()).toEqual([])
    }),
  )
})
