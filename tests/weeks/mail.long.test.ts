import { describe, expect, it } from 'vitest'
import type { ReceivedMail } from '@embargo/emulator-smtp'
import { NORTH, SECURITY, SOUTH } from './house/policy.ts'
import { playPatch, playPrenotification, playPublication, playReport } from './house/steps.ts'
import { weekTest } from './house/week.ts'
import type { Week } from './house/week.ts'
import type { Writer } from './house/writer.ts'

describe('a mail that does not arrive', () => {
  it(
    'a recipient’s server refuses the notice that the embargo is over: the publication waits for a person, and says for whom',
    weekTest(
      async (week) => {
        await playPrenotification(week)
        const { ana, ben, relay, time, channel, robin, mailsThatLeft } = week
        await time.comes('2026-06-16T14:00Z')
        relay.faults.push({ is: 'reply', code: 550, text: 'No such user', to: NORTH })
        await ana.asksForASecond('/disclose')
        await ben.approves()
        const news = channel().news()
        expect(news).toMatch(/✗ recipients told that the embargo is over · failed/u)
        expect(channel().card()).toMatch(/✗ notice of the embargo’s end to distros/u)
        expect(channel().card()).toMatch(/Next: Ana, settle a mail that did not go out/u)
        expect(robin.news()).toEqual([])
        await ana.types('/cvd settle 1 went')
        expect(robin.news()).toHaveLength(1)
        expect(channel().text()).toContain('Disclosed. Every step of the publication is done.')
        expect(mailsThatLeft().filter((mail) => mail.startsWith(SOUTH))).toHaveLength(2)
      },
      { operatorIsTold: /an effect failed/u },
    ),
  )

  it(
    'the request to check the patch bounces for an unknown mailbox: nobody waits for an answer, and a colleague may confirm at once',
    weekTest(async (week) => {
      await askedToCheck(week)
      const { dana, robin, channel, mailsThatLeft } = week
      expect(await dana.types('/confirm yes main I have tried it')).toContain('has until')
      const before = mailsThatLeft().length
      await robin.bounces(lastOf(robin))
      expect(channel().news()).toMatch(
        /request to verify the patch to the reporter came back: no such mailbox is there.*may confirm the fix/u,
      )
      expect(channel().card()).toMatch(/Next: Dana \(or any team member who did not write it\), confirm the patch for/u)
      await dana.types('/confirm yes main')
      expect(channel().card()).toContain('· ready')
      expect(mailsThatLeft()).toHaveLength(before)
    }),
  )

  it(
    'the request to check the patch bounces from a full mailbox: the reporter’s time to answer does not run until it is sent again',
    weekTest(async (week) => {
      await askedToCheck(week)
      const { ana, dana, robin, channel, time } = week
      await robin.bounces(lastOf(robin), { status: '4.2.2' })
      expect(channel().news()).toMatch(
        /came back: the mailbox is full \(4\.2\.2\)\..*the reporter does not count as silent/u,
      )
      await time.comes('2026-06-08T09:00Z')
      expect(await dana.types('/confirm yes main They are silent')).toMatch(
        /did not arrive, so their silence does not count/u,
      )
      expect(channel().news()).not.toMatch(/the reporter verifies/u)
      await ana.types('/cvd settle 1 again')
      expect(robin.inbox.map((mail) => mail.header('Message-ID')).filter(isAgain)).toHaveLength(1)
      expect(channel().card()).not.toContain('✗')
      expect(await dana.types('/confirm yes main They are silent')).toContain('has until')
      await time.comes('2026-06-10T09:00Z')
      await time.comes('2026-06-11T10:00Z')
      await dana.types('/confirm yes main They are silent')
      expect(channel().card()).toContain('· ready')
    }),
  )

  it(
    'a question bounces: the case does not close because of silence, and a later answer is accepted',
    weekTest(async (week) => {
      await playReport(week)
      const { ana, robin, channel, time } = week
      await ana.typesAndPresses('/cvd reply --kind question Which version is it?', 'Send')
      await robin.bounces(lastOf(robin))
      await time.passes('40 days')
      expect(channel().card()).not.toContain('· closed')
      expect(channel().card()).toMatch(/our question \(it did/u)
      await robin.mails({ subject: 'from my phone', text: 'It is 4.2.', to: replyToOf(robin) })
      expect(channel().card()).not.toContain('our question')
    }),
  )

  it(
    'a pre-notification bounces days later: that recipient counts as not notified, and the others as notified',
    weekTest(async (week) => {
      await playPrenotification(week)
      const { ana, somebody, channel } = week
      expect(channel().card()).toContain('Told: 2 recipients')
      const north = somebody('North', NORTH)
      await north.bounces(lastOf(north), { status: '5.7.1' })
      expect(channel().news()).toMatch(
        /pre-notification to distros\/north came back: the server’s rules refuse the mail/u,
      )
      expect(channel().card()).toMatch(/Told: 1 of 2 recipients.*✗ pre-notification to distros\/north/su)
      await ana.types('/cvd settle 1 again')
      expect(north.inbox).toHaveLength(2)
      expect(channel().card()).toContain('Told: 2 recipients')
      await north.bounces(lastOf(north), { action: 'delayed', status: '4.4.1' })
      expect(channel().news()).toMatch(/is late: the server could not be reached \(4\.4\.1\)/u)
      expect(channel().card()).toContain('Told: 2 recipients')
    }),
  )

  it(
    'the notice that the embargo is over bounces after the publication: its step is open again, and nothing is sent twice',
    weekTest(async (week) => {
      await playPrenotification(week)
      await playPublication(week)
      const { ana, somebody, channel, mailsThatLeft } = week
      const before = mailsThatLeft().length
      const north = somebody('North', NORTH)
      await north.bounces(lastOf(north))
      expect(channel().text()).toMatch(/✗ recipients told that the embargo is over · failed: It bounced/u)
      await ana.types('/cvd settle 1 went')
      expect(channel().text()).toMatch(/✓ recipients told that the embargo is over · done · Ana says that it was sent/u)
      expect(mailsThatLeft()).toHaveLength(before)
    }),
  )

  it(
    'moves with its report when the report is merged: the remaining case says who was not reached, and the mail is settled there',
    weekTest(async (week) => {
      await playReport(week)
      const { ana, somebody, channel } = week
      const sam = somebody('Sam Other', 'sam@other.example')
      await sam.mails({ subject: 'reading files', text: 'A document can read /etc/passwd.' })
      await sam.bounces(lastOf(sam))
      expect(channel(2).card()).toMatch(/✗ receipt to the reporter: It bounced/u)
      await ana.typesAndPresses('/cvd triage duplicate SEC-2026-0001', 'Merge')
      expect(channel(2).card()).not.toContain('✗')
      expect(channel(1).card()).toMatch(/✗ receipt to the reporter of r2: /u)
      await ana.types('/cvd settle 1 went', channel(1))
      expect(channel(1).card()).not.toContain('✗')
    }),
  )

  it(
    'somebody forges a bounce: without the address that only our mail has, it changes nothing and opens no case',
    weekTest(
      async (week) => {
        await askedToCheck(week)
        const { robin, channel, slack } = week
        const channels = [...slack.state.channels.values()].filter(({ name }) => name.startsWith('sec-')).length
        await robin.bounces(lastOf(robin), { to: SECURITY })
        await robin.bounces(lastOf(robin), {
          to: 'security+b.sec-2026-0001.aaaaaaaaaaaaa.bbbbbbbbbbbbbbbb@quillmark.example',
        })
        expect(channel().news()).toBe('')
        expect(channel().card()).not.toContain('✗')
        expect([...slack.state.channels.values()].filter(({ name }) => name.startsWith('sec-'))).toHaveLength(channels)
      },
      { operatorIsTold: /a mail opened no case and is kept/u },
    ),
  )
})

async function askedToCheck(week: Week): Promise<void> {
  await playPatch(week)
  week.channel().news()
}

function lastOf(writer: Writer): ReceivedMail {
  const mail = writer.inbox.at(-1)
  if (mail === undefined) throw new Error(`${writer.address} has no mail.`)
  return mail
}

const replyToOf = (writer: Writer): string => lastOf(writer).header('Reply-To')

/** Whether this Message-ID is already in the list before index `at`, so the mail at this index is a repetition. */
const isAgain = (id: string, at: number, all: readonly string[]): boolean => all.indexOf(id) !== at
