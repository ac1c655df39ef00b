import { PROFILES } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { ANNOUNCE, NORTH, OSS_SECURITY, QUILLMARK, SOUTH, teamOfThree } from './house/policy.ts'
import { playPatch, playPrenotification, playPublication, playUntilReady, submitPatch } from './house/steps.ts'
import { weekTest } from './house/week.ts'

describe('a release', () => {
  it(
    'fixes several branches, and not the one that nobody supports: it is named as affected, and waits for no patch',
    weekTest(async (week) => {
      await playPatch(week, { branches: ['main', '4.2', '3.9'] })
      const { ana, robin, somebody, channel } = week
      await robin.answers('It is fixed on main.')
      await ana.types('/cvd log-answer last fixed main')
      expect(channel().card()).toContain('· confirming')
      await ana.types('/confirm yes 4.2')
      expect(channel().card()).toMatch(/· ready.*Fix: main ✓, 4\.2 ✓\n/su)
      const shown = await ana.types('/prenotify 2026-06-16')
      expect(shown).toContain('3.9: before 9.9 (no fixed release)')
      expect(shown).not.toContain('3.9.patch')
      expect(somebody('North', NORTH).inbox).toEqual([])
    }),
  )

  it(
    'is asked about by a recipient, who is answered alone; then everybody who has the patches gets a mail of their own',
    weekTest(async (week) => {
      await playPrenotification(week)
      const { ana, robin, somebody } = week
      const north = somebody('North', NORTH)
      const south = somebody('South', SOUTH)
      for (const one of [north, south, robin]) one.news()
      await ana.typesAndPresses('/cvd reply --to north Yes, the patch applies to 9.8 too.', 'Send')
      expect(north.news()).toEqual([
        expect.stringMatching(/TLP:AMBER\+STRICT about the pre-notification.*Yes, the patch applies to 9\.8 too/su),
      ])
      expect([...south.news(), ...robin.news()]).toEqual([])
      await ana.typesAndPresses('/cvd reply --to recipients The patch applies to 9.8 too.', 'Send')
      expect([...north.news(), ...south.news()]).toEqual([
        expect.stringContaining('The patch applies to 9.8 too.'),
        expect.stringContaining('The patch applies to 9.8 too.'),
      ])
      expect(robin.news()).toEqual([])
    }),
  )

  it(
    'has three cases, one of which is not ready on the day: it is left out by name, and the others are published',
    weekTest(async (week) => {
      const { ana, ben, robin, somebody, channel, time } = week
      await playUntilReady(week)
      await ana.types('/cvd release plan 2026-06-16 14:00')
      await playUntilReady(week, { branches: ['main', '4.2'] })
      await ana.types('/cvd release add REL-SEC-2026-06-16')
      await playUntilReady(week, { severity: 'moderate', branches: ['main', '4.2', '3.9'] })
      await ana.types('/cvd release add REL-SEC-2026-06-16')
      await time.comes('2026-06-08T09:00Z')
      await ana.asksForASecond('/prenotify')
      await ben.approves()
      const north = somebody('North', NORTH)
      expect(north.news()).toEqual([expect.stringContaining('fixes three security issues')])
      const [headsUp] = somebody('Readers', ANNOUNCE).news()
      expect(headsUp).toMatch(/fix three security issues.*highest severity is high/u)

      await submitPatch(week, '4.2', 'closed for links too')
      expect(channel(3).card()).toContain('confirm the patch for 4.2')
      await time.comes('2026-06-16T14:00Z')
      robin.news()
      await ana.asksForASecond('/disclose', channel(1))
      await ben.approves(channel(1))
      expect(channel(1).news()).toContain('SEC-2026-0003 is no longer in this release')
      expect(somebody('Readers', ANNOUNCE).news()).toEqual([
        expect.stringContaining('Together they fix three security issues.'),
        expect.stringContaining(
          'Our heads-up counted three security issues. The other one is not part of this announcement.',
        ),
      ])
      expect(channel(1).card()).toContain('· disclosed')
      expect(channel(2).card()).toContain('· disclosed')
      expect(channel(3).card()).toMatch(/· confirming · moderate.*fix withdrawn\n.*Embargo ends Mon 31 Aug/su)
      expect(north.news()).toEqual([
        expect.stringMatching(/embargo has ended.*SEC-2026-0003 is not part of this release/u),
      ])
      const news = robin.news()
      expect(news.filter((mail) => mail.includes('Published, and thank you'))).toHaveLength(2)
      expect(news.filter((mail) => mail.includes('[SEC-2026-0003] The planned date no longer holds'))).toHaveLength(1)
    }),
  )

  it(
    'is moved after the list was notified: everybody who knows the old date gets the new date and the reason',
    weekTest(async (week) => {
      await playPrenotification(week)
      const { ana, ben, robin, somebody, channel } = week
      const everybody = [somebody('North', NORTH), somebody('South', SOUTH), somebody('Readers', ANNOUNCE)]
      for (const one of everybody) one.news()
      await ana.asksForASecond('/cvd release move 2026-06-23 14:00 the build machines are down')
      expect(robin.news()).toEqual([])
      await ben.approves()
      expect(robin.news()).toEqual([
        expect.stringMatching(/Another date.*Tue 23 Jun 2026.*the build machines are down/u),
      ])
      for (const one of everybody) expect(one.news()).toEqual([expect.stringContaining('Tue 23 Jun 2026, 14:00 UTC')])
      expect(channel().card()).toContain('on Tue 23 Jun, 14:00 UTC')
    }),
  )

  it(
    'has a bug in its patch, which a recipient finds: the new patch is checked again, and goes to everybody who has the old one',
    weekTest(async (week) => {
      await playPrenotification(week)
      const { ana, ben, robin, somebody, channel } = week
      const [north, south] = [somebody('North', NORTH), somebody('South', SOUTH)]
      south.news()
      await north.answers('The patch breaks includes of absolute names.')
      expect(channel().news()).toContain('The patch breaks includes')
      await submitPatch(week, 'main', 'closed, absolute names too')
      expect(channel().card()).toMatch(/Next: the reporter, verify the patch for main/u)
      expect(await ana.types('/cvd prenotify update')).toContain(
        'Each affected supported branch needs a patch that somebody other than its author has checked.',
      )
      await robin.answers('Still good.')
      await ana.types('/cvd log-answer last fixed main')
      expect(channel().card()).toContain('Next: Ana, send the changed patches to the recipients who have old ones')
      await ana.asksForASecond('/cvd prenotify update Absolute names work again.')
      await ben.approves()
      expect(south.news()).toEqual([
        expect.stringMatching(/: changed.*delete the old ones.*What changed:\s+Absolute names work again\./u),
      ])
      expect(south.inbox.at(-1)?.attachments.map(({ content }) => content.toString('utf8'))).toEqual([
        expect.stringContaining('absolute names too'),
      ])
      expect(channel().card()).toContain('Next: Ana, disclose\non Tue 16 Jun')
    }),
  )

  it(
    'has nothing to release, since it is a hosted service: it ends in an advisory, and no list is told',
    weekTest(
      async (week) => {
        await playPatch(week, { branches: ['service'] })
        const { ana, ben, dana, channel, time, mailsThatLeft } = week
        await ana.types('/cvd advisory as advisory the service is updated for everybody')
        await week.robin.answers('It is fixed where I can see it.')
        await ana.types('/cvd log-answer last fixed service')
        await ana.types('/cvd log-answer last credit-anonymous')
        await dana.types('/cvd done deployed service')
        await time.comes('2026-06-08T09:00Z')
        await ana.asksForASecond('/prenotify 2026-06-16 14:00')
        await ben.approves()
        await playPublication(week)
        expect(channel().card()).toContain('· disclosed')
        const left = mailsThatLeft().filter((mail) => mail.startsWith(ANNOUNCE))
        expect(left).toEqual([
          expect.stringContaining('Heads-up: Quillmark security advisory on'),
          expect.stringContaining('Quillmark security advisory'),
        ])
        expect(mailsThatLeft().filter((mail) => mail.startsWith(NORTH))).toEqual([])
      },
      {
        policy: teamOfThree({
          projects: [{ ...QUILLMARK, branches: [{ name: 'service' }] }],
          prenotification: { ...PROFILES.team.prenotification, lists: [] },
        }),
      },
    ),
  )

  it(
    'has no fixed version, since it is a hosted service, and those who build on it hear of an advisory',
    weekTest(
      async (week) => {
        await playPatch(week, { branches: ['service'] })
        const { ana, ben, dana, robin, somebody, channel, time } = week
        await ana.types('/cvd advisory as advisory the service is updated for everybody')
        await robin.answers('It is fixed where I can see it.')
        await ana.types('/cvd log-answer last fixed service')
        await ana.types('/cvd log-answer last credit-anonymous')
        await dana.types('/cvd done deployed service')
        await time.comes('2026-06-08T09:00Z')
        await ana.asksForASecond('/prenotify 2026-06-16 14:00')
        await ben.approves()
        const north = somebody('North', NORTH)
        expect(north.news()).toEqual([expect.stringContaining('The advisory is about one security issue')])
        await time.comes('2026-06-10T09:00Z')
        await ana.asksForASecond('/cvd release move 2026-06-17 14:00 a partner needs the day')
        await ben.approves()
        expect(north.news()).toEqual([expect.stringContaining('TLP:AMBER+STRICT the advisory has another date')])
        await time.comes('2026-06-17T14:00Z')
        await ana.asksForASecond('/disclose')
        await ben.approves()
        expect(channel().card()).toContain('· disclosed')
        expect(north.news()).toEqual([expect.stringMatching(/advisory is public.*there is nothing to install/u)])
        expect(north.inbox.map(({ text }) => text).join(' ')).not.toMatch(/\brelease/u)
      },
      { policy: teamOfThree({ projects: [{ ...QUILLMARK, branches: [{ name: 'service' }] }] }) },
    ),
  )
})

describe('a publication', () => {
  it(
    'stops halfway because the relay refuses the announcement: only recipients do not wait for it, and one command resumes it',
    weekTest(
      async (week) => {
        await playPrenotification(week)
        const { ana, ben, channel, time, relay, mailsThatLeft } = week
        await time.comes('2026-06-16T14:00Z')
        await ana.asksForASecond('/disclose')
        relay.faults.push({ is: 'reply', code: 550, text: 'Not today' })
        const before = mailsThatLeft().length
        const readersSince = (from: number) =>
          mailsThatLeft()
            .slice(from)
            .map((mail) => mail.split(':')[0])
        await ben.approves()
        expect(readersSince(before)).toEqual([NORTH, SOUTH])
        const said = channel().news()
        expect(said).toMatch(/✗ announcement · failed: The relay refused the mail/u)
        expect(said).toMatch(/oss-security · waits for the previous step/u)
        expect(channel().card()).toMatch(/Next: Ana, settle a mail that did not go out/u)
        await ana.types('/cvd settle 1 again')
        expect(channel().card()).toContain('Next: Ana, hold the retrospective')
        expect(readersSince(before)).toEqual([NORTH, SOUTH, ANNOUNCE, OSS_SECURITY, 'robin@sample.example'])
      },
      { operatorIsTold: /an effect failed/u },
    ),
  )

  it(
    'names a wrong range of versions: nobody may change what is out, and the refusal says what to do instead',
    weekTest(async (week) => {
      await playPrenotification(week)
      await playPublication(week)
      const refused = await week.ana.types('/cvd triage affects main --fixed-version 9.9 >= 2, < 9.9')
      expect(refused).toContain('publication')
    }),
  )

  it(
    'turns out to be incomplete: the reporter writes again, and a new case follows the old one, which stays as it was',
    weekTest(async (week) => {
      await playPrenotification(week)
      await playPublication(week)
      const { ana, robin, channel } = week
      await ana.types('/cvd close Fixed in 9.9 and published.')
      await robin.answers('A link inside a link still works.')
      expect(channel(1).card()).toMatch(/· closed.*Next: Ana, answer the mail that came after closing/su)
      expect(await ana.types('/cvd reopen it is incomplete')).toContain('/cvd open quillmark --follows SEC-2026-0001')
      await ana.types('/cvd open quillmark --follows SEC-2026-0001 a link inside a link')
      expect(channel(2).card()).toContain('· acknowledged')
      expect(channel(2).text()).toContain('SEC-2026-0001')
      expect(channel(1).card()).toContain('· closed')
    }),
  )

  it(
    'does not wait for a CVE id, which comes late: the texts say that it is pending, and people are reminded',
    weekTest(
      async (week) => {
        const { ana, ben, somebody, channel, time } = week
        await playUntilReady(week)
        expect(await ana.types('/prenotify 2026-06-16')).toContain('No CVE id is requested yet.')
        await ana.types('/cvd cve request https://cna.example/requests/1')
        await time.comes('2026-06-08T09:00Z')
        await ana.asksForASecond('/prenotify 2026-06-16 14:00')
        await ben.approves()
        await playPublication(week)
        expect(somebody('Readers', OSS_SECURITY).news()).toEqual([expect.stringContaining('CVE pending')])
        channel().news()
        await time.comes('2026-06-24T10:00Z')
        expect(channel().news()).toMatch(/CVE/u)
        await ana.typesAndPresses(
          '/cvd cve set CVE-1900-4242 https://cna.example/CVE-1900-4242',
          'Put it into the records',
        )
        expect(channel().news()).toContain('CVE-1900-4242')
      },
      { policy: teamOfThree({ projects: [{ ...QUILLMARK, cve: 'form' }] }) },
    ),
  )
})
