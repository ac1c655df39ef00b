import { describe, expect, it } from 'vitest'
import { CaseId, DAY, HOUR, PersonId } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { ana, ben, policyOf } from '../fixtures/policy.ts'
import { CASE, cardOf, MAIL, press, SmallHouse } from '../fixtures/small-house.ts'

const OTHER = CaseId.parse('SEC-2026-0043')
const ELSEWHERE = { channel: 'C-elsewhere' }
const rowsOf = ({ lines }: Card): readonly string[] =>
  lines.flatMap(([first]) => (first?.text.startsWith('SEC-') === true ? [first.text] : []))
const found = async (house: SmallHouse, typed: string, who = ana): Promise<readonly string[]> =>
  rowsOf(cardOf(await house.asks(who, 'status', `all ${typed}`)))

/** A rated case that Ana coordinates, and a newer case that nobody has looked at. */
const two = async () => {
  const house = new SmallHouse().opens().wait(HOUR)
  await house.asks(ana, 'ack')
  await house.asks(ana, 'triage', 'valid high')
  return house.wait(2 * DAY).opens(OTHER)
}

describe('finding cases', () => {
  it.each([
    ['', [OTHER, CASE]],
    ['assessing', [CASE]],
    ['received', [OTHER]],
    ['high', [CASE]],
    ['unrated', [OTHER]],
    ['--owner me', [CASE]],
    ['--owner nobody', [OTHER]],
    ['--owner ben', []],
    ['--older 1', [CASE]],
    ['assessing high --owner ana --older 1', [CASE]],
    ['closed', []],
  ])('works by what is typed: %s', async (typed, ids) => {
    expect(await found(await two(), typed)).toEqual(ids)
  })

  it('works by what is overdue', async () => {
    const house = await two()
    expect(await found(house, 'overdue')).toEqual([])
    house.wait(2 * DAY)
    expect(await found(house, 'overdue')).toEqual([OTHER])
  })

  it('says only once that there is no embargo', async () => {
    const house = await two()
    await house.asks(ana, 'triage', `${CASE} invalid it is by design`, ELSEWHERE)
    await house.asks(ana, 'close', `${CASE} it is by design`, ELSEWHERE)
    await house.asks(ana, 'reopen', `${CASE} it is not`, ELSEWHERE)
    expect(cardOf(await house.asks(ana, 'status', 'all')).fallback).toMatch(/ · no embargo$/mu)
  })

  it('counts all that match, and shows them in pages, however many there are', async () => {
    const house = new SmallHouse()
    for (let n = 100; n < 123; n += 1) house.opens(CaseId.parse(`SEC-2026-0${n}`))
    const first = cardOf(await house.asks(ana, 'status', 'all received'))
    expect(first.title).toBe('23 cases found, page 1 of 3')
    expect(first.fallback).toContain('13 more cases.')
    expect(press(first, 'More').input).toEqual({ which: 'all', stage: 'received', page: '2' })
    const last = cardOf(await house.asks(ana, 'status', 'all received --page 3'))
    expect(last.lines).toHaveLength(3)
    expect(last.actions.map(({ label }) => label)).not.toContain('More')
    expect(cardOf(await house.asks(ana, 'status', 'all received --page 4')).title).toBe('23 cases found, page 3 of 3')
  })

  it('does not count cases that the caller may not see', async () => {
    const house = await two()
    await house.asks(ana, 'people.remove', `${CASE} @ben leaves`, { channel: 'C-elsewhere' })
    expect(cardOf(await house.asks(ben, 'status', 'all')).title).toBe('1 case found')
    expect(await found(house, '', ben)).toEqual([OTHER])
    const stranger = PersonId.parse('zoe')
    expect(cardOf(await house.asks(stranger, 'status', 'all')).fallback).toContain('No case that you may see matches.')
    expect(cardOf(await house.asks(stranger, 'status', 'all')).fallback).toContain('No case that you may see matches.')
  })

  it('says how many it did not look at for whose turn it is', async () => {
    const house = new SmallHouse()
    for (let n = 100; n < 205; n += 1) house.opens(CaseId.parse(`SEC-2026-0${n}`))
    expect(cardOf(await house.asks(ana, 'status', 'mine')).fallback).toContain(
      'Checked: all open cases that you coordinate, and the 100 most urgent of the 105 open cases that you may see.',
    )
  })

  it('has a person’s cases in their own list, however many cases came in before', async () => {
    const house = new SmallHouse()
    for (let n = 100; n < 205; n += 1) house.opens(CaseId.parse(`SEC-2026-0${n}`))
    house.wait(HOUR).opens()
    await house.asks(ana, 'ack')
    await house.asks(ana, 'triage', 'valid critical')
    expect(cardOf(await house.asks(ana, 'status', 'mine')).fallback).toContain(CASE)
    expect(cardOf(await house.asks(ana, 'status', 'mine')).fallback).toContain(CASE)
  })

  it('offers the next action of each case as its button', async () => {
    const house = await two()
    const card = cardOf(await house.asks(ana, 'status', 'all'))
    expect(card.actions.map(({ label, verb, input }) => [label, verb, input['case']])).toEqual([
      [`${OTHER}: Acknowledge`, 'ack', OTHER],
      [`${CASE}: Affected branch`, 'triage.affects', CASE],
    ])
    for (const which of ['all', 'mine'])
      expect(cardOf(await house.asks(ana, 'status', which)).actions.map(({ label }) => label)).toContain(
        `${CASE}: Affected branch`,
      )
  })

  it('shows the cases only to the caller, and says so if a person is unknown', async () => {
    const house = await two()
    expect(await house.asks(ben, 'status', 'all')).toMatchObject({ audience: 'caller' })
    expect(cardOf(await house.asks(ana, 'status', 'all --owner zed')).fallback).toContain(
      'Nobody in the policy is called',
    )
  })
})

describe('finding cases by the words of a subject', () => {
  const mail = (message: string) => ({
    ...MAIL,
    subject: message.startsWith(CASE) ? 'Path traversal in template names' : 'Crash of the loader',
  })

  it('looks in the mail of each report, and shows the subject', async () => {
    const house = new SmallHouse({ mail }).opens().opens(OTHER)
    const card = cardOf(await house.asks(ana, 'status', 'all TEMPLATE path'))
    expect([card.title, rowsOf(card)]).toEqual(['1 case found', [CASE]])
    expect(card.fallback).toContain(' · Path traversal in template names')
    expect(await found(house, 'loader')).toEqual([OTHER])
    expect(await found(house, 'received loader')).toEqual([OTHER])
    expect(await found(house, 'assessing loader')).toEqual([])
    await house.asks(ana, 'triage', 'spam')
    expect(await found(house, 'traversal')).toEqual([CASE])
  })

  it('finds a case whose content is kept out of chat only in the terminal', async () => {
    const policy = policyOf('team')
    const kept = { ...policy, chat: { ...policy.chat, content: 'metadata-from-high' as const } }
    const house = new SmallHouse({ mail, policy: kept }).opens()
    expect(await found(house, 'traversal')).toEqual([])
    const asked = await house.asks(ana, 'status', 'all traversal', { platform: 'terminal', private: true })
    expect(rowsOf(cardOf(asked))).toEqual([CASE])
    await house.asks(ana, 'triage', 'valid low')
    expect(await found(house, 'traversal')).toEqual([CASE])
  })

  it('says so if it searched only the most urgent cases', async () => {
    const house = new SmallHouse({ mail })
    for (let n = 100; n < 301; n += 1) house.opens(CaseId.parse(`SEC-2026-0${n}`))
    const card = cardOf(await house.asks(ana, 'status', 'all loader'))
    expect(card.title).toBe('200 cases found, page 1 of 20')
    expect(card.fallback).toContain('Only the subjects of the 200 most urgent')
    expect(press(card, 'More').input).toEqual({ which: 'all', words: 'loader', page: '2' })
  })
})

describe('a retrospective', () => {
  it('shows what the log knows, and asks for the rest', async () => {
    const house = new SmallHouse().opens().wait(HOUR)
    await house.asks(ana, 'triage', 'info-only low CWE-22 nothing to fix')
    const shown = cardOf(await house.asks(ana, 'retro'))
    expect(shown.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · looking back
      Weakness       CWE-22 Path Traversal · A01:2025 Broken Access Control
      acknowledged   Mon 25 May, 10:00 UTC · in time, due Tue 26 May, 09:00 UTC
      valid or not   Mon 25 May, 10:00 UTC · in time, due Mon 8 Jun, 10:00 UTC
      No near misses.
      What happened:
      Mon 25 May, 09:00 UTC · came in
      Mon 25 May, 09:00 UTC · embargo until Sun 23 Aug 2026, 09:00 UTC
      Mon 25 May, 10:00 UTC · severity rated
      Mon 25 May, 10:00 UTC · decided what it is
      Mon 25 May, 10:00 UTC · deferred
      Mon 25 May, 10:00 UTC · embargo over
      Mon 25 May, 10:00 UTC · closed
      [ Record what we learnt ]"
    `)
    const lines = (await house.cards()).filter(({ kind }) => kind === 'change').map(({ fallback }) => fallback)
    expect(lines.filter((line) => line.includes('deferred'))).toEqual([])
    expect(press(shown, 'Record what we learnt')).toMatchObject({ verb: 'retro', form: true })
    await house.asks(ana, 'retro', '--change "check earlier" nobody had read the manual')
    expect(house.state().retrospective).toMatchObject({
      rootCause: 'nobody had read the manual',
      change: 'check earlier',
    })
  })

  it('leaves nothing out, however long the case took', async () => {
    const house = new SmallHouse().opens().wait(HOUR)
    await house.asks(ana, 'triage', 'valid high')
    for (let round = 0; round < 12; round += 1) {
      await house.asks(ana, 'triage', `valid ${round % 2 === 0 ? 'low' : 'high'}`)
      house.wait(HOUR)
    }
    const text = cardOf(await house.asks(ana, 'retro')).fallback
    expect(text).toContain('Mon 25 May, 09:00 UTC · came in')
    expect(text.match(/ · severity rated/g)).toHaveLength(13)
  })

  it('says that a promise is broken when its time is over, and not before', async () => {
    const house = new SmallHouse().opens().wait(HOUR)
    await house.asks(ana, 'ack')
    const promised = async () =>
      cardOf(await house.asks(ana, 'retro')).fields.map(({ value }) => value.map(({ text }) => text).join(''))
    expect(await promised()).toContain('not yet · due Mon 8 Jun, 10:00 UTC')
    house.wait(20 * DAY)
    expect(await promised()).toContain('not yet · late, due Mon 8 Jun, 10:00 UTC')
  })
})
