import { describe, expect, it } from 'vitest'
import { ana } from '../fixtures/policy.ts'
import { cardOf, CASE, formOf, press, RELEASE, SmallHouse } from '../fixtures/small-house.ts'
import {
  OTHER,
  PLANNED,
  changeNotices,
  prenotifiedRelease,
  approveLast,
  resubmitPatch,
  mailsOf,
  requestOfTwo,
} from '../fixtures/planned-release.ts'

describe('/prenotify of a planned release', () => {
  it('tells its date without naming it again', async () => {
    const house = await prenotifiedRelease()
    expect(house.recorded.at(-1)?.states.get(PLANNED)).toMatchObject({ is: 'prenotified', at: RELEASE })
  })

  it('records which recipients have the pre-notification', async () => {
    const house = await prenotifiedRelease()
    const release = house.recorded.at(-1)?.states.get(PLANNED)
    const recipient = release?.kind === 'release' ? release.prenotified[0]?.recipient : undefined
    await house.asks(ana, 'log-answer', `elsewhere has-it ${recipient}`)
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(/acknowledged 1 of \d/)
  })

  it('sends changed patches only when there are some', async () => {
    const refusal = cardOf(await (await prenotifiedRelease()).asks(ana, 'prenotify', 'update'))
    expect(refusal.fallback).toMatch(/^SEC-2026-0042 · not done\nThe recipients/u)
  })

  it('asks what changed, and carries it to the second person', async () => {
    const house = await prenotifiedRelease()
    await resubmitPatch(house)
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
    await approveLast(house)
    expect(house.recorded.map(({ one }) => one.event)).toContainEqual(
      expect.objectContaining({ type: 'PrenotificationUpdated', reason: 'Absolute names are refused too.' }),
    )
  })
})

it('shows who holds the patches of a case that was taken out of its release', async () => {
  const { house } = await requestOfTwo(new SmallHouse())
  await approveLast(house)
  for (const { id, letter, to } of mailsOf(house)) {
    const outcome = { is: 'mail-accepted', letter, to, messageId: '<m@quillmark.example>' } as const
    house.comes({ verb: 'record-outcome', stream: PLANNED, effect: id, outcome })
  }
  const preview = cardOf(await house.asks(ana, 'release.drop', 'the fix breaks uploads'))
  await house.asks(ana, 'release.drop', press(preview, 'Ask the second person').input)
  await approveLast(house)
  expect(house.state().release).toBeUndefined()
  expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(/Patches held +by north/u)
  expect(cardOf(await house.asks(ana, 'status', '', { case: OTHER })).fallback).not.toContain('Patches held')
})

describe('a heads-up that is no longer true', () => {
  it('is reported after the rating, in the status and with the release, with the command that corrects it', async () => {
    const house = await prenotifiedRelease()
    await house.asks(ana, 'triage', 'valid critical')
    const wrong = 'The public heads-up is no longer true. Correct it: /cvd prenotify update'
    expect(await changeNotices(house)).toContainEqual(`Ana rated it critical.\n${wrong}`)
    for (const [verb, input] of [
      ['status', ''],
      ['release', 'show'],
    ] as const)
      expect(cardOf(await house.asks(ana, verb, input)).fallback).toContain(wrong)
    expect(cardOf(await house.asks(ana, 'status')).fallback).toContain('Ana: correct the public heads-up')
    const preview = cardOf(await house.asks(ana, 'prenotify', 'update'))
    expect(preview.fallback).toContain('corrected heads-up')
    await house.asks(ana, 'prenotify', press(preview, 'Ask the second person').input)
    await approveLast(house)
    expect(cardOf(await house.asks(ana, 'status')).fallback).not.toContain(wrong)
    expect(await changeNotices(house)).toContainEqual('The heads-up is corrected in public.')
  })

  it('is reported in the channel of another case of the release', async () => {
    const { house } = await requestOfTwo(new SmallHouse())
    await approveLast(house)
    for (const { id, letter, to } of mailsOf(house)) {
      const outcome = { is: 'mail-accepted', letter, to, messageId: '<m@quillmark.example>' } as const
      house.comes({ verb: 'record-outcome', stream: PLANNED, effect: id, outcome })
    }
    await house.asks(ana, 'triage', 'valid critical', { case: OTHER })
    expect(await changeNotices(house)).toContainEqual(
      `${OTHER}, in the same release, was rated again.\nThe public heads-up is no longer true. Correct it: /cvd prenotify update`,
    )
  })
})
