import { describe, expect, it } from 'vitest'
import { MessageId } from '@embargo/core'
import type { Outcome, PersonId, Policy } from '@embargo/core'
import type { Card } from '@embargo/engine'
import * as ofTheApps from '../../src/cards/app.ts'
import * as chat from '../../src/index.ts'
import { renderTerminal } from '../../src/index.ts'
import type { Form, Input, Place } from '../../src/index.ts'
import { cardForPlace } from '../../src/redact/reply.ts'
import { redactCard } from '../../src/redact/card.ts'
import { ana, ben, cem, policyOf } from '../fixtures/policy.ts'
import { CASE, cardOf, press, SmallHouse } from '../fixtures/small-house.ts'
import { untilReady } from '../fixtures/until-ready.ts'

/**
 * Every text from outside, and every text that is written in the terminal, contains this word. So the tests can see
 * where such a text is shown.
 */
const PLANTED = 'xyzzyplanted'

const POLICY = policyOf('team', {
  chat: {
    archiveAfter: '30 days',
    transcript: 'not-kept',
    content: 'metadata',
  },
})

const PLANTED_MAIL = {
  from: `${PLANTED} <${PLANTED}@reporter.example>`,
  subject: `${PLANTED} in template names`,
  text: `Hello,\n\n${PLANTED}\n\nR`,
  quoted: PLANTED,
  attachments: [
    { name: `${PLANTED}.txt`, type: `text/${PLANTED}`, bytes: 812, sha256: 'c'.repeat(64) },
    { name: `${PLANTED}.c`, type: 'text/x-c', bytes: 188, sha256: 'd'.repeat(64) },
  ],
}
/** The policy with the planted word in the name of each recipient. */
const withRecipients = (change: { readonly consented?: undefined }): Policy => {
  const { prenotification } = POLICY
  const lists = prenotification.lists.map((list) => ({
    ...list,
    recipients: list.recipients.map(({ plaintext: _accepted, ...one }) => ({
      ...one,
      name: `${PLANTED} of ${one.id}`,
      ...change,
    })),
  }))
  return { ...POLICY, prenotification: { ...prenotification, lists } }
}

const IDENTITY = { name: PLANTED, address: `${PLANTED}@reporter.example` }
const PATCH = `diff --git a/loader.c b/loader.c\n+  ${PLANTED}();\n`
const TERMINAL_OF_ANA: Place = { platform: 'terminal', case: CASE, private: true }
const TERMINAL: Partial<Place> = TERMINAL_OF_ANA

function quietHouse(): SmallHouse {
  return new SmallHouse({ policy: POLICY, mail: PLANTED_MAIL, previewText: PLANTED }).opens(CASE, IDENTITY)
}

/** A case in which people write everything by mail or in the terminal, and look at it in chat. */
async function written(): Promise<SmallHouse> {
  const house = quietHouse()
  const types = (verb: string, input: Input, who = ana) => house.asks(who, verb, input, TERMINAL)
  await types('ack', PLANTED)
  await types('triage', `valid high CWE-22 ${PLANTED}`)
  await types('affects', `main < 4.3 ${PLANTED}`)
  await types('assign-patch', '@ben')
  await types('patch', { action: 'submit', branch: 'main', patch: PATCH, file: `${PLANTED}.patch` }, ben)
  house.comes({
    verb: 'take-in-message',
    case: CASE,
    message: MessageId.parse('mail-2'),
    from: 'unverified',
    trust: 'nothing-proven',
    automatic: false,
  })
  await types('log-answer', `1 credit-named ${PLANTED}`)
  await types('advisory', { component: PLANTED, impact: PLANTED })
  await types('wait', PLANTED)
  await types('duty', `oss-security-duty ${PLANTED}`)
  await types('embargo', `propose 2026-08-01 ${PLANTED}`)
  await types('signal', `attack https://forum.example/${PLANTED}`)
  await types('retro', PLANTED)
  const preview = cardOf(await types('reply', { text: PLANTED }))
  await types('reply', press(preview, 'Send').input)
  return house
}

/** Everything that a platform would get: the whole card as JSON. */
const everythingOf = (shown: unknown): string => JSON.stringify(shown)

describe('where a policy keeps content out of chat', () => {
  it('no card of the channel has a planted word, and each says what came', async () => {
    const house = await written()
    const cards = await house.cards()
    for (const card of cards) expect(everythingOf(card), card.title).not.toContain(PLANTED)
    const [report] = cards.filter(({ kind }) => kind === 'report')
    expect(report?.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · a report arrived
      From           a reporter
      Came           by mail, Mon 25 May 2026, 09:00 UTC
      Checks         ✓ The sender’s domain confirms that it sent this. Not signed.
      Subject        not shown here
      The report: 23 characters in 5 lines, not shown here.
      Attached: 2 files, 1.0 kB, not shown here.
      Read it in the terminal: embargo SEC-2026-0042 read
      [ Acknowledge ] [ Spam ]"
    `)
    const [mail] = cards.filter(({ kind }) => kind === 'mail')
    expect(mail?.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · somebody unknown writes · mail 2
      From           somebody who is not known to be the reporter
      Subject        not shown here
      Nothing proves who sent this.
      It was sent to this case’s address, but not from the reporter’s address. Do not take it for the reporter’s word.
      The mail: 23 characters in 5 lines, not shown here.
      Attached: 2 files, 1.0 kB, not shown here.
      Read it in the terminal: embargo SEC-2026-0042 read
      [ Write to the reporter ]"
    `)
    expect(cards.flatMap(({ fallback }) => (/patch for main:/.test(fallback) ? [fallback] : []))).toEqual([
      expect.stringMatching(/^Ben submitted the patch for main: a file, by Ben, sha256 [0-9a-f]{16}\.$/),
    ])
  })

  it.each([
    ['status', ''],
    ['status', 'all'],
    ['status', 'mine'],
    ['cases', ''],
    ['cases', 'mine'],
    ['embargo', 'show'],
    ['release', 'show'],
    ['remind', ''],
    ['retro', ''],
    ['help', ''],
    ['approve', ''],
    ['confirm', ''],
    ['close', ''],
    ['patch', ''],
    ['reply', ''],
    ['intake', ''],
    ['mail', ''],
    ['read', ''],
  ])('%s %s answers in chat without a planted word', async (verb, input) => {
    const house = await written()
    house.held = [{ id: MessageId.parse('m-0123456789abcdef'), receivedAt: house.now, mail: PLANTED_MAIL }]
    for (const who of [ana, ben, cem]) expect(everythingOf(await house.asks(who, verb, input))).not.toContain(PLANTED)
  })

  it('home and suggestions have no planted word', async () => {
    const house = await written()
    const actor = { kind: 'person', platform: 'slack', account: 'U0ANA', person: ana } as const
    const place = { platform: 'slack', channel: 'C0042' } as const
    const seen: unknown[] = [await house.router.home(actor, place)]
    for (const { verb, options } of house.router.commands)
      for (const { name } of options)
        for (const what of ['leak', 'correct', 'add', 'acknowledged'])
          seen.push(await house.router.suggest({ verb, option: name, typed: '', actor, place, values: { what } }))
    expect(everythingOf(seen)).not.toContain(PLANTED)
  })

  it('names no recipient: each stands by the id that the policy gives it', async () => {
    const house = await untilReady(new SmallHouse({ policy: POLICY }))
    const { name } = POLICY.prenotification.lists[0]?.recipients[0] ?? expect.fail('no recipient')
    const actor = { kind: 'person', platform: 'slack', account: 'U0ANA', person: ana } as const
    const suggested = (place: Place) =>
      house.router.suggest({
        verb: 'log-answer',
        option: 'name',
        typed: '',
        actor,
        place,
        values: { recipient: 'has-it' },
      })
    expect(everythingOf(await suggested(TERMINAL_OF_ANA))).toContain(name)
    const inChat = await suggested({ platform: 'slack', channel: 'C0042' })
    expect(inChat.map(({ value }) => value)).toContain('north')
    await house.asks(ana, 'signal', 'leak north')
    const texts = (await house.cards()).map(({ fallback }) => fallback).join('\n')
    expect(texts).toContain('through north')
    expect(everythingOf([inChat, await house.cards()])).not.toContain(name)
  })

  it.each([
    ['have no key', {}, 'north and south have no key to encrypt to'],
    ['never agreed to the terms', { consented: undefined }, 'north and south never agreed to the terms'],
  ])('names no recipient in what is refused where they %s', async (_why, change, expected) => {
    const house = await untilReady(new SmallHouse({ policy: withRecipients(change) }))
    const refused = await house.asks(ana, 'prenotify', '2026-06-09')
    expect('refusal' in refused && refused.refusal.fallback).toContain(expected)
    const status = cardOf(await house.asks(ana, 'status'))
    expect(status.fallback).toContain(expected)
    expect(everythingOf([refused, status])).not.toContain(PLANTED)
  })

  it('names no recipient in what is waived, asked, recorded and told of them', async () => {
    const house = await untilReady(new SmallHouse({ policy: withRecipients({}) }))
    const seen: unknown[] = []
    const asks = async (who: PersonId, verb: string, input: Input = '') => {
      const reply = await house.asks(who, verb, input)
      seen.push(reply)
      return reply
    }
    const agreed = async (verb: string, input: Input) => {
      await asks(ana, verb, press(cardOf(await asks(ana, verb, input)), 'Ask the second person').input)
      const card = press(await house.lastCard('approval'), 'Look and approve')
      await asks(ben, 'approve', press(cardOf(await asks(ben, 'approve', card.input)), 'Approve').input)
    }
    await agreed('waive', 'plain-text they were called')
    expect(cardOf(await asks(ana, 'status')).fallback).toContain('mail without encryption to north and south')
    await agreed('prenotify', '2026-06-09')
    const mails = house.recorded.flatMap((_, index) => house.effectsOf(index)).filter((one) => one.kind === 'send-mail')
    const [gone, lost, held] = mails.filter(({ letter }) => letter === 'prenotification')
    if (gone === undefined || lost === undefined || held !== undefined) throw new Error('not two mails')
    const ends = ({ stream, id }: typeof gone, outcome: Outcome) =>
      house.comes({ verb: 'record-outcome', stream, effect: id, outcome })
    ends(gone, { is: 'mail-accepted', letter: gone.letter, to: gone.to, messageId: '<sent@quillmark.example>' })
    ends(lost, { is: 'parked', doubt: true, because: 'no answer', letter: lost.letter, to: lost.to })
    await asks(ana, 'reply', { to: 'recipients', text: 'The patch builds on BSD too.' })
    await asks(ana, 'signal', 'leak north')
    for (const verb of ['status', 'release', 'embargo', 'retro', 'remind']) await asks(ana, verb)
    await asks(ana, 'disclose', 'interim')
    const cards = await house.cards()
    expect(cards.map(({ fallback }) => fallback).join('\n')).toContain('through north')
    for (const shown of [...seen, ...cards]) expect(everythingOf(shown)).not.toContain(PLANTED)
  })

  it('previews say how much there is, and the same buttons go on', async () => {
    const house = await untilReady(
      new SmallHouse({ policy: POLICY, mail: PLANTED_MAIL, previewText: PLANTED.repeat(999) }),
    )
    const preview = cardOf(await house.asks(ana, 'prenotify', '2026-06-09'))
    expect(preview.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · pre-notification
      Release        Tue 9 Jun 2026, 14:00 UTC (in 15 days)
      Shown          dddddddddddddddd names exactly what is shown here
      Mail cannot be called back: the recipients will know.
      Nothing has been sent yet.
      Nobody has named the version that fixes main: /cvd triage affects main yes --fixed-version VERSION
      Nobody has written a workaround, or said that none is known: /cvd advisory --workaround "TEXT"
      What will happen: 12078 characters in 3 lines, not shown here.
      Read it in the terminal: embargo SEC-2026-0042 prenotify --at 2026-06-09T14:00:00.000Z
      [ Ask the second person ]"
    `)
    await house.asks(ana, 'prenotify', press(preview, 'Ask the second person').input)
    const shown = cardOf(
      await house.asks(ben, 'approve', press(await house.lastCard('approval'), 'Look and approve').input),
    )
    expect(everythingOf(shown)).not.toContain(PLANTED)
    expect(cardOf(await house.asks(ben, 'approve', press(shown, 'Approve').input)).fallback).toContain('Approved')
  })

  it('a form brings back what its reader wrote there, and nothing that was kept', async () => {
    const house = await written()
    const kept = press(cardOf(await house.asks(ana, 'reply', { text: PLANTED }, TERMINAL)), 'Change')
    expect(everythingOf(await house.asks(ana, 'reply', kept.input))).not.toContain(PLANTED)
    const own = await house.asks(ana, 'confirm', 'no')
    expect('form' in own && own.form.fields.some(({ name }) => name === 'note')).toBe(true)
    const typed = await house.asks(ana, 'triage', { severity: 'high', reason: 'my own words' })
    expect('form' in typed && typed.form.fields.find(({ name }) => name === 'reason')?.value).toBe('my own words')
  })

  it('a form says where a long text goes', async () => {
    const house = await written()
    const hints = (form: Form | undefined) =>
      form?.fields.map(({ hint = '' }) => hint.includes('Passes through the chat'))
    const asked = await house.asks(ana, 'reply', '')
    expect(hints('form' in asked ? asked.form : undefined)).toEqual([false, false, false, true, true])
    expect(hints(house.formOf({ verb: 'reply', input: {} }))).toEqual([false, false, false, true, true])
    expect(hints(new SmallHouse().formOf({ verb: 'reply', input: {} }))).toEqual([false, false, false, false, false])
  })

  it('all of it is read in the terminal, by who is on the case', async () => {
    const house = await written()
    const whole = renderTerminal(cardOf(await house.asks(ana, 'read', '', TERMINAL)), { colour: false })
    for (const part of [
      'Mail 1, from the reporter',
      `${PLANTED} <${PLANTED}@reporter.example>`,
      `${PLANTED} in template names`,
      `${PLANTED}.txt · 812 bytes`,
      `Patch for main, ${PLANTED}.patch, by Ben`,
      `+  ${PLANTED}();`,
      'Ana wrote',
    ])
      expect(whole).toContain(part)
    const patches = cardOf(await house.asks(ana, 'read', 'patches', TERMINAL))
    expect(patches.quote?.text).not.toContain('Mail 1')
    const refused = await house.asks(cem, 'read', '', TERMINAL)
    expect('refusal' in refused && refused.refusal.fallback).toContain(
      'There is no such case, or you do not work on it',
    )
    expect(cardOf(await house.asks(ana, 'status', '--whole yes', TERMINAL)).fallback).toContain(PLANTED)
  })

  it('is full again for what is rated below the line', async () => {
    const chat = { ...POLICY.chat, archiveAfter: '30 days', content: 'metadata-from-high' as const }
    const house = new SmallHouse({ policy: policyOf('team', { chat }) }).opens()
    expect((await house.lastCard('report')).fallback).not.toContain('etc/passwd')
    await house.asks(ana, 'ack')
    await house.asks(ana, 'triage', 'valid low it is small', TERMINAL)
    expect((await house.cards()).map(({ fallback }) => fallback).join('\n')).toContain('Ana: valid: it is small')
  })
})

describe('the one way out', () => {
  it('is the router and the presenter: what else makes a card is about no case', () => {
    const isMaker = (name: string): boolean => /card$/i.test(name)
    const makers = Object.keys(chat).filter(isMaker)
    const known = [
      'awayCard',
      'commandHelpCard',
      'heldReportsCard',
      'intakeChannelCard',
      'outsidersCard',
      'quotaCard',
      'unreadMailCard',
      'roomCard',
      'setAsideCard',
      'stalledClocksCard',
      ...Object.keys(ofTheApps).filter(isMaker),
    ]
    expect(makers.toSorted()).toEqual(known.toSorted())
  })
})

describe('a card without content', () => {
  const card: Card = {
    kind: 'notice',
    title: 'Ours',
    fields: [
      {
        label: 'From',
        value: [
          { text: 'Rafi', hostile: true, instead: 'a reporter' },
          { text: ' ' },
          { text: '<r@x.example>', hostile: true, instead: 'a reporter' },
        ],
      },
    ],
    lines: [
      [{ text: 'Ours: ' }, { text: 'theirs', hostile: true }, { text: ', ours.' }],
      [{ text: 'echo', hostile: true, everywhere: true }],
    ],
    quote: { label: 'The report', text: 'one\ntwo' },
    attachments: [{ name: 'a', type: 'b', bytes: 1500, sha256: 'c' }],
    actions: [{ label: 'Go', verb: 'ack', input: {} }],
    fallback: 'theirs',
    notification: 'SEC-2026-0042',
  }

  it('says who, what and how much', () => {
    expect(redactCard(card, 'embargo SEC-2026-0042 read').fallback).toMatchInlineSnapshot(`
      "Ours
      From           a reporter
      Ours: not shown here, ours.
      echo
      The report: 7 characters in 2 lines, not shown here.
      Attached: 1 file, 1.5 kB, not shown here.
      Read it in the terminal: embargo SEC-2026-0042 read
      [ Go ]"
    `)
  })

  it('is the same card where nothing of it is content', () => {
    const { quote, ...bare } = card
    const ours = { ...bare, fields: [], lines: [[{ text: 'Ours.' }]], attachments: [] }
    expect(quote?.label).toBe('The report')
    expect(redactCard(ours, 'x')).toMatchObject({ lines: [[{ text: 'Ours.' }]], actions: card.actions, title: 'Ours' })
  })

  it('is left as it is in a terminal, and where the policy shows all', () => {
    const cases = [quietHouse().state()]
    expect(cardForPlace(card, { platform: 'terminal', policy: POLICY, cases })).toBe(card)
    expect(cardForPlace(card, { platform: 'slack', policy: policyOf(), cases })).toBe(card)
    expect(cardForPlace(card, { platform: 'slack', policy: POLICY, cases })).not.toBe(card)
    expect(cardForPlace(card, { platform: 'discord', policy: POLICY, cases: [] })).not.toBe(card)
  })
})
