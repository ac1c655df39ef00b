import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '@embargo/core'
import { ana, ben } from '../fixtures/policy.ts'
import { CASE, cardOf, press, SmallHouse } from '../fixtures/small-house.ts'
import { PATCH } from '../fixtures/until-ready.ts'

/** Ben wrote the patch for main, and it waits for verification. */
const submitted = async () => {
  const house = new SmallHouse().opens().wait(HOUR)
  await house.asks(ana, 'triage', 'valid high')
  await house.asks(ana, 'triage.affects', 'main')
  await house.asks(ana, 'assign-patch', '@ben main')
  await house.asks(ben, 'patch', { action: 'submit', patch: PATCH })
  house.asked.length = 0
  return house
}

const requests = (house: SmallHouse) => house.asked.map(({ request }) => request)

describe('/confirm', () => {
  it.each([
    ['no it still reads files', { fixed: false, note: 'it still reads files' }],
    ['main no it still reads files', { fixed: false, branch: 'main', note: 'it still reads files' }],
    ['no main it still reads files', { fixed: false, branch: 'main', note: 'it still reads files' }],
    ['yes main', { fixed: true, branch: 'main' }],
    ['yes main Not a trace of it in the log', { fixed: true, branch: 'main', note: 'Not a trace of it in the log' }],
    ['main --fixed yes "It reads no file"', { fixed: true, branch: 'main', note: 'It reads no file' }],
    ['yes main it reads nothing', { fixed: true, branch: 'main', note: 'it reads nothing' }],
  ])('takes “%s” as clear', async (text, meant) => {
    const house = await submitted()
    await house.asks(ana, 'confirm', text)
    expect(requests(house)).toEqual([{ verb: 'confirm', case: CASE, ...meant }])
  })

  it.each([
    '',
    'main',
    'main still reads files on Windows',
    'main No word from reporter',
    'main no word from reporter',
    'No longer reads the file',
    'no longer reads the file',
    'main NO it still reads files',
    'main "No word from reporter"',
    'main No, it still reads files',
    '--fixed no main longer than we thought',
  ])('asks about “%s”, and records nothing', async (text) => {
    const house = await submitted()
    const card = cardOf(await house.asks(ana, 'confirm', text))
    expect(requests(house)).toEqual([])
    expect(card.title).toBe(`${CASE} · does the patch fix it?`)
  })

  it.each([
    ['typed', ''],
    ['sent in as an empty form', {}],
    ['pressed on the pinned card', 'press'],
  ])('shows the patch and asks for the answer, %s', async (_how, input) => {
    const house = await submitted()
    const pressed = press(await house.lastCard('status'), 'Confirm')
    expect(pressed.form).toBeUndefined()
    const card = cardOf(await house.asks(ana, 'confirm', input === 'press' ? pressed.input : input))
    expect(card.quote).toEqual({ label: 'The patch', text: PATCH })
    expect(card.fallback).toContain('Nothing is recorded yet. Read the patch, then answer yes or no.')
    expect(requests(house)).toEqual([])
    const yes = press(card, 'Yes, it is fixed')
    expect(yes.form).toBe(true)
    expect(card.fallback).toContain('A yes would be refused now: The reporter was asked to verify this patch')
    await house.wait(4 * DAY).asks(ana, 'confirm', { ...yes.input, note: 'the reporter is silent' })
    expect(house.state().branches[0]?.fix?.is).toBe('verified')
  })

  it('asks about no patch that has changed since the button was drawn', async () => {
    const house = await submitted()
    const old = press(await house.lastCard('status'), 'Confirm').input
    await house.asks(ben, 'patch', { action: 'submit', branch: 'main', patch: `${PATCH}+  again\n` })
    expect(cardOf(await house.asks(ana, 'confirm', old)).fallback).toContain('The patch for main has been replaced')
    expect(house.state().branches[0]?.fix?.is).toBe('submitted')
  })

  it('offers both answers, and records the one that is chosen', async () => {
    const house = await submitted()
    const card = cardOf(await house.asks(ana, 'confirm', 'main No word from reporter'))
    expect(card.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · does the patch fix it?
      Branch         main
      Patch          fix.patch by Ben, sha256 4b02281e401dce5f843e66a50c97fecfb0b13a1a592195894c7fb357d0cf624d
      You wrote “No word from reporter”, which may be a no, or a note to a yes. Nothing is recorded yet.
      A yes would be refused now: The reporter was asked to verify this patch and has until Thu 28 May 2026, 10:00 UTC.
      For yes, type /cvd confirm yes main <note>.
      For no, type /cvd confirm main no <reason>, in small letters.
      The patch:
      > diff --git a/loader.c b/loader.c
      > +  reject("..");
      >
      [ Yes, it is fixed ] [ No, changes are needed ]"
    `)
    await house.asks(ana, 'confirm', press(card, 'No, changes are needed').input)
    await house.asks(ana, 'confirm', press(card, 'Yes, it is fixed').input)
    const sha256 = [createHash('sha256').update(PATCH).digest('hex').slice(0, 32)]
    expect(requests(house)).toEqual([
      { verb: 'confirm', case: CASE, branch: 'main', fixed: false, note: 'word from reporter', sha256 },
      { verb: 'confirm', case: CASE, branch: 'main', fixed: true, note: 'No word from reporter', sha256 },
    ])
  })

  it('takes the answer chosen in a form, and asks if none was chosen', async () => {
    const house = await submitted()
    const card = cardOf(await house.asks(ana, 'confirm', { branch: 'main', note: 'No word from reporter' }))
    expect(card.title).toContain('does the patch fix it?')
    expect(requests(house)).toEqual([])
    await house.asks(ana, 'confirm', { fixed: 'no', branch: 'main', note: 'No word, and it still reads files' })
    await house.asks(ana, 'confirm', { fixed: 'yes', branch: 'main', note: 'No word from reporter' })
    expect(requests(house).map((request) => 'fixed' in request && request.fixed)).toEqual([false, true])
  })

  it('asks in a form which of several patches is meant, and prints the command for each if it was typed', async () => {
    const house = new SmallHouse().opens().wait(HOUR)
    await house.asks(ana, 'triage', 'valid high')
    for (const branch of ['main', '4.2']) await house.asks(ana, 'triage.affects', branch)
    await house.asks(ana, 'assign-patch', '@ben')
    for (const branch of ['main', '4.2'])
      await house.asks(ben, 'patch', { action: 'submit', branch, patch: `${PATCH}${branch}` })
    house.asked.length = 0
    const card = cardOf(await house.asks(ana, 'confirm'))
    expect(card.fallback).toContain('/cvd confirm main')
    expect(card.fallback).toContain('/cvd confirm 4.2')
    const [button] = card.actions
    expect(button).toMatchObject({ verb: 'confirm', form: true })
    // The form was sent without a branch.
    expect(await house.asks(ana, 'confirm', { ...button?.input, fixed: 'yes' })).toMatchObject({
      form: { title: 'Which branch?' },
    })
    expect(requests(house)).toEqual([])
    expect(await house.asks(ana, 'confirm', { ...button?.input, fixed: 'yes', branch: '4.2' })).not.toHaveProperty(
      'refusal',
    )
    expect(requests(house)).toMatchObject([{ verb: 'confirm', branch: '4.2', fixed: true }])
  })

  it('reads the same in a terminal as it is pressed', async () => {
    const house = await submitted()
    await house.asks(ana, 'confirm', '--fixed no --branch main --sure yes --note "longer than before"', {
      platform: 'terminal',
      case: CASE,
    })
    expect(requests(house)).toEqual([
      { verb: 'confirm', case: CASE, branch: 'main', fixed: false, note: 'longer than before' },
    ])
  })
})
