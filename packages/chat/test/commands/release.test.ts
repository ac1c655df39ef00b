import { CaseId, EffectId, HOUR, keepsContentOut, later, MessageId, PROFILES, ReleaseId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { approvalCard } from '../../src/cards/approval.ts'
import { readDateAndRest } from '../../src/text/read-date-and-rest.ts'
import { ana, ben, cem, policyOf } from '../fixtures/policy.ts'
import { cardOf, CASE, formOf, press, RELEASE, SmallHouse } from '../fixtures/small-house.ts'
import { PATCH, untilReady } from '../fixtures/until-ready.ts'

const OTHER = CaseId.parse('SEC-2026-0043')
const PLANNED = ReleaseId.parse('REL-SEC-2026-06-09')

const said = async (house: SmallHouse): Promise<readonly string[]> =>
  (await house.cards()).filter(({ kind }) => kind === 'change').map(({ fallback }) => fallback)

/** This case and another case in a release on Tue 9 Jun. */
async function planned(): Promise<SmallHouse> {
  const house = await untilReady()
  await house.asks(ana, 'release.plan', '2026-06-09 @ben')
  house.opens(OTHER)
  for (const [verb, input] of [
    ['ack', ''],
    ['triage', 'valid high CWE-22'],
    ['release', `add ${PLANNED}`],
  ] as const)
    await house.asks(ana, verb, input, { case: OTHER })
  return house
}

async function prenotified(): Promise<SmallHouse> {
  const house = await untilReady()
  await house.asks(ana, 'release.plan', '2026-06-09')
  const preview = cardOf(await house.asks(ana, 'prenotify'))
  await house.asks(ana, 'prenotify', press(preview, 'Ask the second person').input)
  await approved(house)
  for (const { id, letter, to } of mailsOf(house)) {
    const outcome = { is: 'mail-accepted', letter, to, messageId: '<m@quillmark.example>' } as const
    house.comes({ verb: 'record-outcome', stream: PLANNED, effect: id, outcome })
  }
  return house
}

async function approved(house: SmallHouse): Promise<void> {
  const look = cardOf(
    await house.asks(ben, 'approve', press(await house.lastCard('approval'), 'Look and approve').input),
  )
  await house.asks(ben, 'approve', press(look, 'Approve').input)
}

async function patchedAnew(house: SmallHouse): Promise<void> {
  await house.asks(ben, 'patch', { action: 'submit', patch: `${PATCH}+  reject("/");\n` })
  const report = house.state().reports[0]?.id
  if (report === undefined) throw new Error('no report')
  const message = MessageId.parse('mail-3')
  const taken = { from: 'reporter', report, trust: 'domain-vouches', automatic: false } as const
  house.comes({ verb: 'take-in-message', case: CASE, message, ...taken })
  await house.asks(ana, 'log-answer', 'last fixed')
}

const mailsOf = (house: SmallHouse) =>
  house.recorded
    .flatMap((_, index) => house.effectsOf(index))
    .flatMap((effect) => (effect.kind === 'send-mail' && effect.stream === PLANNED ? [effect] : []))

describe('the commands of a release', () => {
  it('plan it, and say so in the channel', async () => {
    const house = await planned()
    const release = house.recorded.at(-1)?.states.get(PLANNED)
    expect(release).toMatchObject({ is: 'scheduled', at: RELEASE, releaser: 'ben', cases: [CASE, OTHER] })
    const lines = await said(house)
    expect(
      lines.some((line) => line.includes(`Ana planned the release ${PLANNED} for Tue 9 Jun 2026, 14:00 UTC`)),
    ).toBe(true)
    expect(lines.some((line) => line.includes(`Ana added ${OTHER} to the release of Tue 9 Jun 2026`))).toBe(true)
  })

  it('stand on the status card with month, date and cases', async () => {
    const card = await (await planned()).lastCard('status')
    expect(card.fallback).toContain('Release of 2 cases Tue 9 Jun, 14:00 UTC')
  })

  it('show what each case lacks', async () => {
    const house = await planned()
    const card = cardOf(await house.asks(ana, 'release', ''))
    expect(card.title).toBe(`${PLANNED} · scheduled`)
    expect(card.fallback).toContain(`✓ ${CASE} · ready`)
    expect(card.fallback).toContain(`${OTHER} · The case is valid`)
  })

  it('say how to plan a release when the case has none', async () => {
    const card = cardOf(await new SmallHouse().opens().asks(ana, 'release', ''))
    expect(card.fallback).toContain('/cvd release plan')
  })

  it('can take a case out', async () => {
    const house = await planned()
    await house.asks(ana, 'release.drop', 'not ready')
    expect(house.state().release).toBeUndefined()
    const lines = await said(house)
    expect(lines.some((line) => line.includes('Ana took this case out of its release: not ready. It goes on,'))).toBe(
      true,
    )
  })

  it('warn of release notes that describe a case which was taken out, and say in the other channels how to give them again', async () => {
    const house = await planned()
    await house.asks(ana, 'release.notes', '')
    await house.asks(ana, 'release.drop', 'not ready')
    const lines = await said(house)
    const here = lines.find((text) => text.includes('took this case out'))
    const there = lines.find((text) => text.includes(`${CASE} is no longer in this release`))
    const warning = `The releaser has release notes that describe ${CASE}: do not publish any build that was made from them.`
    expect(here).toContain(warning)
    expect(here).not.toContain('Give them again')
    expect(there).toContain(`${warning} Give them again: /cvd release notes`)
    const list = async () => cardOf(await house.asks(ana, 'release', '', { case: OTHER })).fallback
    expect(await list()).toContain(warning)
    await house.asks(ana, 'release.notes', '', { case: OTHER })
    expect(await list()).not.toContain(warning)
  })

  it('say of a case that leaves because it is closed, or public, no embargo that is over', async () => {
    const closing = await planned()
    const preview = cardOf(await closing.asks(ana, 'close', 'it is no vulnerability'))
    await closing.asks(ana, 'close', press(preview, 'Close the case').input)
    expect(await said(closing)).toContainEqual(expect.stringMatching(/out of its release: the case is closed\.$/u))

    const known = await planned()
    await known.asks(ana, 'signal', 'public https://news.example/1')
    await approved(known)
    const done = cardOf(await known.asks(ana, 'release.drop', 'not ready'))
    expect(done.fallback).toContain('Taken out of the release. The case goes on.')
  })

  it.each([
    ['plan soon', 'Give the date of the release'],
    ['plan 2026-06-09 @nobody', 'Nobody in the policy is called'],
    ['add that one', 'A release has a name like'],
  ])('refuse “%s”, and say how it is written', async (input, because) => {
    const house = await untilReady()
    expect(cardOf(await house.asks(ana, 'release', input)).fallback).toContain(because)
    expect(house.recorded.some(({ one }) => one.event.type === 'ReleasePlanned')).toBe(false)
  })

  it('name the case that is not ready before the lists are informed', async () => {
    const refusal = cardOf(await (await planned()).asks(ana, 'prenotify'))
    expect(refusal.fallback).toContain(`${OTHER}: The case is valid`)
  })
})

it('tells the other cases of a release what is asked of it, and where it is answered', async () => {
  const house = await planned()
  const preview = cardOf(await house.asks(ana, 'release.move', '2026-06-16 a branch is late'))
  await house.asks(ana, 'release.move', press(preview, 'Ask the second person').input)
  expect(await said(house)).toContainEqual(
    expect.stringContaining(
      `For the release of this case, Ana asks for approval to move the release to another day. Answer in the channel of ${CASE}.`,
    ),
  )
})

it('offer no second pre-notification of a case that no list knows', async () => {
  const prenotification = { ...PROFILES.team.prenotification, lists: [], headsUp: [] }
  const house = await untilReady(new SmallHouse({ policy: policyOf('team', { prenotification }) }))
  const preview = cardOf(await house.asks(ana, 'prenotify', '2026-06-09'))
  await house.asks(ana, 'prenotify', press(preview, 'Ask the second person').input)
  await approved(house)
  const status = cardOf(await house.asks(ana, 'status'))
  expect(status.title).toContain('· ready ·')
  const verbs = status.actions.map(({ verb }) => verb)
  expect(verbs.slice(0, 2)).toEqual(['advisory', 'reply'])
  expect(verbs).not.toContain('prenotify')
})

it('tells the other cases of a release what holds it up, and what becomes of that', async () => {
  const house = await planned()
  await house.asks(ana, 'signal', 'attack https://watch.example/1')
  expect(await said(house)).toContainEqual(
    expect.stringContaining(
      `Ana says of ${CASE}, in the same release, that attacks are observed. No embargoed mail is sent until this is answered in the channel of ${CASE}.`,
    ),
  )
  await house.asks(ben, 'approve.no', 'that is a scanner')
  expect(await said(house)).toContainEqual(
    expect.stringContaining(
      `The signal of ${CASE}, in the same release, was refused. The mail that it held up may be sent now`,
    ),
  )
  await house.asks(ana, 'signal', 'attack https://watch.example/2')
  await approved(house)
  expect(await said(house)).toContainEqual(
    expect.stringContaining(`About ${CASE}, in the same release: attacks are observed.`),
  )
})

it('asks before the approval for what nobody stated of the texts, with the command', async () => {
  const house = await untilReady()
  await house.asks(ana, 'release.plan', '2026-06-09')
  const preview = cardOf(await house.asks(ana, 'prenotify'))
  expect(preview.fallback).toContain(
    'Nobody has written a workaround, or said that none is known: /cvd advisory --workaround "TEXT"',
  )
})

describe('/release drop of a case that recipients hold', () => {
  it('asks for the reason, which the recipients will read', async () => {
    const house = await prenotified()
    expect(cardOf(await house.asks(ana, 'release.drop', '')).fallback).toContain('will read why it leaves the release')
  })

  it('shows who is informed, asks a second person, and removes the case once they agree', async () => {
    const house = await prenotified()
    const preview = cardOf(await house.asks(ana, 'release.drop', 'the fix breaks uploads'))
    expect(preview.fallback).toContain('Once you ask, nothing of this case goes out until the request is answered.')
    await house.asks(ana, 'release.drop', press(preview, 'Ask the second person').input)
    expect(house.state().release).toBe(PLANNED)
    expect((await house.lastCard('approval')).fallback).toContain('take this case out of its release')
    await approved(house)
    expect(house.state().release).toBeUndefined()
    expect(await said(house)).toContainEqual(
      expect.stringContaining('Ana, with the approval of Ben, cancelled the release'),
    )
  })
})

describe('/prenotify of a planned release', () => {
  it('tells its date without naming it again', async () => {
    const house = await prenotified()
    expect(house.recorded.at(-1)?.states.get(PLANNED)).toMatchObject({ is: 'prenotified', at: RELEASE })
  })

  it('records which recipients have the pre-notification', async () => {
    const house = await prenotified()
    const release = house.recorded.at(-1)?.states.get(PLANNED)
    const recipient = release?.kind === 'release' ? release.prenotified[0]?.recipient : undefined
    await house.asks(ana, 'log-answer', `elsewhere has-it ${recipient}`)
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(/acknowledged 1 of \d/)
  })

  it('sends changed patches only when there are some', async () => {
    const refusal = cardOf(await (await prenotified()).asks(ana, 'prenotify', 'update'))
    expect(refusal.fallback).toMatch(/^SEC-2026-0042 · not done\nThe recipients/u)
  })

  it('asks what changed, and carries it to the second person', async () => {
    const house = await prenotified()
    await patchedAnew(house)
    const form = formOf(await house.asks(ana, 'prenotify', 'update'))
    expect(form).toMatchObject({ title: 'What changed?', hidden: { case: CASE } })
    const preview = cardOf(await house.asks(ana, 'prenotify', 'update Absolute names are refused too.'))
    const { input } = press(preview, 'Ask the second person')
    expect(input).toMatchObject({ what: 'update', reason: 'Absolute names are refused too.' })
    await house.asks(ana, 'prenotify', input)
    expect(house.asked.at(-1)?.request).toMatchObject({
      verb: 'prenotify.update',
      reason: 'Absolute names are refused too.',
    })
    await approved(house)
    expect(house.recorded.map(({ one }) => one.event)).toContainEqual(
      expect.objectContaining({ type: 'PrenotificationUpdated', reason: 'Absolute names are refused too.' }),
    )
  })
})

it('shows who holds the patches of a case that was taken out of its release', async () => {
  const { house } = await askedOfBoth(new SmallHouse())
  await approved(house)
  for (const { id, letter, to } of mailsOf(house)) {
    const outcome = { is: 'mail-accepted', letter, to, messageId: '<m@quillmark.example>' } as const
    house.comes({ verb: 'record-outcome', stream: PLANNED, effect: id, outcome })
  }
  const preview = cardOf(await house.asks(ana, 'release.drop', 'the fix breaks uploads'))
  await house.asks(ana, 'release.drop', press(preview, 'Ask the second person').input)
  await approved(house)
  expect(house.state().release).toBeUndefined()
  expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(/Patches held +by north/u)
  expect(cardOf(await house.asks(ana, 'status', '', { case: OTHER })).fallback).not.toContain('Patches held')
})

describe('a heads-up that is no longer true', () => {
  it('is reported after the rating, in the status and with the release, with the command that corrects it', async () => {
    const house = await prenotified()
    await house.asks(ana, 'triage', 'valid critical')
    const wrong = 'The public heads-up is no longer true. Correct it: /cvd prenotify update'
    expect(await said(house)).toContainEqual(`Ana rated it critical.\n${wrong}`)
    for (const [verb, input] of [
      ['status', ''],
      ['release', 'show'],
    ] as const)
      expect(cardOf(await house.asks(ana, verb, input)).fallback).toContain(wrong)
    expect(cardOf(await house.asks(ana, 'status')).fallback).toContain('Ana: correct the public heads-up')
    const preview = cardOf(await house.asks(ana, 'prenotify', 'update'))
    expect(preview.fallback).toContain('corrected heads-up')
    await house.asks(ana, 'prenotify', press(preview, 'Ask the second person').input)
    await approved(house)
    expect(cardOf(await house.asks(ana, 'status')).fallback).not.toContain(wrong)
    expect(await said(house)).toContainEqual('The heads-up is corrected in public.')
  })

  it('is reported in the channel of another case of the release', async () => {
    const { house } = await askedOfBoth(new SmallHouse())
    await approved(house)
    for (const { id, letter, to } of mailsOf(house)) {
      const outcome = { is: 'mail-accepted', letter, to, messageId: '<m@quillmark.example>' } as const
      house.comes({ verb: 'record-outcome', stream: PLANNED, effect: id, outcome })
    }
    await house.asks(ana, 'triage', 'valid critical', { case: OTHER })
    expect(await said(house)).toContainEqual(
      `${OTHER}, in the same release, was rated again.\nThe public heads-up is no longer true. Correct it: /cvd prenotify update`,
    )
  })
})

/**
 * Two cases that are ready and are released together; `severity` is the rating of the second case. The approval is
 * requested in the first case.
 */
async function askedOfBoth(house: SmallHouse, severity?: string) {
  await untilReady(house)
  await house.asks(ana, 'release.plan', '2026-06-09')
  await untilReady(house, { id: OTHER, ...(severity === undefined ? {} : { severity }) })
  await house.asks(ana, 'release.add', `${PLANNED}`, { case: OTHER })
  const preview = cardOf(await house.asks(ana, 'prenotify'))
  await house.asks(ana, 'prenotify', press(preview, 'Ask the second person').input)
  return { house, preview, question: await house.lastCard('approval') }
}

describe('what is asked of a release with several cases', () => {
  const TEXT = 'xyzzyplanted'

  it('can be read, in parts or whole, only by people who are on each of the cases', async () => {
    const { house, question } = await askedOfBoth(new SmallHouse({ previewText: TEXT }))
    const asks = async (id: CaseId) => {
      await house.asks(ana, 'people.invite', '@cem', { case: id })
      await house.asks(cem, 'people.join', '', { case: id })
    }
    await asks(CASE)
    expect(JSON.stringify(question)).not.toContain(TEXT)
    expect(question.quote?.text).toContain('Only people on all 2 cases may read the text')
    expect(house.state().people).toHaveProperty('cem')
    expect(house.state(OTHER).people).not.toHaveProperty('cem')
    for (const input of [press(question, 'Show all').input, press(question, 'Look and approve').input]) {
      const card = cardOf(await house.asks(cem, 'approve', input))
      expect(card.kind).toBe('refusal')
      expect(JSON.stringify(card)).not.toContain(TEXT)
    }
    expect(cardOf(await house.asks(ben, 'approve', press(question, 'Show all').input)).quote?.text).toContain(TEXT)
    await asks(OTHER)
    expect(cardOf(await house.asks(cem, 'approve', press(question, 'Show all').input)).quote?.text).toContain(TEXT)
  })

  it('counts no case of a release that it left, whose recipients hold its patches', async () => {
    const house = await untilReady()
    await untilReady(house, { id: OTHER })
    const preview = cardOf(await house.asks(ana, 'prenotify', '2026-06-09'))
    await house.asks(ana, 'prenotify', press(preview, 'Ask the second person').input)
    const state = house.state()
    const [approval] = state.approvals
    if (approval === undefined) expect.fail('no approval')
    const world = { case: state, others: new Map([[OTHER, house.state(OTHER)]]) }
    const shown = JSON.stringify({ sections: [{ title: 'What it does', text: 'One line.' }] })
    const at = house.now
    const card = approvalCard({ state, approval, shown, policy: policyOf(), at, world, where: { platform: 'slack' } })
    expect(card.quote?.text).toContain('One line.')
    expect(card.quote?.text).not.toContain('Only people on all')
  })

  it('is kept out of chat if the content of any of the cases is', async () => {
    const chat = { ...policyOf().chat, archiveAfter: '30 days', content: 'metadata-from-critical' as const }
    const worded = new SmallHouse({ policy: policyOf('team', { chat }), previewText: TEXT.repeat(999) })
    const { house, preview, question } = await askedOfBoth(worded, 'critical')
    expect(keepsContentOut(house.policy.policy, house.state())).toBe(false)
    const all = cardOf(await house.asks(ben, 'approve', press(question, 'Show all').input))
    const look = cardOf(await house.asks(ben, 'approve', press(question, 'Look and approve').input))
    for (const card of [preview, question, all, look]) expect(JSON.stringify(card)).not.toContain(TEXT)
    expect(preview.fallback).toMatch(/What will happen: \d+ characters in 3 lines, not shown here/)
  })
})

describe('/reschedule', () => {
  it('records only a note if the day stays the same', async () => {
    const house = await prenotified()
    const done = cardOf(await house.asks(ana, 'release.move', '2026-06-09 15:00 the build is slow'))
    expect(done.fallback).toContain('nobody outside is mailed')
    expect(house.recorded.at(-1)?.states.get(PLANNED)).toMatchObject({ at: later(RELEASE, HOUR) })
  })

  it('shows who would be informed of another day, and asks a second person', async () => {
    const house = await prenotified()
    const preview = cardOf(await house.asks(ana, 'release.move', '2026-06-16 the fix is late'))
    expect(preview.fallback).toContain('Tue 16 Jun 2026, 14:00 UTC')
    await house.asks(ana, 'release.move', press(preview, 'Ask the second person').input)
    expect(house.state().approvals.at(-1)).toMatchObject({ status: 'open' })
    expect((await house.lastCard('approval')).fallback).toContain('move the release to another day')
    await approved(house)
    const lines = await said(house)
    expect(lines.some((line) => line.includes('moved the release from Tue 9 Jun 2026'))).toBe(true)
  })

  it('can cancel the release', async () => {
    const house = await prenotified()
    const preview = cardOf(await house.asks(ana, 'release.cancel', 'the fix is wrong'))
    await house.asks(ana, 'release.cancel', press(preview, 'Ask the second person').input)
    await approved(house)
    expect(house.state().release).toBeUndefined()
    expect(await said(house)).toContainEqual(
      expect.stringContaining('Ana, with the approval of Ben, cancelled the release'),
    )
    expect((await said(house)).some((line) => line.includes('cancelled the release: the fix is wrong'))).toBe(true)
  })

  it('has what was not done of it in one line, and settles it once, however many cases go with it', async () => {
    const house = await planned()
    const effect = EffectId.parse(`${PLANNED}/send-mail/announcement>public:announce`)
    const outcome = { is: 'parked', doubt: false, because: 'the server refused it' } as const
    house.comes({ verb: 'record-outcome', stream: PLANNED, effect, outcome })
    const elsewhere = { channel: 'C-elsewhere' }
    const list = cardOf(await house.asks(ana, 'settle', '', elsewhere))
    expect(list.title).toBe('1 thing to settle')
    const done = cardOf(await house.asks(ana, 'settle', press(list, 'Try all again').input, elsewhere))
    expect(done.fallback).toContain('1 thing settled: they are tried again.')
  })

  it('says how to write a date', async () => {
    const refusal = cardOf(await (await prenotified()).asks(ana, 'release.move', 'next week'))
    expect(refusal.fallback).toContain('A release date looks like')
  })
})

describe('a date and what follows it', () => {
  it.each([
    ['2026-06-09', undefined],
    ['2026-06-09 14:00', undefined],
    ['2026-06-09 14:00 UTC @ben', '@ben'],
    ['2026-06-09T14:00:00.000Z the fix is late', 'the fix is late'],
  ])('reads %s', (text, rest) => {
    expect(readDateAndRest(text, '14:00')).toEqual({ at: RELEASE, ...(rest === undefined ? {} : { rest }) })
  })

  it.each(['', 'tomorrow', '2026-02-30', 'x 2026-06-09'])('reads no date in “%s”', (text) => {
    expect(readDateAndRest(text, '14:00')).toBeUndefined()
  })
})
