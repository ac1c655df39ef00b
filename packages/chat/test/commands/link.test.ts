import { PEOPLE, PersonId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { policyOf } from '../fixtures/policy.ts'
import { cardOf, formOf, press, SmallHouse } from '../fixtures/small-house.ts'

const ana = PersonId.parse('ana')
const ben = PersonId.parse('ben')
/** An account of Discord that belongs to nobody yet. */
const other = PersonId.parse('100000000000000001')
const CODE = 'K7QF-9XMB'

const house = (): SmallHouse => new SmallHouse({ policy: policyOf('team', { platforms: ['slack', 'discord'] }) })
const onDiscord = { platform: 'discord', channel: 'D1' } as const
const events = (one: SmallHouse) =>
  one.recorded.filter(({ one: { stream } }) => stream === PEOPLE).map((each) => each.one.event.type)

describe('/link', () => {
  it('gives a code only to the caller, accepts it on the other platform, and asks on the first whether that account is theirs', async () => {
    const one = house()
    const asked = await one.asks(ana, 'link')
    expect(asked).toMatchObject({ audience: 'caller' })
    expect(cardOf(asked).fallback).toMatchInlineSnapshot(`
      "A code for your other account
      Type it with that account: in Discord /cvd link K7QF-9XMB, in a terminal embargo link K7QF-9XMB
      It is valid for 10 minutes and works once. Show it to nobody.
      Then check here which account typed it. Nothing is linked until you confirm that the account is yours.
      [ I have typed it there ]"
    `)
    const claimed = await one.asks(other, 'link', CODE, onDiscord)
    expect(claimed).toMatchObject({ audience: 'caller' })
    expect(cardOf(claimed).fallback).toMatchInlineSnapshot(`
      "One step is left
      Say in Slack, where you asked for the code, that this account is yours: /cvd link
      The word there must be M4TE. If it is another word, somebody else typed your code: say no."
    `)
    const button = press(cardOf(asked), 'I have typed it there')
    const pending = await one.asks(ana, button.verb, button.input)
    expect(cardOf(pending).fallback).toMatchInlineSnapshot(`
      "An account typed your code
      On Discord: 100000000000000001
      The word that this account was shown: M4TE
      If the account is yours and shows the same word, say yes: it will then act for you. If not, say no: the code becomes void.
      [ It is mine ] [ It is not ]"
    `)
    const mine = press(cardOf(pending), 'It is mine')
    expect(cardOf(await one.asks(ana, mine.verb, mine.input)).fallback).toMatchInlineSnapshot(`
      "Linked
      Both accounts are now yours, and count as one person."
    `)
    expect(events(one)).toEqual(['LinkAsked', 'LinkClaimed', 'AccountLinked'])
    expect(one.engine.queries.actorOf('discord', other).person).toBe('ana')
  })

  it('links nothing if the first account says that the second is not theirs', async () => {
    const one = house()
    await one.asks(ana, 'link')
    await one.asks(other, 'link', CODE, onDiscord)
    const no = press(cardOf(await one.asks(ana, 'link')), 'It is not')
    expect(cardOf(await one.asks(ana, no.verb, no.input)).fallback).toContain(
      'Nothing was linked, and the code is void.',
    )
    expect(events(one)).toEqual(['LinkAsked', 'LinkClaimed', 'LinkDeclined'])
  })

  it('shows the account again if the confirmation lacks the word for it, or has another word', async () => {
    const one = house()
    await one.asks(ana, 'link')
    await one.asks(other, 'link', CODE, onDiscord)
    for (const typed of ['yes', 'yes WRNG'])
      expect(cardOf(await one.asks(ana, 'link', typed)).title).toBe('An account typed your code')
    expect(events(one)).toEqual(['LinkAsked', 'LinkClaimed'])
    expect(cardOf(await one.asks(ana, 'link', 'yes m4te')).title).toBe('Linked')
  })

  it('says why nothing is linked: no such person, a wrong code, or nothing to confirm', async () => {
    const one = house()
    expect(cardOf(await one.asks(other, 'link', '', onDiscord)).fallback).toContain('belongs to no person')
    expect(cardOf(await one.asks(other, 'link', 'WRNG', onDiscord)).fallback).toContain('This code is not valid')
    expect(cardOf(await one.asks(ana, 'link', 'yes M4TE')).fallback).toContain('No account typed a code of yours')
  })

  it('says that the code was already typed if the same account types it twice', async () => {
    const one = house()
    await one.asks(ana, 'link')
    await one.asks(other, 'link', CODE, onDiscord)
    expect(cardOf(await one.asks(other, 'link', CODE, onDiscord)).fallback).toContain(
      'You have typed this code already',
    )
  })

  it('shows nothing about an account on a lock screen', async () => {
    const one = house()
    const card = cardOf(await one.asks(ana, 'link'))
    const claimed = cardOf(await one.asks(other, 'link', CODE, onDiscord))
    const pending = cardOf(await one.asks(ana, 'link'))
    expect([card, claimed, pending].map(({ notification }) => notification)).toEqual(['Embargo', 'Embargo', 'Embargo'])
  })
})

describe('/unlink', () => {
  async function linked(): Promise<SmallHouse> {
    const one = house()
    await one.asks(ana, 'link')
    await one.asks(other, 'link', CODE, onDiscord)
    await one.asks(ana, 'link', 'yes M4TE')
    return one
  }

  it('removes one’s own account, on either platform, once', async () => {
    const one = await linked()
    const text = cardOf(await one.asks(other, 'link.remove', 'discord', onDiscord)).fallback
    expect(text).toContain('Your account on discord is no longer linked, and acts for nobody.')
    expect(cardOf(await one.asks(ana, 'link.remove', 'discord')).fallback).toContain('Ana has no account on discord.')
  })

  it('lets an admin remove anybody’s account, and others only their own', async () => {
    const one = await linked()
    expect(cardOf(await one.asks(ben, 'link.remove', 'discord @ana')).fallback).toContain(
      'so only they or an admin can unlink it',
    )
    expect(cardOf(await one.asks(ana, 'link.remove', 'discord @zoe')).fallback).toContain(
      'Nobody here is called “@zoe”.',
    )
    expect(cardOf(await one.asks(ana, 'link.remove', 'discord @ana')).fallback).toContain('Ana’s account on discord')
  })

  it('asks which account is meant', async () => {
    expect(formOf(await house().asks(ana, 'link.remove')).fields.map(({ name }) => name)).toEqual([
      'platform',
      'person',
    ])
  })

  it('leaves the accounts that are in the policy', async () => {
    expect(cardOf(await house().asks(ana, 'link.remove', 'slack')).fallback).toContain('is set in the policy')
  })
})
