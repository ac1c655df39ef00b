import { describe, expect, it } from 'vitest'
import { ANNOUNCE, NORTH, OSS_SECURITY, SOUTH } from './house/policy.ts'
import { playAssessment, playPrenotification, playUntilReady, playReport } from './house/steps.ts'
import { weekTest } from './house/week.ts'

describe('secrecy fails', () => {
  it(
    'on a Friday night: attacks are seen and there is no patch, so people learn the workaround at once',
    weekTest(async (week) => {
      await playAssessment(week, { severity: 'low' })
      const { ana, ben, robin, somebody, channel, time, mailsThatLeft } = week
      await time.comes('2026-06-05T22:00Z')
      robin.news()
      const plan = await ana.types('/cvd signal attack https://forum.example/1')
      expect(plan).toMatch(/the fast path.*Skipped:.*Told:.*Within the hour:.*Takes:/su)
      expect(channel().card()).toContain('· frozen')
      expect(await ben.approves()).toContain('Approved')
      expect(channel().card()).toMatch(/⚠.*attacked/u)

      await ana.fillsIn('/cvd advisory', {
        Component: 'the include directive',
        'Impact, in one sentence': 'By rendering a crafted document, an attacker may read files of the server.',
        Workaround: 'Render documents from outside with includes switched off.',
      })
      await ana.asksForASecond('/disclose interim')
      expect(await ben.approves()).toContain('Approved')
      const [announced] = somebody('Readers', ANNOUNCE).news()
      expect(announced).toMatch(/includes switched off/u)
      expect(announced).not.toMatch(/crafted include|\.\.\//u)
      expect(mailsThatLeft().filter((mail) => mail.startsWith(OSS_SECURITY))).toHaveLength(1)
      expect(robin.news().join('\n')).toContain('includes switched off')
      expect(channel().card()).toMatch(/⚠.*public.*Next: Ana, assign the patch for main/su)
    }),
  )

  it(
    'because the reporter publishes early: one person says so, nobody says no, and the embargo is over without blame',
    weekTest(async (week) => {
      await playUntilReady(week)
      const { ana, ben, robin, channel, time, mailsThatLeft } = week
      await ana.types('/cvd signal public https://blog.example/1')
      expect(await ana.types('/prenotify 2026-06-16')).toContain(
        'This waits while approved mail is leaving, while the release is on hold or its publication is approved, or while a signal or the removal of a case waits for a second person.',
      )
      await time.passes('31 minutes')
      expect(robin.news()).toEqual([expect.stringMatching(/The embargo has ended early.*nobody will be blamed/u)])
      expect(channel().card()).toMatch(/⚠.*public.*Next: Ana, disclose.*Embargo over since/su)
      await ana.asksForASecond('/disclose')
      await ben.approves()
      expect(channel().card()).toContain('· disclosed')
      expect(mailsThatLeft().filter((mail) => mail.startsWith(NORTH))).toEqual([])
    }),
  )

  it(
    'because the fix landed in public by accident: recipients are told, and it is published days before its date',
    weekTest(async (week) => {
      await playPrenotification(week)
      const { ana, ben, somebody, channel, time } = week
      const north = somebody('North', NORTH)
      north.news()
      await time.comes('2026-06-10T11:00Z')
      await ben.types('/cvd signal public https://git.example/quillmark/commit/1')
      expect(await ana.approves()).toContain('Approved')
      expect(north.news()).toEqual([expect.stringContaining('ended early')])
      await ana.asksForASecond('/disclose')
      await ben.approves()
      expect(channel().card()).toContain('· disclosed')
      expect(somebody('Readers', ANNOUNCE).news().at(-1)).toContain('Please upgrade')
    }),
  )

  it(
    'at a recipient: it gets nothing more, the others are notified, and the team decides to keep the embargo',
    weekTest(async (week) => {
      await playPrenotification(week)
      const { ana, ben, somebody, channel, time } = week
      const [north, south] = [somebody('North', NORTH), somebody('South', SOUTH)]
      north.news()
      south.news()
      await ana.types('/cvd signal leak north packages were in their public build')
      expect(await ben.approves()).toContain('Approved')
      expect(south.news()).toEqual([expect.stringMatching(/leak|got out/u)])
      expect(south.inbox.at(-1)?.text).not.toContain('North')
      expect(channel().card()).toMatch(/leak/u)
      await ana.types('/cvd embargo keep nothing but a version number was seen')
      expect(channel().card()).not.toContain('frozen')
      await time.comes('2026-06-16T14:00Z')
      await ana.asksForASecond('/disclose')
      await ben.approves()
      expect(channel().card()).toContain('· disclosed')
    }),
  )

  it(
    'at a recipient, with the patches out: the embargo ends, and the fix is published days before its date',
    weekTest(async (week) => {
      await playPrenotification(week)
      const { ana, ben, robin, somebody, channel, time, mailsThatLeft } = week
      const [north, south, readers] = [
        somebody('North', NORTH),
        somebody('South', SOUTH),
        somebody('Readers', ANNOUNCE),
      ]
      for (const one of [north, south, robin, readers]) one.news()
      await time.comes('2026-06-10T11:00Z')
      await ana.types('/cvd signal leak north the patch is in their public repository')
      expect(await ben.approves()).toContain('Approved')
      expect(channel().card()).toMatch(/Next: Ana, decide about the leak/u)
      expect(south.news()).toEqual([expect.stringMatching(/leak|got out/u)])
      const before = mailsThatLeft().length
      await ana.asksForASecond('/cvd embargo end leak The patch can be read by everybody.')
      expect(await ben.approves()).toContain('Approved')
      expect(channel().card()).toMatch(/Next: Ana, disclose now.*Embargo over since Wed 10 Jun/su)
      expect(south.news()).toEqual([expect.stringMatching(/ended early.*You may now build, publish and deploy/u)])
      expect(robin.news()).toEqual([expect.stringContaining('ended early')])
      expect(north.news()).toEqual([])
      await ana.asksForASecond('/disclose')
      expect(await ben.approves()).toContain('Approved')
      expect(channel().card()).toContain('· disclosed')
      expect(mailsThatLeft().slice(before)).toEqual([
        expect.stringContaining(`${SOUTH}: [SEC-2026-0001] The embargo has ended early`),
        expect.stringContaining('[SEC-2026-0001] The embargo has ended early'),
        expect.stringContaining(`${ANNOUNCE}: Quillmark 9.9 fixes`),
        expect.stringContaining(`${OSS_SECURITY}: Quillmark`),
        `${NORTH}: [SEC-2026-0001] The embargo has ended`,
        `${SOUTH}: [SEC-2026-0001] The embargo has ended`,
        expect.stringContaining('Published, and thank you'),
      ])
      const public_ = readers.news().join('\n')
      expect(public_).toContain('Please upgrade')
      expect(public_).not.toMatch(/leak|got out|North/u)
    }),
  )

  it(
    'of the second case of a release: nobody reads a word of the first, and the first keeps its embargo',
    weekTest(async (week) => {
      await playUntilReady(week)
      const { ana, ben, robin, somebody, channel, time } = week
      await ana.types('/cvd release plan 2026-06-16 14:00')
      await playUntilReady(week)
      await ana.types('/cvd release add REL-SEC-2026-06-16')
      await ana.fillsIn('/cvd advisory', {
        Component: 'the table of contents',
        'Impact, in one sentence': 'By rendering a crafted document, an attacker may stop the server.',
      })
      await time.comes('2026-06-08T09:00Z')
      await ana.asksForASecond('/prenotify')
      await ben.approves()
      const outside = [robin, ...[NORTH, SOUTH, ANNOUNCE, OSS_SECURITY].map((address) => somebody(address, address))]
      for (const one of outside) one.news()
      await ana.types('/cvd signal public https://blog.example/2', channel(2))
      await ben.approves(channel(2))
      await ana.asksForASecond('/disclose interim', channel(2))
      await ben.approves(channel(2))
      const news = outside.map((one) => one.news())
      expect(news.map(({ length }) => length)).toEqual([2, 2, 2, 1, 1])
      for (const mail of news.flat()) {
        expect(mail).toContain('SEC-2026-0002')
        expect(mail).not.toMatch(/SEC-2026-0001|include directive/u)
      }
      expect(channel(1).card()).toMatch(/Embargo ends/u)
      expect(channel(2).card()).toMatch(/⚠.*public.*Embargo over since/su)
    }),
  )

  it(
    'before anybody reported: it is public at intake, so there is no embargo to keep and no list to tell',
    weekTest(async (week) => {
      await playReport(week)
      const { ana, ben, robin, channel } = week
      await ana.types('/cvd signal public https://lists.example/1')
      await ben.approves()
      expect(robin.news()).toEqual([expect.stringContaining('ended early')])
      expect(channel().card()).toMatch(/⚠.*public.*Embargo over since/su)
      await ana.types('/cvd triage valid high CWE-22 It can be seen here too.')
      expect(await ana.types('/prenotify 2026-06-16')).toContain('not pre-notified')
    }),
  )

  it(
    'according to a false alarm: a colleague refuses the signal, and the waiting mails may be sent',
    weekTest(async (week) => {
      await playUntilReady(week)
      const { ana, ben, channel, time } = week
      await ana.types('/cvd signal public https://blog.example/other')
      await ben.types('/cvd approve no That post is about last year.')
      await time.passes('1 hour')
      expect(channel().card()).toMatch(/· ready · high\n/u)
      expect(await ana.types('/prenotify 2026-06-16')).toContain('Nothing has been sent yet')
    }),
  )
})
