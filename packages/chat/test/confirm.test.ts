import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { HOUR } from '@embargo/core'
import { ana, ben } from './policy.ts'
import { CASE, cardOf, press, SmallHouse } from './small-house.ts'
import { PATCH } from './until-ready.ts'

/** Ben wrote the patch for main, and it waits. */
const submitted = async () => {
  const house = new SmallHouse().opens().wait(HOUR)
  await house.asks(ana, 'triage', 'valid high')
  await house.asks(ana, 'affects', 'main')
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
    ['main', { fixed: true, branch: 'main' }],
    ['main Not a trace of it in the log', { fixed: true, branch: 'main', note: 'Not a trace of it in the log' }],
    ['main Nothing is read any more', { fixed: true, branch: 'main', note: 'Nothing is read any more' }],
    ['main "It reads no file"', { fixed: true, branch: 'main', note: 'It reads no file' }],
    ['yes main it reads nothing', { fixed: true, branch: 'main', note: 'it reads nothing' }],
  ])('reads “%s” one way', async (text, meant) => {
    const house = await submitted()
    await house.asks(ana, 'confirm', text)
    expect(requests(house)).toEqual([{ verb: 'confirm', case: CASE, ...meant }])
  })

  it.each([
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

  it('offers both ways, and records the one that was meant', async () => {
    const house = await submitted()
    const card = cardOf(await house.asks(ana, 'confirm', 'main No word from reporter'))
    expect(card.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · does the patch fix it?
      You wrote “No word from reporter”, which can be a note beside a yes, or a no. Nothing is recorded yet.
      Yes is written /cvd confirm yes main <note>.
      No is written /cvd confirm main no <reason>, in small letters.
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

  it('takes the choice of a form as it is, and asks where it was left out', async () => {
    const house = await submitted()
    await house.asks(ana, 'confirm', { fixed: 'no', branch: 'main', note: 'No word, and it still reads files' })
    await house.asks(ana, 'confirm', { fixed: 'yes', branch: 'main', note: 'No word from reporter' })
    expect(requests(house).map((request) => 'fixed' in request && request.fixed)).toEqual([false, true])
    const asked = cardOf(await house.asks(ana, 'confirm', { branch: 'main', note: 'No word from reporter' }))
    expect(asked.title).toContain('does the patch fix it?')
    expect(requests(house)).toHaveLength(2)
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
