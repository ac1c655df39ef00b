import { describe, expect, it } from 'vitest'
import { ANNOUNCE, NORTH, OSS_SECURITY, teamOfThree } from './house/policy.ts'
import { playPatch, playPrenotification, playPublication, REPORT, playReport, submitPatch } from './house/steps.ts'
import { weekTest } from './house/week.ts'

describe('a reporter who', () => {
  it(
    'is silent when they are asked a question: reminded twice, closed after 30 days, and welcome back',
    weekTest(async (week) => {
      await playReport(week)
      const { ana, robin, channel, time } = week
      await ana.typesAndPresses('/cvd reply --kind question Which version do you use?', 'Send')
      expect(robin.news()).toEqual([expect.stringMatching(/A question.*Please reply to this mail by Thu 2 Jul 2026/u)])
      expect(channel().card()).toContain('Asked: the reporter, our question')

      await time.passes('16 days')
      expect(robin.news()).toEqual([expect.stringMatching(/Our question is still open.*Which version do you use/u)])
      await time.passes('10 days')
      expect(robin.news()).toEqual([expect.stringContaining('Our question is still open')])
      await time.passes('4 days')
      expect(robin.news()).toEqual([
        expect.stringMatching(/Closed without an answer.*nothing about whether you are right/u),
      ])
      expect(channel().card()).toMatch(/· closed/u)

      await robin.answers('Sorry, I was away. It is 4.2.1.')
      expect(robin.news()).toEqual([])
      expect(channel().card()).toContain('mail after closing')
      await ana.types('/cvd reopen They answered after all.')
      expect(channel().card()).toContain('· acknowledged')
    }),
  )

  it(
    'is silent when they are asked to check the fix: a colleague confirms it instead, with a reason, once their time is over',
    weekTest(async (week) => {
      await playPatch(week)
      const { ben, dana, robin, channel, time } = week
      expect(await dana.types('/confirm yes')).toMatch(/chance to check.*has until Fri 5 Jun/su)
      await time.comes('2026-06-03T20:00Z')
      expect(robin.news()).toEqual([])
      await time.comes('2026-06-04T09:00Z')
      expect(robin.news()).toEqual([
        expect.stringMatching(/Did you have time to look at the fix\?.*by Fri 5 Jun 2026.*will not remind you again/u),
      ])
      await time.comes('2026-06-05T10:00Z')
      expect(robin.news()).toEqual([])
      expect(channel().news()).toContain('the reporter has not said yet whether the patch fixes the vulnerability')
      expect(await ben.types('/confirm yes main I wrote it, I know.')).toContain('Nobody confirms their own patch.')
      expect(await dana.types('/confirm yes')).toContain('confirming in their place takes a reason')
      await dana.types('/confirm yes main Their document no longer reads a file of mine; they did not answer.')
      expect(channel().card()).toMatch(/· ready.*main ✓ checked by Dana/su)
    }),
  )

  it(
    'has written about the fix, which nobody has logged yet: they are not nudged',
    weekTest(async (week) => {
      await playPatch(week)
      const { robin, time } = week
      await time.passes('1 hour')
      await robin.answers('I look at it tomorrow.')
      await time.comes('2026-06-04T10:00Z')
      expect(robin.news()).toEqual([])
    }),
  )

  it(
    'is away, as their mail program says: they are nudged all the same, since nobody has read it',
    weekTest(async (week) => {
      await playPatch(week)
      const { robin, time } = week
      await robin.answersAutomatically()
      await time.comes('2026-06-04T10:00Z')
      expect(robin.news()).toEqual([expect.stringContaining('Did you have time to look at the fix?')])
    }),
  )

  it(
    'says that the patch is incomplete: it goes back to its author, and the reporter is asked about the new patch',
    weekTest(async (week) => {
      await playPatch(week)
      const { ana, robin, channel } = week
      await robin.answers('A link inside a link still works.')
      await ana.types('/cvd log-answer last not-fixed main')
      expect(channel().card()).toMatch(/Next: Ben, submit a better patch for main.*main needs changes/su)
      await submitPatch(week, 'main', 'closed for links too')
      expect(robin.news()).toEqual([expect.stringContaining('Please check the fix')])
      await robin.answers('Yes, now it is.')
      await ana.types('/cvd log-answer last fixed main')
      expect(channel().card()).toContain('· ready')
    }),
  )

  it(
    'does not want to be named: neither the published texts nor the mails to recipients name anybody',
    weekTest(async (week) => {
      await playPrenotification(week, { credit: 'credit-anonymous' })
      await playPublication(week)
      const { somebody, robin, channel } = week
      expect(channel().card()).toContain('· disclosed')
      const outside = [ANNOUNCE, OSS_SECURITY, NORTH].flatMap((address) => somebody('Reader', address).news())
      expect(outside).toHaveLength(5)
      expect(outside.join('\n')).not.toMatch(/Robin|sample\.example/u)
      expect(robin.news()).toEqual([expect.stringContaining('Published, and thank you')])
    }),
  )

  it(
    'cannot be answered: nothing is mailed, people read why, and nobody waits for them to check the fix',
    weekTest(async (week) => {
      const { ana, ben, dana, somebody, channel, mailsThatLeft } = week
      await somebody('', 'noreply@form.example').mails(REPORT)
      expect(channel().news()).toContain('no letter goes out: the sender cannot be answered safely')
      await ana.types('/ack')
      await ana.types('/cvd triage valid high It can be seen here too.')
      await ana.types('/cvd triage affects main < 9.9')
      await ana.types('/assign-patch <@U0BEN>')
      expect(await ana.types('/cvd reply Hello.')).toContain('not sent')
      await submitPatch(week, 'main')
      expect(await ben.types('/confirm yes')).toContain('Nobody confirms their own patch.')
      await dana.types('/confirm yes')
      expect(channel().card()).toContain('main ✓ checked by Dana')
      expect(mailsThatLeft()).toEqual([])
    }),
  )

  it(
    'is on the team: kept from the case, unless somebody only used their name',
    weekTest(async ({ ana, ben, somebody, channel }) => {
      await somebody('Ben', 'ben@quillmark.example').mails(REPORT)
      expect(channel().news()).toContain('It came in the name of a team member, who is therefore kept off this case')
      expect([...channel().members]).not.toContain('U0BEN')
      await ana.types('/ack')
      await ana.types('/cvd triage valid high')
      expect(await ana.types('/assign-patch <@U0BEN>')).toContain('not assigned')

      await ana.types('/cvd people not-reporter <@U0BEN>')
      expect([...channel().members]).toContain('U0BEN')
      expect(await ben.types('/cvd triage valid moderate')).toContain('Triaged')
    }),
  )

  it(
    'has lost their mailbox and writes from another: two people approve it, both addresses are notified, and the lost mail goes there',
    weekTest(async (week) => {
      await playPatch(week)
      const { ana, ben, robin, somebody, channel } = week
      const asked = robin.inbox.at(-1)
      if (asked === undefined) throw new Error('Robin was asked nothing.')
      await robin.bounces(asked)
      const elsewhere = somebody('Robin Sample', 'robin@elsewhere.example')
      await elsewhere.answers('My old mailbox is gone. Please write to me here.', asked)
      expect(channel().news()).toContain('somebody unknown')
      expect(elsewhere.news()).toEqual([])

      const shown = await ana.types('/cvd log-answer --address new-address last')
      expect(shown).toMatch(
        /the address that mail 2 came from, and no longer to the earlier address.*Nothing proves who sent/su,
      )
      await ana.asksForASecond('/cvd log-answer --address new-address last')
      expect(elsewhere.news()).toEqual([])
      expect(await ben.approves()).toContain('Approved')
      expect(channel().news()).toContain('From now on, mail to the reporter goes to another address.')
      expect(elsewhere.news()).toEqual([expect.stringContaining('we send our mails about this case to this address')])
      expect(robin.news().at(-1)).toMatch(/to another address.*This is our last mail/u)
      expect(robin.inbox.at(-1)?.text).not.toContain('elsewhere')

      await ana.types('/cvd settle 1 again')
      expect(elsewhere.news()).toEqual([expect.stringContaining('The patch for the branch main is ready')])
      await elsewhere.answers('It does fix it.')
      await ana.types('/cvd log-answer last fixed main')
      expect(channel().card()).toContain('· ready')
      expect(robin.news()).toEqual([])
    }),
  )

  it(
    'demands money: the answer is the same for everybody, a person reads it first, and the report is judged on its own',
    weekTest(async (week) => {
      const { ana, robin, channel } = week
      await robin.mails({ ...REPORT, text: `${REPORT.text}\nI want 5,000 for the details, or I sell them.\n` })
      expect(robin.news()).toEqual([expect.stringContaining('We make no promise of money')])
      await ana.types('/ack')
      robin.news()
      const shown = await ana.types('/cvd reply --kind money')
      expect(shown).toMatch(/Nothing has been sent yet.*Quillmark does not pay for reports/su)
      expect(robin.news()).toEqual([])
      await ana.typesAndPresses('/cvd reply --kind money', 'Send')
      expect(robin.news()).toEqual([
        expect.stringMatching(
          /does not pay for reports.*do not pay anybody to keep quiet.*look at what your report says.*Mon 31 Aug 2026/u,
        ),
      ])
      expect(channel().card()).toContain('· acknowledged')
      await ana.types('/cvd triage valid high It can be seen here too.')
      expect(channel().card()).toContain('· assessing')
      expect(robin.news().join('\n')).not.toMatch(/pay|money/u)
    }),
  )

  it(
    'demands money of a project with a bounty: the answer is in the words of its policy',
    weekTest(
      async (week) => {
        await playReport(week)
        const { ana, robin } = week
        await ana.typesAndPresses('/cvd reply --kind money', 'Send')
        expect(robin.news()).toEqual([
          expect.stringMatching(
            /Our bounty for Quillmark stands at bounty\.quillmark\.example; SEC-2026-0001 is in it/u,
          ),
        ])
      },
      {
        policy: teamOfThree({
          templates: {
            'no-payment': 'Our bounty for {{project}} stands at bounty.quillmark.example; {{case}} is in it.',
          },
        }),
      },
    ),
  )
})
