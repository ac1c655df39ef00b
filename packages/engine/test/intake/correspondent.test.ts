import { unreadMails, unreadOfRecipients } from '@embargo/core'
import { parse, recipientMark } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { holderOf, recipientOf } from '../../src/intake/correspondent.ts'
import { CASE, createHouse, mailBytes, policyOf } from '../house.ts'
import type { House, MailText } from '../house.ts'
import { submit, untilPrenotified } from '../story.ts'

const NORTH = 'security@north.example'
const SOUTH = 'security@south.example'
const NAME = { list: 'distros', recipient: 'north' }

async function prenotified(): Promise<House> {
  const house = createHouse()
  await untilPrenotified(house)
  await house.drain()
  return house
}

const replyAddress = async (house: House, to: string): Promise<string> => {
  const raw = house.relay.mails.findLast(({ envelopeTo }) => envelopeTo === to)?.raw
  if (raw === undefined) throw new Error('nothing was sent there')
  return /<?([^<>]+@[^<>]+)>?$/u.exec((await parse(raw)).headers.get('reply-to')?.[0] ?? '')?.[1] ?? ''
}

async function writes(house: House, from: string, mail: MailText & { readonly to: string }): Promise<void> {
  await house.receive({ to: mail.to, envelopeFrom: from }, mailBytes({ from, ...mail }))
}

const lastMail = async (house: House) => (await house.caseState()).messages.at(-1)

describe('the reply address of a recipient', () => {
  it('is theirs alone, and the same in every mail to them', async () => {
    const house = await prenotified()
    const [north, south] = [await replyAddress(house, NORTH), await replyAddress(house, SOUTH)]
    expect(north).toMatch(/^security\+sec-2026-0001\.k[a-z2-7]{13}\.[a-z2-7]{16}@quillmark\.example$/u)
    expect(south).not.toBe(north)
    const { blob, sha256 } = await house.engine.commands.putBlob(
      CASE,
      new TextEncoder().encode('It builds on BSD too.'),
    )
    await submit(house, 'ana', { verb: 'reply', case: CASE, to: 'recipients', text: blob, sha256 })
    await house.drain()
    expect(await replyAddress(house, NORTH)).toBe(north)
  })

  it('marks a mail as theirs, neither as an unanswered mail of the reporter nor as the reporter’s answer to a question', async () => {
    const house = await prenotified()
    const request = { text: 'Which version?' }
    const { blob, sha256 } = await house.engine.commands.putBlob(CASE, new TextEncoder().encode(request.text))
    await submit(house, 'ana', { verb: 'reply.question', case: CASE, text: blob, sha256 })
    const before = unreadMails(await house.caseState())
    await writes(house, NORTH, { to: await replyAddress(house, NORTH), body: 'Can we ship on Monday?' })
    expect(await lastMail(house)).toMatchObject({ from: 'recipient', recipient: NAME })
    const state = await house.caseState()
    expect(unreadMails(state)).toEqual(before)
    expect(state.needsInfo).toMatchObject({ report: `${CASE}/r1`, sha256 })
    expect(unreadOfRecipients(state, (await house.engine.queries.world(CASE))?.release)).toEqual([NAME])
  })

  it('shows a mail from anybody else as unverified, and names whose address it was', async () => {
    const house = await prenotified()
    await writes(house, 'eve@elsewhere.example', { to: await replyAddress(house, NORTH), body: 'We have it.' })
    expect(await lastMail(house)).toMatchObject({ from: 'unverified', recipient: NAME })
  })

  it('proves nothing if one recipient writes to the address of another', async () => {
    const house = await prenotified()
    await writes(house, SOUTH, { to: await replyAddress(house, NORTH), body: 'We have it.' })
    expect(await lastMail(house)).toMatchObject({ from: 'unverified', recipient: NAME })
  })

  it('is still recognised after the recipient was taken off the list', async () => {
    const house = await prenotified()
    const { prenotification, ...rest } = policyOf()
    const without = { ...rest, prenotification: { ...prenotification, lists: [] } }
    const inside = { states: house.engine.deps.states, policy: { ...house.engine.deps.policy, policy: without } }
    const found = { case: CASE, recipient: recipientMark(NAME), by: 'token', token: 'valid' } as const
    expect(await recipientOf(inside, found)).toEqual(NAME)
    expect(holderOf(inside, NAME)).toBeUndefined()
  })

  it('marks an automatic answer as theirs, which needs no answer', async () => {
    const house = await prenotified()
    await writes(house, NORTH, { to: await replyAddress(house, NORTH), headers: ['Auto-Submitted: auto-replied'] })
    expect(await lastMail(house)).toMatchObject({ from: 'unverified', recipient: NAME, automatic: true })
    expect(unreadOfRecipients(await house.caseState(), undefined)).toEqual([])
  })

  it('lets a person record that the mail acknowledges the notice, and they are not reminded after that', async () => {
    const house = await prenotified()
    await writes(house, NORTH, { to: await replyAddress(house, NORTH), body: 'We have it.' })
    const message = (await lastMail(house))?.message
    if (message === undefined) throw new Error('no mail')
    await submit(house, 'ana', { verb: 'log-answer.has-it', case: CASE, ...NAME, message })
    const release = (await house.engine.queries.world(CASE))?.release
    expect(release?.prenotified.map(({ acknowledgedAt }) => acknowledgedAt !== undefined)).toEqual([true, false])
    expect(unreadOfRecipients(await house.caseState(), release)).toEqual([])
  })

  it('cannot make the sender’s address a new address of the reporter', async () => {
    const house = await prenotified()
    await writes(house, 'eve@elsewhere.example', { to: await replyAddress(house, NORTH) })
    const message = (await lastMail(house))?.message
    if (message === undefined) throw new Error('no mail')
    const answer = await house.ask('ana', {
      verb: 'log-answer.address',
      case: CASE,
      message,
      address: 'eve@elsewhere.example',
    })
    expect(answer).toMatchObject({ ok: false, refusal: { gate: 'makes-sense' } })
  })
})
