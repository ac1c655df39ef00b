import { describe, expect, it } from 'vitest'
import { CaseId, DAY, EffectId, HOUR, later, worldOf } from '@embargo/core'
import type { Instant, World } from '@embargo/core'
import { createPresenter } from '../../src/index.ts'
import type { Card } from '@embargo/engine'
import { pinnedCard } from '../../src/cards/pinned.ts'
import { buttonRow, phoneLine, PHONE_COLUMNS, PHONE_LINES, rowsOf } from '../../src/cards/phone.ts'
import { gallery } from '../fixtures/gallery.ts'
import { ana, ben, policyOf } from '../fixtures/policy.ts'
import { CASE, cardOf, RELEASE, SmallHouse, START } from '../fixtures/small-house.ts'
import { mailsLeave, untilPublishing } from '../fixtures/until-publishing.ts'
import { PATCH, untilReady } from '../fixtures/until-ready.ts'

const pinned = async (house: SmallHouse, at: Instant): Promise<string> =>
  (
    await createPresenter().pinned({
      platform: 'slack',
      state: house.state(),
      world: (await house.engine.queries.world(house.state().id)) ?? expect.fail('no world'),
      policy: house.policy,
      at,
      stateOf: (stream) => house.engine.queries.state(stream),
    })
  )?.fallback ?? expect.fail('no card')

/** The card as a phone shows it: title, lines and the row of buttons. */
const onPhone = ({ title, lines, actions }: Card): readonly string[] => [
  title,
  ...lines.map(phoneLine),
  buttonRow(actions),
]

/** The pinned card after each event of the house, drawn for the time of the event and for three later times. */
const eachPinned = (house: SmallHouse): readonly Card[] =>
  house.recorded.flatMap(({ states, at }) => {
    const state = states.get(CASE)
    if (state?.kind !== 'case') return []
    const release = state.release === undefined ? undefined : states.get(state.release)
    const world = { case: state, others: states, ...(release?.kind === 'release' ? { release } : {}) }
    return [0, 12 * HOUR, 80 * DAY, 400 * DAY].map((wait) =>
      pinnedCard({ state, world, policy: house.policy.policy, at: later(at, wait), platform: 'slack' }),
    )
  })

/** A team of people with very long names. */
const longNamed = (): SmallHouse => {
  const policy = policyOf()
  const people = policy.people.map((one) => ({ ...one, name: `${one.name} ${'Wolfeschlegelsteinhausen '.repeat(3)}` }))
  return new SmallHouse({ policy: { ...policy, people } })
}

describe('the pinned card', () => {
  it('fits a phone in every state: eight lines including its buttons, none wider than the screen', async () => {
    const { houses } = await gallery()
    const long = longNamed().opens()
    await long.asks(ana, 'ack')
    await long.asks(ana, 'triage', 'valid critical')
    await long.asks(ana, 'affects', 'main')
    await long.asks(ana, 'affects', '4.2')
    await long.asks(ana, 'assign-patch', '@ben main')
    await long.asks(ana, 'assign-patch', 'reporter 4.2')
    await long.asks(ana, 'wait', 'another party whose name does not end where a phone ends')
    await long.asks(ben, 'patch', { action: 'submit', branch: 'main', patch: PATCH })
    await long.asks(ben, 'signal', 'exploit https://elsewhere.example/post')
    const cards = [...houses, long, await untilReady(), await untilPublishing()].flatMap(eachPinned)
    expect(cards.length).toBeGreaterThan(400)
    for (const card of cards) {
      const shown = onPhone(card)
      const rows = card.lines.reduce((sum, line) => sum + rowsOf(line), 2)
      expect(rows, shown.join('\n')).toBeLessThanOrEqual(PHONE_LINES)
      for (const one of [shown[0] ?? '', shown.at(-1) ?? '']) expect(one.length, one).toBeLessThanOrEqual(PHONE_COLUMNS)
      expect(card.fields).toEqual([])
    }
  })

  it('has the next action as its first button, and the full status behind its last', async () => {
    const house = new SmallHouse().opens()
    const buttons = async () => (await house.lastCard('status')).actions.map(({ label }) => label)
    expect(await buttons()).toEqual(['Acknowledge', 'Triage', 'More'])
    await house.asks(ana, 'ack')
    expect(await buttons()).toEqual(['Triage', 'Write to reporter', 'More'])
    const more = (await house.lastCard('status')).actions.at(-1) ?? expect.fail('no button')
    const whole = await house.asks(ana, more.verb, more.input)
    expect(whole).toMatchObject({ audience: 'caller' })
    expect(cardOf(whole).fallback).toContain('Still missing')
  })

  it('says who does what until when, what is missing, and how far the case is', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    await house.asks(ana, 'triage', 'valid high')
    await house.asks(ana, 'affects', 'main')
    await house.asks(ana, 'affects', '4.2')
    await house.asks(ana, 'assign-patch', 'ana main')
    await house.asks(ana, 'assign-patch', '@ben 4.2')
    await house.asks(ana, 'patch', { action: 'submit', branch: 'main', patch: PATCH })
    house.wait(2 * DAY)
    expect(await pinned(house, house.now)).toMatchInlineSnapshot(`
      "SEC-2026-0042 · fixing · high
      Next: Ben, submit the patch for 4.2
      by Wed 24 Jun, 09:00 UTC (in 28 days)
      Missing: check of main, 4.2 patch, advisory…
      Fix: main unchecked, 4.2 none
      Asked: the reporter, check main (2 days ago)
      Embargo ends Sun 23 Aug, 09:00 UTC (in 88 days)
      [ Submit patch ] [ Write to reporter ] [ More ]"
    `)
  })

  it('is amber on the last day and red when it is late', () => {
    const house = new SmallHouse().opens()
    const state = house.state()
    const toneAt = (at: Instant) =>
      pinnedCard({ state, world: { case: state, others: new Map() }, policy: policyOf(), at, platform: 'discord' }).tone
    expect([later(START, HOUR), later(START, 3 * DAY)].map(toneAt)).toEqual(['soon', 'late'])
    expect(toneAt(START)).toBeUndefined()
  })

  it('says in one line that a signal was raised, and what happens if nobody answers', async () => {
    const house = await untilReady()
    await house.asks(ben, 'signal', 'exploit https://elsewhere.example/post')
    expect(await pinned(house, house.now)).toMatchInlineSnapshot(`
      "⚠ SEC-2026-0042 · ready · high · frozen
      Ben reports an exploit. Embargoed mail held.
      Next: Ana, is it true? Silence counts as yes
      at Mon 25 May, 10:30 UTC (in 30 minutes)
      Missing: fixed version of main
      Fix: main ✓ checked by the reporter
      Embargo ends Sun 23 Aug, 09:00 UTC (in 89 days)
      [ Look and approve ] [ Advisory text ] [ More ]"
    `)
  })

  it('names a range that contains a fix, with the command that corrects it', async () => {
    const house = await untilReady()
    await house.asks(ana, 'advisory', 'loader May read files.')
    const state = house.state()
    const findings = (branch: string | undefined): NonNullable<World['findings']> => [
      {
        case: CASE,
        where: branch === undefined ? 'announcement' : `versions of ${branch}`,
        because: 'They contain 4.2.7.',
        ...(branch === undefined ? {} : { fact: { is: 'versions', branch } as const }),
      },
    ]
    const missing = (branch?: string) =>
      pinnedCard({
        state,
        world: { case: state, others: new Map(), findings: findings(branch) },
        policy: policyOf(),
        at: house.now,
        platform: 'terminal',
      }).fallback
    expect(missing('main')).toContain(`versions of main, not < 4.3: embargo ${CASE} triage affects main`)
    expect(missing()).toContain('new wording in the announcement')
  })

  it.each([
    [{ letter: 'acknowledgment' }, 'may have been sent'],
    [{ step: 'cve-record' }, 'may have been done'],
  ] as const)('says of %j what may have happened', async (what, line) => {
    const house = await untilReady()
    const effect = EffectId.parse('e9/cve-record')
    const doubt = { effect, doubt: true, because: 'the relay hung up', at: house.now, ...what }
    const state = { ...house.state(), parked: [doubt] }
    const world = { case: state, others: new Map() }
    const card = pinnedCard({ state, world, policy: policyOf(), at: house.now, platform: 'slack' })
    expect(card.lines.map(phoneLine)).toContainEqual(expect.stringContaining(line))
  })

  it('cuts a long task that comes later, and not its date', async () => {
    const house = await untilPublishing()
    mailsLeave(house)
    const { cve: _none, ...state } = house.state()
    const policy = { ...policyOf(), projects: policyOf().projects.map((one) => ({ ...one, cve: 'form' as const })) }
    const world = { ...worldOf(CASE, house.states), case: state }
    const card = pinnedCard({ state, world, policy, at: house.now, platform: 'slack' })
    expect(onPhone(card).find((row) => row.startsWith('Then: '))).toMatch(/^Then: .+… by \w{3} \d+ \w{3}$/u)
  })

  it('names the day of a release once', async () => {
    const house = await untilPublishing()
    const before = house.recorded.filter(({ at }) => at < RELEASE).at(-1)?.states ?? expect.fail('nothing before')
    const state = before.get(CASE)
    if (state?.kind !== 'case') expect.fail('no case')
    const release = state.release === undefined ? undefined : before.get(state.release)
    const world = { case: state, others: new Map(), ...(release?.kind === 'release' ? { release } : {}) }
    const card = pinnedCard({ state, world, policy: policyOf(), at: START, platform: 'slack' })
    expect(card.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · pre-notified · high
      Next: Ana, disclose
      on Tue 9 Jun, 14:00 UTC (in 15 days)
      Missing: fixed version of main
      Told: 0 of 2 recipients
      Fix: main ✓ checked by the reporter
      Embargo ends Sun 23 Aug, 09:00 UTC (in 90 days)
      [ Write to reporter ] [ More ]"
    `)
  })

  it('counts the days that are left from the time of reading, not from the last event', async () => {
    const house = new SmallHouse().opens()
    expect(await pinned(house, START)).toContain('in 90 days')
    expect(await pinned(house, later(START, 83 * DAY))).toContain('in 7 days')
  })

  it('names the stand-in while the coordinator is away, as /status does', async () => {
    const policy = policyOf()
    const away = [{ from: '2026-06-01', back: '2026-06-15' }]
    const people = policy.people.map((one) => (one.id === ana ? { ...one, away } : one))
    const house = new SmallHouse({ policy: { ...policy, people } }).opens().wait(HOUR)
    await house.asks(ana, 'ack')
    expect(await pinned(house, house.now)).toContain('Next: Ana, decide whether it is valid')
    house.wait(8 * DAY)
    expect(await pinned(house, house.now)).toContain('Next: Ben, decide whether it is valid')
    expect(cardOf(await house.asks(ana, 'status')).fallback).toContain('Ben: decide whether it is valid')
  })

  it('asks for no retrospective after one was held', async () => {
    const house = new SmallHouse()
    await house.asks(ana, 'open', 'quillmark --public https://elsewhere.example/post')
    const opened = house.recorded[0]?.one.stream ?? expect.fail('no case')
    const id = CaseId.parse(opened)
    await house.asks(ana, 'triage', 'info-only it is known', { case: id })
    expect((await house.lastCard('status')).fallback).toContain('hold the retrospective')
    await house.asks(ana, 'retro', 'record We joined names to paths in two places; there is one now.', { case: id })
    expect((await house.lastCard('status')).fallback).not.toContain('hold the retrospective')
  })
})
