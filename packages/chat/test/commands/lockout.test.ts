import { DAY, PersonId } from '@embargo/core'
import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { ana, ben, cem, policyOf } from '../fixtures/policy.ts'
import { cardOf, formOf, press, SmallHouse } from '../fixtures/small-house.ts'
import { PATCH } from '../fixtures/until-ready.ts'

const eva = PersonId.parse('eva')
const policy = policyOf('team', {
  people: [ANA, BEN, { ...CEM, roles: ['team'] }, { id: eva, name: 'Eva', roles: ['admin'], slack: 'U0EVA' }],
})

describe('/lockout', () => {
  it('locks a person out at once on the word of an admin, and lists what should be checked again', async () => {
    const house = new SmallHouse({ policy })
    house.opens()
    await house.asks(ana, 'ack')
    await house.asks(ana, 'triage', 'valid high CWE-22')
    await house.asks(ana, 'affects', 'main < 4.3')
    await house.asks(ana, 'assign-patch', '@ana main')
    await house.asks(ana, 'patch', { action: 'submit', patch: PATCH, file: 'fix.patch' })
    house.wait(4 * DAY)
    const { input } = press(cardOf(await house.asks(ben, 'confirm', 'main')), 'Yes, it is fixed')
    await house.asks(ben, 'confirm', { ...input, note: 'the reporter is silent' })
    const text = cardOf(await house.asks(ana, 'lockout', '@ben his phone was stolen')).fallback
    expect(text).toMatchInlineSnapshot(`
      "Done
      Ben is out of every case and channel. They get no new messages, and nothing from them is accepted, not even by mail.
      Look again at what they confirmed or approved in the open cases that you see:
      SEC-2026-0042: confirmed the patch for main
      Two admins can undo this: lockout undo ben"
    `)
    expect(cardOf(await house.asks(cem, 'lockout', 'ben')).fallback).toContain('Ben has been locked out since')
    expect(cardOf(await house.asks(ben, 'ack')).fallback).toContain('There is no such case, or you do not work on it.')
  })

  it('needs two team members if there is no admin, and two admins to undo it', async () => {
    const house = new SmallHouse({ policy })
    expect(cardOf(await house.asks(cem, 'lockout', '@ben his phone was stolen')).fallback).toContain(
      'Ben is locked out as soon as an admin or another team member runs the same command',
    )
    await house.asks(ana, 'lockout', '@ben he called me')
    expect(cardOf(await house.asks(ana, 'lockout', 'undo @ben')).fallback).toContain(
      'Ben gets access again as soon as another admin runs the same command',
    )
    expect(cardOf(await house.asks(eva, 'lockout', 'undo ben')).fallback).toContain(
      'Ben is let in again, to the cases that they were on.',
    )
  })

  it('asks in a form for the person and what happened, and refuses an unknown person', async () => {
    const house = new SmallHouse({ policy })
    expect(formOf(await house.asks(ana, 'lockout')).fields.map(({ name }) => name)).toEqual(['person', 'reason'])
    expect(cardOf(await house.asks(ana, 'lockout', '@zoe phone stolen')).fallback).toContain(
      'Nobody here is called “@zoe”.',
    )
  })
})
