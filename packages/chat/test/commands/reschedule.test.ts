import { EffectId, HOUR, later } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { readDateAndRest } from '../../src/text/read-date-and-rest.ts'
import { ana } from '../fixtures/policy.ts'
import { cardOf, press, RELEASE } from '../fixtures/small-house.ts'
import { PLANNED, changeNotices, plannedRelease, prenotifiedRelease, approveLast } from '../fixtures/planned-release.ts'

describe('/reschedule', () => {
  it('records only a note if the day stays the same', async () => {
    const house = await prenotifiedRelease()
    const done = cardOf(await house.asks(ana, 'release.move', '2026-06-09 15:00 the build is slow'))
    expect(done.fallback).toContain('nobody outside is mailed')
    expect(house.recorded.at(-1)?.states.get(PLANNED)).toMatchObject({ at: later(RELEASE, HOUR) })
  })

  it('shows who would be informed of another day, and asks a second person', async () => {
    const house = await prenotifiedRelease()
    const preview = cardOf(await house.asks(ana, 'release.move', '2026-06-16 the fix is late'))
    expect(preview.fallback).toContain('Tue 16 Jun 2026, 14:00 UTC')
    await house.asks(ana, 'release.move', press(preview, 'Ask the second person').input)
    expect(house.state().approvals.at(-1)).toMatchObject({ status: 'open' })
    expect((await house.lastCard('approval')).fallback).toContain('move the release to another day')
    await approveLast(house)
    const lines = await changeNotices(house)
    expect(lines.some((line) => line.includes('moved the release from Tue 9 Jun 2026'))).toBe(true)
  })

  it('can cancel the release', async () => {
    const house = await prenotifiedRelease()
    const preview = cardOf(await house.asks(ana, 'release.cancel', 'the fix is wrong'))
    await house.asks(ana, 'release.cancel', press(preview, 'Ask the second person').input)
    await approveLast(house)
    expect(house.state().release).toBeUndefined()
    expect(await changeNotices(house)).toContainEqual(
      expect.stringContaining('Ana, with the approval of Ben, cancelled the release'),
    )
    expect((await changeNotices(house)).some((line) => line.includes('cancelled the release: the fix is wrong'))).toBe(
      true,
    )
  })

  it('has what was not done of it in one line, and settles it once, however many cases go with it', async () => {
    const house = await plannedRelease()
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
    const refusal = cardOf(await (await prenotifiedRelease()).asks(ana, 'release.move', 'next week'))
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
