import { describe, expect, it } from 'vitest'
import { CaseId, HOUR, MessageId, ReporterId } from '@embargo/core'
import type { HeldMail } from '@embargo/engine'
import {
  awayCard,
  heldReportsCard,
  quotaCard,
  setAsideCard,
  stalledClocksCard,
  unreadMailCard,
} from '../../src/index.ts'
import { guestsInGroup } from '../fixtures/gallery-groups.ts'
import { ana, ben } from '../fixtures/policy.ts'
import { CASE, cardOf, MAIL, press, SmallHouse, START } from '../fixtures/small-house.ts'

describe('a report', () => {
  it.each([
    [false, 'Letters of this case go to the sender’s own address.'],
    [true, 'The list replaced the sender’s address with its own, so no letter can be sent'],
  ])(
    'that came through a list says that no receipt was sent, and whom a reply reaches (%s)',
    async (automatic, words) => {
      const house = new SmallHouse().comes({
        verb: 'open-case',
        case: CASE,
        project: 'quillmark',
        message: MessageId.parse('mail-1'),
        receivedAt: START,
        reporter: ReporterId.parse('rep-1'),
        identity: { name: 'Rafi via Security', address: 'security@lists.example' },
        trust: 'nothing-proven',
        automatic,
        through: 'list',
      })
      const { fallback } = await house.lastCard('report')
      expect(fallback).toContain('It came through a mailing list, so no receipt was sent')
      expect(fallback).toContain(words)
    },
  )
})

describe('a report from an address that has reported before', () => {
  const opened = (receipt?: 'left-out') =>
    new SmallHouse()
      .comes({
        verb: 'open-case',
        case: CASE,
        project: 'quillmark',
        message: MessageId.parse('mail-1'),
        receivedAt: START,
        reporter: ReporterId.parse('rep-1'),
        identity: { address: 'rafi@reporter.example' },
        trust: 'nothing-proven',
        automatic: false,
        earlier: [CaseId.parse('SEC-2026-0041'), CaseId.parse('SEC-2026-0039')],
        ...(receipt === undefined ? {} : { receipt }),
      })
      .lastCard('report')

  it('names the cases, and says when the address got no further receipt', async () => {
    const words = 'The same address has opened SEC-2026-0041 and SEC-2026-0039 before.'
    const left = 'No receipt was sent, because this address got several within a day.'
    const usual = (await opened()).fallback
    expect([usual.includes(words), usual.includes(left)]).toEqual([true, false])
    const flood = (await opened('left-out')).fallback
    expect([flood.includes(words), flood.includes(left)]).toEqual([true, true])
  })
})

describe('accounts in a group that are not full members', () => {
  it('are reported to the admins, each with its account', () => {
    expect(guestsInGroup('gus').mentions).toEqual([ana])
  })
})

describe('mails in a mailbox that cannot be read', () => {
  it('are counted, and a person is asked to look at them', () => {
    expect(unreadMailCard({ count: 1 }).fallback).toMatchInlineSnapshot(`
      "⚠ 1 mail in the mailbox cannot be read
      The mail server does not deliver the text, or a mail is larger than 25 MB. Embargo tries again every hour.
      embargo read mails says in which mailbox. Look there with your mail program: it may be a report."
    `)
    expect(unreadMailCard({ count: 0 }).title).toBe('Every mail in the mailbox was read')
  })
})

describe('a chat platform where nothing can be said', () => {
  it('is reported with the setting to change, and reported again once it works', () => {
    const off = awayCard({
      outside: 'discord',
      what: 'all',
      why: 'Message Content Intent is off. Switch it on.',
      passing: false,
    })
    expect(off.fallback).toMatchInlineSnapshot(`
      "⚠ Nothing can be posted on Discord
      Message Content Intent is off. Switch it on.
      Messages wait, and none is lost. Mail is still handled, and deadlines keep running.
      Fix this in Discord; Embargo notices when it works again. If you set a new token, restart the program."
    `)
    expect(off.notification).toBe('Embargo')
    const mailbox = { outside: 'mailbox', what: 'all', passing: false } as const
    expect(awayCard({ ...mailbox, why: 'security@lantern.example: The server refuses the login.' }).fallback)
      .toMatchInlineSnapshot(`
        "⚠ A mailbox cannot be read
        security@lantern.example: The server refuses the login.
        New mail stays in the mailbox, and none is lost. Cases and deadlines go on.
        Fix this, then restart the program."
      `)
    expect(awayCard({ ...mailbox, why: undefined }).fallback).toContain('Every mailbox can be read again')
    const back = { what: 'all', why: undefined, passing: false } as const
    expect(awayCard({ ...back, outside: 'discord' }).fallback).toContain('Discord is back')
    expect(awayCard({ outside: 'discord', what: 'opening', why: 'It is full.', passing: false }).fallback).toContain(
      'No channel can be opened on Discord',
    )
  })
})

describe('a test mail that does not arrive', () => {
  it('is reported with what that means, and its return is reported later', () => {
    const news = { outside: 'mail', what: 'return', passing: false } as const
    expect(awayCard({ ...news, why: 'It did not arrive.' }).fallback).toMatchInlineSnapshot(`
      "⚠ The test mail does not arrive
      It did not arrive.
      Reports might not arrive either. Deadlines keep running.
      We try again every hour."
    `)
    expect(awayCard({ ...news, why: undefined }).fallback).toContain('arrives again')
  })
})

describe('OpenPGP keys that expire soon', () => {
  it('are named with what happens then, and it is reported when none of them is left', () => {
    const news = { outside: 'mail', what: 'keys', passing: false } as const
    expect(awayCard({ ...news, why: 'The key of Ana expires on Sun 24 May 2026.' }).fallback).toMatchInlineSnapshot(`
      "⚠ OpenPGP keys expire soon
      The key of Ana expires on Sun 24 May 2026.
      Mails to the owner of an expired key wait until there is a new key."
    `)
    expect(awayCard({ ...news, why: undefined }).fallback).toContain('No OpenPGP key expires soon')
  })
})

describe('a security.txt that expires soon', () => {
  it('is reported, and its replacement is reported later', () => {
    const news = { outside: 'mail', what: 'security-txt', passing: false } as const
    expect(awayCard({ ...news, why: 'The security.txt of lantern expires on Mon 1 Jun 2026.' }).fallback).toBe(
      '⚠ A security.txt expires soon\nThe security.txt of lantern expires on Mon 1 Jun 2026.',
    )
    expect(awayCard({ ...news, why: undefined }).fallback).toContain('The new expiry date is in the policy.')
  })
})

describe('a relay that cannot be reached', () => {
  it('is reported with what happens meanwhile, and reported again once it works', () => {
    const news = { outside: 'mail', what: 'all', passing: true } as const
    expect(awayCard({ ...news, why: 'The relay could not be reached (ECONNREFUSED).' }).fallback)
      .toMatchInlineSnapshot(`
        "⚠ Mail is not going out
        The relay could not be reached (ECONNREFUSED).
        Outgoing mails wait, and none is lost. Incoming mail is accepted, and deadlines keep running.
        We try again every minute."
      `)
    expect(awayCard({ ...news, why: undefined }).fallback).toContain('Mail is going out again')
  })
})

describe('clocks that have stopped', () => {
  it('are reported with their case, what does not happen meanwhile, and what to do', () => {
    expect(stalledClocksCard({ cases: [CASE], runAgain: false }).fallback).toMatchInlineSnapshot(`
      "⚠ The deadlines of SEC-2026-0042 have stopped
      Embargo cannot read what is due, or cannot do it. All other cases continue.
      Watch them yourselves: nobody is reminded, no embargo ends, and no approved publication begins.
      Run embargo audit verify, which says whether the log is intact. The program’s own log says what fails. We try again every minute."
    `)
    expect(stalledClocksCard({ cases: [CASE], runAgain: true }).fallback).toMatchInlineSnapshot(`
      "The deadlines of SEC-2026-0042 run again
      Reminders that came due meanwhile are sent now, one for each deadline."
    `)
  })

  it('are reported with only as many cases as people read', () => {
    const cases = Array.from({ length: 12 }, (_, at) => CaseId.parse(`SEC-2026-${String(at + 1).padStart(4, '0')}`))
    const { title, fallback } = stalledClocksCard({ cases, runAgain: false })
    expect(title).toBe('⚠ The deadlines of 12 cases have stopped')
    expect(fallback).toContain('SEC-2026-0010 and 2 more')
  })
})

describe('mail that was set aside', () => {
  it('is reported with its count, where to look, and what to do if one of the mails was a report', () => {
    expect(setAsideCard({ count: 3, day: START }).fallback).toMatchInlineSnapshot(`
      "Mon 25 May 2026 · 3 mails opened no case
      Bounces, automatic answers and the like belong to no case. They are stored unchanged.
      embargo read mails lists them with the reason, embargo read mails <id> shows one.
      If one is a report, forward it to the security address from your own mailbox: it then opens a case."
    `)
    expect(setAsideCard({ count: 1, day: START }).notification).toBe('Embargo')
  })
})

describe('a mail in quarantine', () => {
  it.each([
    ['unparsable', 'it is not a readable mail'],
    ['too-large', 'it is too large, or has too many parts'],
    ['parser-died', 'three attempts to read it took too much time or memory'],
    ['program-died', 'the program crashed four times while it read this mail'],
  ] as const)('as %s says so in words', async (because, words) => {
    const house = new SmallHouse().opens()
    house.comes({ verb: 'quarantine-message', case: CASE, message: MessageId.parse('mail-3'), because })
    expect((await house.lastCard('notice')).fallback).toContain(`because ${words}.`)
  })
})

describe('a report in the name of a team member', () => {
  it('says why they are not here, offers to put it right, and tells when it was', async () => {
    const house = new SmallHouse().comes({
      verb: 'open-case',
      case: CASE,
      project: 'quillmark',
      message: MessageId.parse('mail-1'),
      receivedAt: START,
      reporter: ReporterId.parse('rep-1'),
      identity: { address: 'ben@quillmark.example' },
      person: ben,
      trust: 'nothing-proven',
      automatic: false,
    })
    const card = await house.lastCard('report')
    expect(card.fallback).toContain('It came in the name of a team member')
    expect(card.fallback).toContain(
      'Only Ana is left, and publishing needs two people. Ana can add a person to the policy, or invite somebody: /cvd people invite',
    )
    const button = press(card, 'Not from them')
    await house.asks(ana, button.verb, button.input)
    expect((await house.lastCard('change')).fallback).toContain('the report is not from Ben')
  })
})

describe('mail that is turned away', () => {
  it.each(['unread', 'day', 'disk'] as const)(
    'is reported with the reason, for %s, and reported again when it is over',
    (refusing) => {
      const { fallback } = quotaCard({ refusing })
      expect(fallback).toContain('Some new mail is turned away for now')
      expect(fallback).toContain(
        'The senders’ servers keep it and retry for days. Mail to open cases is counted separately.',
      )
      expect(quotaCard({ refusing: undefined }).title).toBe('All new mail is accepted again')
    },
  )
})

describe('reports that wait because too many came', () => {
  const waiting = (...names: readonly string[]): readonly HeldMail[] =>
    names.map((name) => ({
      id: MessageId.parse(`m-${name.padEnd(64, '0')}`),
      receivedAt: START,
      envelopeFrom: 'rafi@reporter.example',
      mail: MAIL,
    }))

  it('are announced in one card with their number and what to do', () => {
    expect(heldReportsCard({ count: 31, at: START }).fallback).toMatchInlineSnapshot(`
      "31 new reports wait for a person
      In one hour, more reports came than may become cases (intake: newCases), or they were already in a repository when it was connected.
      They were accepted and are stored. Nothing was rejected, and mail to existing cases arrived as always.
      Nobody has been answered yet. The clocks of a report start when its case is opened.
      [ Show them ] [ Open all ] [ Set the rest aside ]"
    `)
    expect(heldReportsCard({ count: 0, at: START }).title).toBe('No new report is held any longer')
  })

  it('are listed on request, the oldest first', async () => {
    const house = new SmallHouse()
    house.held = waiting('a3f901', 'b77001')
    expect(cardOf(await house.asks(ana, 'open.waiting', '')).fallback).toMatchInlineSnapshot(`
      "2 new reports wait
      a3f901 · Mon 25 May 2026, 09:00 UTC (now) · Rafi <rafi@reporter.example> · Path traversal in template names
      b77001 · Mon 25 May 2026, 09:00 UTC (now) · Rafi <rafi@reporter.example> · Path traversal in template names
      /cvd open waiting <name> and /cvd open no <name> take one or several.
      [ Open a3f901 ] [ Open b77001 ] [ Open all ] [ Set the rest aside ]"
    `)
  })

  it('name no sender of a mail that came encrypted', async () => {
    const house = new SmallHouse()
    house.held = waiting('a3f901').map((one) => ({ ...one, hasEncryptedMail: true as const }))
    const list = cardOf(await house.asks(ana, 'open.waiting', '')).fallback
    expect(list).toContain('not shown here')
    expect(list).not.toMatch(/rafi|traversal/iu)
  })

  it('can be opened or set aside by name, several at once, or all', async () => {
    const house = new SmallHouse()
    house.held = waiting('a3f901', 'a3f902', 'b77001', 'c00001')
    expect(cardOf(await house.asks(ana, 'open.waiting', 'b77 a3f901')).fallback).toContain('2 reports open their cases')
    expect(cardOf(await house.asks(ana, 'open.no', 'all')).fallback).toContain('2 reports are set aside and kept')
    expect(cardOf(await house.asks(ana, 'open.waiting', 'all')).fallback).toContain(
      'None of these reports is still held',
    )
    expect(house.decided.map((one) => one.slice(0, 14))).toEqual([
      'open m-a3f9010',
      'open m-b770010',
      'aside m-a3f902',
      'aside m-c00001',
    ])
  })

  it.each([
    ['Open all', '2 reports open their cases now.'],
    ['Set the rest aside', '2 reports are set aside and kept.'],
  ])('are handled by a button only if they waited when it was drawn: %s', async (label, expected) => {
    const house = new SmallHouse()
    house.held = waiting('a3f901', 'a3f902')
    const card = cardOf(await house.asks(ana, 'open.waiting', ''))
    house.wait(HOUR)
    house.held = [...house.held, ...waiting('b77001').map((one) => ({ ...one, receivedAt: house.now }))]
    const done = cardOf(await house.asks(ana, press(card, label).verb, press(card, label).input)).fallback
    expect(done).toContain(expected)
    expect(done).toContain('1 more report came since, and is held too.')
    expect(house.held.map(({ id }) => id.slice(0, 8))).toEqual(['m-b77001'])
  })

  it.each([
    ['no', 'Say which reports: all, or names from the list.'],
    ['waiting a3', '“a3” does not name exactly one held report.'],
    ['waiting a3f', '“a3f” does not name exactly one held report.'],
    ['no nothing', '“nothing” does not name exactly one held report.'],
  ])('are not touched by %j', async (typed, because) => {
    const house = new SmallHouse()
    house.held = waiting('a3f901', 'a3f902')
    expect(cardOf(await house.asks(ana, 'open', typed)).fallback).toContain(because)
    expect(house.decided).toEqual([])
  })
})
