import { PROFILES } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { ana, ben, policyOf } from '../fixtures/policy.ts'
import { cardOf, CASE, press, RELEASE, SmallHouse } from '../fixtures/small-house.ts'
import { untilReady } from '../fixtures/until-ready.ts'
import {
  OTHER,
  PLANNED,
  changeNotices,
  plannedRelease,
  prenotifiedRelease,
  approveLast,
} from '../fixtures/planned-release.ts'

describe('the commands of a release', () => {
  it('plan it, and say so in the channel', async () => {
    const house = await plannedRelease()
    const release = house.recorded.at(-1)?.states.get(PLANNED)
    expect(release).toMatchObject({ is: 'scheduled', at: RELEASE, releaser: 'ben', cases: [CASE, OTHER] })
    const lines = await changeNotices(house)
    expect(
      lines.some((line) => line.includes(`Ana planned the release ${PLANNED} for Tue 9 Jun 2026, 14:00 UTC`)),
    ).toBe(true)
    expect(lines.some((line) => line.includes(`Ana added ${OTHER} to the release of Tue 9 Jun 2026`))).toBe(true)
  })

  it('stand on the status card with month, date and cases', async () => {
    const card = await (await plannedRelease()).lastCard('status')
    expect(card.fallback).toContain('Release of 2 cases Tue 9 Jun, 14:00 UTC')
  })

  it('show what each case lacks', async () => {
    const house = await plannedRelease()
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
    const house = await plannedRelease()
    await house.asks(ana, 'release.drop', 'not ready')
    expect(house.state().release).toBeUndefined()
    const lines = await changeNotices(house)
    expect(lines.some((line) => line.includes('Ana took this case out of its release: not ready. It goes on,'))).toBe(
      true,
    )
  })

  it('warn of release notes that describe a case which was taken out, and say in the other channels how to give them again', async () => {
    const house = await plannedRelease()
    await house.asks(ana, 'release.notes', '')
    await house.asks(ana, 'release.drop', 'not ready')
    const lines = await changeNotices(house)
    const here = lines.find((text) => text.includes('took this case out'))
    const there = lines.find((text) => text.includes(`${CASE} is no longer in this release`))
    const warning = `The releaser has release notes that describe ${CASE}: do not publish any build that contains these notes.`
    expect(here).toContain(warning)
    expect(here).not.toContain('Give them again')
    expect(there).toContain(`${warning} Give them again: /cvd release notes`)
    const list = async () => cardOf(await house.asks(ana, 'release', '', { case: OTHER })).fallback
    expect(await list()).toContain(warning)
    await house.asks(ana, 'release.notes', '', { case: OTHER })
    expect(await list()).not.toContain(warning)
  })

  it('say of a case that leaves because it is closed, or public, no embargo that is over', async () => {
    const closing = await plannedRelease()
    const preview = cardOf(await closing.asks(ana, 'close', 'it is no vulnerability'))
    await closing.asks(ana, 'close', press(preview, 'Close the case').input)
    expect(await changeNotices(closing)).toContainEqual(
      expect.stringMatching(/out of its release: the case is closed\.$/u),
    )

    const known = await plannedRelease()
    await known.asks(ana, 'signal', 'public https://news.example/1')
    await approveLast(known)
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
    const refusal = cardOf(await (await plannedRelease()).asks(ana, 'prenotify'))
    expect(refusal.fallback).toContain(`${OTHER}: The case is valid`)
  })
})

it('offer no second pre-notification of a case that no list knows', async () => {
  const prenotification = { ...PROFILES.team.prenotification, lists: [], headsUp: [] }
  const house = await untilReady(new SmallHouse({ policy: policyOf('team', { prenotification }) }))
  const preview = cardOf(await house.asks(ana, 'prenotify', '2026-06-09'))
  await house.asks(ana, 'prenotify', press(preview, 'Ask the second person').input)
  await approveLast(house)
  const status = cardOf(await house.asks(ana, 'status'))
  expect(status.title).toContain('· ready ·')
  const verbs = status.actions.map(({ verb }) => verb)
  expect(verbs.slice(0, 2)).toEqual(['advisory', 'reply'])
  expect(verbs).not.toContain('prenotify')
})

it('tells the other cases of a release what holds it up, and what becomes of that', async () => {
  const house = await plannedRelease()
  await house.asks(ana, 'signal', 'attack https://watch.example/1')
  expect(await changeNotices(house)).toContainEqual(
    expect.stringContaining(
      `Ana says of ${CASE}, in the same release, that attacks are observed. No embargoed mail is sent until this is answered in the channel of ${CASE}.`,
    ),
  )
  await house.asks(ben, 'approve.no', 'that is a scanner')
  expect(await changeNotices(house)).toContainEqual(
    expect.stringContaining(
      `The signal of ${CASE}, in the same release, was refused. The mail that it held up may be sent now`,
    ),
  )
  await house.asks(ana, 'signal', 'attack https://watch.example/2')
  await approveLast(house)
  expect(await changeNotices(house)).toContainEqual(
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
    const house = await prenotifiedRelease()
    expect(cardOf(await house.asks(ana, 'release.drop', '')).fallback).toContain('will read why it leaves the release')
  })

  it('shows who is informed, asks a second person, and removes the case once they agree', async () => {
    const house = await prenotifiedRelease()
    const preview = cardOf(await house.asks(ana, 'release.drop', 'the fix breaks uploads'))
    expect(preview.fallback).toContain('Once you ask, nothing of this case goes out until the request is answered.')
    await house.asks(ana, 'release.drop', press(preview, 'Ask the second person').input)
    expect(house.state().release).toBe(PLANNED)
    expect((await house.lastCard('approval')).fallback).toContain('take this case out of its release')
    await approveLast(house)
    expect(house.state().release).toBeUndefined()
    expect(await changeNotices(house)).toContainEqual(
      expect.stringContaining('Ana, with the approval of Ben, cancelled the release'),
    )
  })
})
