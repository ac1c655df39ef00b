import { describe, expect, it } from 'vitest'
import { TEAM_CHANNEL } from '../../packages/engine/src/access/team-channel.ts'
import { Channel } from './house/channel.ts'
import { INKPOT, QUILLMARK, teamOfThree } from './house/policy.ts'
import { playAssessment, REPORT, playReport } from './house/steps.ts'
import { weekTest } from './house/week.ts'
import type { Week } from './house/week.ts'

describe('the security address gets', () => {
  it(
    'a flood of reports that machines wrote: each is kept, and a person closes it with one command',
    weekTest(async ({ ana, somebody, channel, mailsThatLeft }) => {
      for (const n of [1, 2, 3, 4]) {
        await somebody(`Bot ${n}`, `bot${n}@machine.example`).mails({
          subject: `Critical finding ${n}`,
          text: `As an automated researcher I found critical issue ${n}.`,
        })
      }
      expect(mailsThatLeft()).toHaveLength(4)
      await ana.types('/cvd triage spam', channel(1))
      expect(channel(1).card()).toContain('· closed')
      expect(mailsThatLeft()).toHaveLength(4)
      await ana.types('/cvd triage invalid No file is read in this way.', channel(2))
      expect(channel(2).card()).toContain('· closed')
      expect(mailsThatLeft().slice(4)).toEqual(['bot2@machine.example: [SEC-2026-0002] What we found'])
      const open = await ana.types('/cvd status all', channel(3))
      expect(open.match(/SEC-2026-\d{4} · received/gu)).toEqual([
        'SEC-2026-0003 · received',
        'SEC-2026-0004 · received',
      ])
    }),
  )

  it(
    'a flood that lasts an hour: the surplus waits in one channel, replies do not wait, and one report in it is found and opened',
    weekTest(
      async (week) => {
        const { ana, ben, robin, somebody, channel, slack, time, mailsThatLeft } = week
        await playReport(week)
        for (const n of [1, 2, 3, 4, 5]) {
          await somebody(`Bot ${n}`, `bot${n}@machine.example`).mails({
            subject: `Critical finding ${n}`,
            text: `As an automated researcher I found critical issue ${n}.`,
          })
        }
        const sam = somebody('Sam Other', 'sam@other.example')
        await sam.mails({ subject: 'reading files', text: 'A document can read /etc/passwd.' })
        await robin.answers('It works on Windows too.')
        expect(channel(1).news()).toContain('It works on Windows too.')

        const intake = intakeChannel(slack)
        expect(intake.text()).toMatch(/waits? for a person.*Nothing was rejected.*Open all/su)
        expect(sam.news()).toEqual([])
        expect(mailsThatLeft().filter((mail) => mail.startsWith('bot'))).toHaveLength(2)

        const list = await ana.types('/cvd open waiting', intake)
        expect(list).toContain('4 new reports wait')
        const [, name = ''] = /(\S+) · .*Sam Other.*reading files/u.exec(list) ?? []
        await ana.types(`/cvd open waiting ${name}`, intake)
        expect(channel(4).text()).toContain('A document can read')
        expect(sam.news()).toEqual([expect.stringContaining('[SEC-2026-0004]')])
        await ben.types('/cvd open no all', intake)
        expect(await ben.types('/cvd open waiting', intake)).toContain('No new report waits')
        await time.passes('2 hours')
        await sam.mails({ subject: 'another', text: 'A second one.' })
        expect(channel(5).text()).toContain('A second one.')
      },
      { policy: teamOfThree({ intake: { lists: 'open', newCases: 6 } }) },
    ),
  )

  it(
    'a report about another project: its reporter learns where to go, and it is forwarded only after they agree',
    weekTest(async (week) => {
      await playReport(week)
      const { ana, ben, robin, somebody, channel, time, mailsThatLeft } = week
      await ana.types(
        '/cvd triage other-vendor --vendor Inkwell --contact security@inkwell.example The parser is theirs.',
      )
      expect(robin.news()).toEqual([
        expect.stringMatching(
          /not in Quillmark but in Inkwell.*security@inkwell\.example.*Unless you agree, nothing is/u,
        ),
      ])
      expect(channel().card()).toContain('· closed')
      const toVendor = () => mailsThatLeft().filter((mail) => mail.startsWith('security@inkwell'))
      const refused = await ana.types('/cvd party forward security@inkwell.example')
      expect(refused).toMatch(/has not said that their report may be forwarded\./u)
      expect(toVendor()).toEqual([])

      await time.passes('1 hour')
      await robin.answers('Yes, please forward it, but leave my name out.')
      await ana.types('/cvd log-answer last forward-unnamed')
      const shown = await ana.types('/cvd party forward security@inkwell.example')
      expect(shown).toMatch(/contact on record.*part of the reporter’s name.*DID NOT AGREE TO BE NAMED.*> Robin/su)
      const unsigned = '/cvd party forward security@inkwell.example The include directive follows “../”.'
      expect(await ana.types(unsigned)).toContain('The reporter’s name and address were not found in the text.')
      await ana.asksForASecond(unsigned)
      expect(toVendor()).toEqual([])
      await ben.approves()
      expect(toVendor()).toEqual(['security@inkwell.example: [SEC-2026-0001] A report about your software'])
      const inkwell = somebody('Inkwell', 'security@inkwell.example')
      expect(inkwell.inbox[0]?.text).not.toMatch(/Robin/iu)
      expect(inkwell.inbox[0]?.header('In-Reply-To')).toBe('')
      channel().news()
      await inkwell.answers('Thank you, we look at it.')
      expect(channel().news()).toMatch(
        /another vendor, writes.*Nothing proves that .*inkwell.* sent this.*Thank you, we look at it/su,
      )
    }),
  )

  it(
    'a report about another project with a file: both are forwarded, with their reporter’s name and yes',
    weekTest(async (week) => {
      const { ana, ben, robin, somebody, time } = week
      await robin.mails({ ...REPORT, attachments: [{ filename: 'poc.txt', content: 'include ../../etc/passwd' }] })
      await ana.types('/cvd triage other-vendor --vendor Inkwell --contact security@inkwell.example It is theirs.')
      await time.passes('1 hour')
      await robin.answers('Yes, and tell them that it was me.')
      await ana.types('/cvd log-answer last forward-named')
      expect(await ana.types('/cvd party forward security@inkwell.example --files without')).toContain(
        'Not sent  poc.txt.',
      )
      await ana.asksForASecond('/cvd party forward security@inkwell.example')
      await ben.approves()
      const inkwell = somebody('Inkwell', 'security@inkwell.example')
      expect(inkwell.news()).toEqual([expect.stringContaining('One file came with it, and is attached as it came.')])
      expect(inkwell.inbox[0]?.attachments).toMatchObject([{ name: 'poc.txt' }])
    }),
  )

  it(
    'a second report of a vulnerability that is being fixed: one case, two reporters who learn nothing of each other',
    weekTest(async (week) => {
      await playAssessment(week)
      const { ana, robin, somebody, channel } = week
      robin.news()
      const sam = somebody('Sam Other', 'sam@other.example')
      await sam.mails({ subject: 'reading files', text: 'A document can read /etc/passwd. I call it plumbago.' })
      const shown = await ana.types('/cvd triage duplicate SEC-2026-0001')
      expect(shown).toMatch(/Embargo ends.*Binds.*Nothing has happened yet/su)
      await ana.typesAndPresses('/cvd triage duplicate SEC-2026-0001', 'Merge')
      expect(channel(2).card()).toMatch(/· closed.*Nothing more to do/su)
      const [toRobin, toSam] = [robin.news().join('\n'), sam.news().join('\n')]
      expect(toRobin).toContain('Another person reported the same problem')
      expect(toRobin).not.toMatch(/plumbago|Sam|passwd/u)
      expect(toSam).toContain('Another person reported the same problem')
      expect(toSam).not.toMatch(/Robin|include directive follows/u)

      await sam.answers('It works on Windows too.')
      expect(channel(1).news()).toContain('It works on Windows too.')
      await sam.answers('By name, please.')
      await ana.types('/cvd log-answer last credit-named Sam Other', channel(1))
      expect(channel(1).news()).toContain('credit as a name, Sam Other')
    }),
  )

  it(
    'a report for another project of the same team: it moves with its embargo, and its reporter writes on as before',
    weekTest(
      async (week) => {
        await playReport(week)
        const { ana, robin, channel } = week
        const end = /Embargo ends [^\n]*/u.exec(channel().card())?.[0] ?? 'none'
        robin.news()
        await ana.typesAndPresses(
          '/cvd open report r1 --project inkpot It lies in the drawing program.',
          'Split it off',
        )
        expect(channel(1).card()).toContain('· closed')
        expect(channel(2).card()).toContain('SEC-2026-0002 · acknowledged')
        expect(channel(2).card()).toContain(end)
        expect(robin.news()).toEqual([expect.stringMatching(/SEC-2026-0002.*Inkpot/su)])
        await robin.answers('The drawing program reads it too.')
        expect(channel(2).news()).toContain('The drawing program reads it too.')
        expect(channel(1).news()).not.toContain('drawing program reads')
      },
      { policy: teamOfThree({ projects: [QUILLMARK, INKPOT] }) },
    ),
  )

  it(
    'no mail about a vulnerability that the team found itself: the case has an embargo and no reporter to ask',
    weekTest(async (week) => {
      await playReport(week)
      const { ana, channel, mailsThatLeft } = week
      const before = mailsThatLeft().length
      await ana.types('/cvd open quillmark found while reading the loader')
      expect(channel(2).card()).toMatch(
        /· acknowledged.*Next: Ana, decide whether it is valid.*Embargo ends Mon 31 Aug/su,
      )
      await ana.types('/cvd triage valid high CWE-22 Found inside.', channel(2))
      expect(channel(2).card()).toContain('· assessing · high')
      expect(mailsThatLeft()).toHaveLength(before)
    }),
  )

  it(
    'no mail about a vulnerability that somebody read of in a forum: the case is public from its first minute',
    weekTest(async (week) => {
      await playReport(week)
      const { ana, channel } = week
      await ana.types('/cvd open quillmark --public https://forum.example/1 somebody posted it')
      expect(channel(2).card()).toMatch(/⚠.*public\n.*\nNo embargo/su)
      expect(channel(2).text()).toContain('The vulnerability is public')
    }),
  )

  it(
    'a bounce for an unknown mailbox: it is shown in its case, opens no case, and gets no automatic answer',
    weekTest(async (week) => {
      await playReport(week)
      const { robin, channel, slack, mailsThatLeft } = week
      const before = mailsThatLeft().length
      const [, acknowledgment] = robin.inbox
      if (acknowledgment === undefined) throw new Error('no acknowledgment')
      const channels = slack.state.channels.size
      await robin.bounces(acknowledgment)
      expect(channel().news()).toMatch(
        /✗ The acknowledgment to the reporter came back: no such mailbox is there \(5\.1\.1\)\..*another way/u,
      )
      expect(channel().text()).not.toMatch(/says no/u)
      expect(channel().card()).toMatch(/✗ acknowledgment to the reporter: /u)
      expect(slack.state.channels.size).toBe(channels)
      expect(mailsThatLeft()).toHaveLength(before)
    }),
  )

  it(
    'a report whose sender the relay refuses to mail: the channel says so, and what to try',
    weekTest(
      async (week) => {
        await playReport(week)
        const { ana, relay, channel } = week
        relay.faults.push({ is: 'reply', code: 550, text: 'No such user' })
        await ana.typesAndPresses('/cvd reply Are you there?', 'Send')
        expect(channel().news()).toMatch(/✗ The reply to the reporter was not sent.*find another way to reach them/su)
      },
      { operatorIsTold: /an effect failed/u },
    ),
  )

  it(
    'an automatic answer: it wakes nobody and counts as no answer of the reporter',
    weekTest(async (week) => {
      await week.robin.mails(REPORT)
      await week.ana.types('/ack')
      const before = week.mailsThatLeft().length
      await week.robin.answersAutomatically()
      expect(week.channel().card()).not.toContain('unanswered')
      expect(week.mailsThatLeft()).toHaveLength(before)
    }),
  )
})

/** The intake channel, which is for mail that belongs to no case. */
function intakeChannel(slack: Week['slack']): Channel {
  const found = [...slack.state.channels.values()].find(({ name }) => name === TEAM_CHANNEL)
  if (found === undefined) throw new Error('There is no intake channel.')
  return new Channel(slack, found)
}
