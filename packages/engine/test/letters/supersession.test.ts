import { describe, expect, it } from 'vitest'
import { actorOf, CommandId, DAY, HOUR, later, PersonId, ReportId } from '@embargo/core'
import { CASE, createHouse, policyOf } from '../house.ts'
import type { House } from '../house.ts'
import {
  requestAndApprove,
  submit,
  RELEASE,
  replyTo,
  submitPatch,
  passTime,
  untilPrenotified,
  untilReady,
} from '../story.ts'
import * as two from '../two-cases.ts'

const events = (house: House) => [...house.memory.streams.values()].flat().map(({ event }) => event)
const withdrawn = (house: House) =>
  events(house).flatMap((event) => (event.type === 'MailWithdrawn' ? [`${event.letter} to ${event.to}`] : []))
const accepted = (house: House, letter: string) =>
  events(house).filter((event) => event.type === 'MailAccepted' && event.letter === letter).length
const left = (house: House) => events(house).flatMap((event) => (event.type === 'MailAccepted' ? [event.letter] : []))

/** A report that is valid and that somebody works on. None of its letters was sent yet. */
async function untilAssigned(house: House): Promise<void> {
  await house.receive()
  house.wait(HOUR)
  await submit(house, 'ana', { verb: 'ack', case: CASE })
  await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
  await submit(house, 'ana', { verb: 'triage.affects', case: CASE, branch: 'main', affected: true, range: '< 4.3' })
  await submit(house, 'ana', { verb: 'assign-patch', case: CASE, to: PersonId.parse('ben'), branches: [] })
}

describe('a mail that waited for the relay', () => {
  it('is withdrawn if the case was published first, and the channel is told so', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await house.drain()
    house.clock.moveTo(later(RELEASE, -DAY))
    const report = ReportId.parse(`${CASE}/r1`)
    const { blob: text, sha256 } = await house.engine.commands.putBlob(
      CASE,
      new TextEncoder().encode('Which version is it?'),
    )
    await submit(house, 'ana', { verb: 'reply.question', case: CASE, report, text, sha256 })
    house.clock.moveTo(RELEASE)
    await requestAndApprove(house, { verb: 'disclose', case: CASE })
    await house.drain()
    expect(withdrawn(house)).toEqual([`question to report:${CASE}/r1`])
    expect(accepted(house, 'question')).toBe(0)
    expect(accepted(house, 'thanks')).toBe(1)
    expect(house.chat.posts.map(({ title }) => title)).toContain('MailWithdrawn')
  })

  it('is withdrawn if the date that it names was moved again', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await house.drain()
    const before = { slipped: accepted(house, 'slipped'), told: accepted(house, 'recipient-slipped') }
    for (const days of [7, 14])
      await requestAndApprove(house, {
        verb: 'release.move',
        case: CASE,
        at: later(RELEASE, days * DAY),
        reason: 'a fault',
      })
    await house.drain()
    expect(withdrawn(house).toSorted()).toEqual([
      'heads-up-corrected to public:announce',
      'recipient-slipped to recipient:distros/north',
      'recipient-slipped to recipient:distros/south',
      `slipped to report:${CASE}/r1`,
    ])
    expect(accepted(house, 'slipped') - before.slipped).toBe(1)
    expect(accepted(house, 'recipient-slipped') - before.told).toBe(2)
  })
  it('is sent in order with the other mails of its reporter, but a receipt is left out after a later letter', async () => {
    const house = createHouse()
    await untilAssigned(house)
    const heads = await house.outbox.claim({
      capabilities: ['mail'],
      worker: 'other',
      nowMs: house.machine.ms,
      leaseMs: 1,
      limit: 8,
    })
    expect(heads.map(({ effect }) => effect.kind === 'send-mail' && effect.letter)).toEqual(['receipt'])
    house.machine.ms += 2
    await house.drain()
    expect(withdrawn(house)).toEqual([`receipt to report:${CASE}/r1`])
    expect(left(house)).toEqual(['acknowledgment', 'outcome', 'remediation'])
  })

  it('is withdrawn if its report is spam', async () => {
    const house = createHouse()
    await house.receive()
    house.wait(HOUR)
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'spam' })
    await house.drain()
    expect(withdrawn(house)).toEqual([`receipt to report:${CASE}/r1`])
    expect(left(house)).toEqual([])
  })

  it('is withdrawn if it promises work and the case was closed', async () => {
    const house = createHouse()
    await untilAssigned(house)
    house.wait(HOUR)
    await submit(house, 'ana', { verb: 'close', case: CASE, reason: 'it cannot be reached' })
    await house.drain()
    expect(left(house)).toEqual(['closed'])
  })

  it('is withdrawn if its recipient may have leaked details in the meantime', async () => {
    const house = await two.prenotifiedRelease()
    const { ONE, NORTH, SOUTH } = two
    const before = house.relay.mails.length
    await two.requestAndApprove(house, {
      verb: 'release.move',
      case: ONE,
      at: later(two.DATE, 7 * DAY),
      reason: 'a fault',
    })
    await submit(house, 'ana', { verb: 'triage', case: ONE, disposition: 'valid', severity: 'critical' })
    house.wait(HOUR)
    const suspect = { kind: 'recipient', list: 'distros', recipient: 'north' } as const
    await two.requestAndApprove(house, { verb: 'signal.leak', case: ONE, suspect })
    await house.drain()
    expect(withdrawn(house)).toEqual(
      expect.arrayContaining([
        'recipient-slipped to recipient:distros/north',
        'recipient-rated to recipient:distros/north',
      ]),
    )
    expect(two.recipientsSince(house, before)).not.toContain(NORTH)
    expect(two.recipientsSince(house, before)).toContain(SOUTH)
  })

  it('is sent if a person writes to that one recipient nevertheless', async () => {
    const house = await two.prenotifiedRelease()
    const { ONE, NORTH } = two
    const suspect = { kind: 'recipient', list: 'distros', recipient: 'north' } as const
    await two.requestAndApprove(house, { verb: 'signal.leak', case: ONE, suspect })
    await submit(house, 'ana', { verb: 'embargo.keep', case: ONE, reason: 'only a name got out' })
    await house.drain()
    const before = house.relay.mails.length
    const { blob: text, sha256 } = await house.engine.commands.putBlob(ONE, new TextEncoder().encode('Who has it?'))
    await submit(house, 'ana', { verb: 'reply', case: ONE, to: { recipient: 'north' }, text, sha256 })
    house.wait(HOUR)
    await house.drain()
    expect(two.recipientsSince(house, before)).toEqual([NORTH])
  })

  it('is withdrawn if it says that nothing is public yet, and the case was published', async () => {
    const house = createHouse()
    await untilReady(house)
    const { em } = await house.caseState()
    if (em.is !== 'active') throw new Error('no embargo')
    await passTime(house, em.end + HOUR - house.clock.now())
    house.wait(HOUR)
    await requestAndApprove(house, { verb: 'disclose', case: CASE })
    await house.drain()
    expect(withdrawn(house)).toContain(`embargo-expired to report:${CASE}/r1`)
    expect(accepted(house, 'thanks')).toBe(1)
  })

  it('is withdrawn if it tells recipients of a new severity, and the case was published', async () => {
    const house = await two.prenotifiedRelease()
    house.clock.moveTo(later(two.DATE, -HOUR))
    await submit(house, 'ana', { verb: 'triage', case: two.ONE, disposition: 'valid', severity: 'critical' })
    house.clock.moveTo(two.DATE)
    await two.requestAndApprove(house, { verb: 'disclose', case: two.ONE })
    await house.drain()
    expect(withdrawn(house)).toContain('recipient-rated to recipient:distros/north')
    expect(accepted(house, 'recipient-rated')).toBe(0)
  })

  it('is withdrawn if it reminds somebody of something that has been done', async () => {
    const house = createHouse()
    await house.receive()
    await passTime(house, DAY)
    await submit(house, 'ben', { verb: 'ack', case: CASE })
    house.wait(HOUR)
    await house.drain()
    expect(withdrawn(house)).toEqual(expect.arrayContaining(['escalation to person:ana', 'escalation to person:ben']))
    expect(accepted(house, 'escalation')).toBe(0)
  })

  it('is withdrawn if it invites a person to a case that is closed', async () => {
    const { people } = policyOf()
    const cai = { id: 'cai', name: 'Cai', roles: ['maintainer' as const], mail: 'cai@quillmark.example' }
    const house = createHouse({ policy: policyOf({ people: [...people, cai] }) })
    await house.receive()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await submit(house, 'ana', { verb: 'people.invite', case: CASE, person: PersonId.parse('cai') })
    house.wait(HOUR)
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'invalid', reason: 'by design' })
    await house.drain()
    expect(withdrawn(house)).toContain('invitation to person:cai')
    expect(accepted(house, 'invitation')).toBe(0)
  })

  it('is withdrawn if it asks for an answer that was already given', async () => {
    const { people } = policyOf()
    const cai = {
      id: 'cai',
      name: 'Cai',
      roles: ['maintainer' as const],
      mail: 'cai@quillmark.example',
      slack: 'UCAI',
    }
    const house = createHouse({ policy: policyOf({ people: [...people, cai] }) })
    await house.receive()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await submit(house, 'ana', { verb: 'people.invite', case: CASE, person: PersonId.parse('cai') })
    const answer = await house.engine.commands.handle({
      commandId: CommandId.parse('test:consent'),
      actor: actorOf(house.engine.policy.policy, 'slack', 'UCAI'),
      at: house.clock.now(),
      request: { verb: 'people.consent', case: CASE, agreed: true },
    })
    expect(answer.ok).toBe(true)
    await house.drain()
    expect(withdrawn(house)).toEqual(['invitation to person:cai'])
  })

  it('is dropped without asking anybody if it reminds of a question that was answered', async () => {
    const house = createHouse()
    await house.receive()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    const { blob: text, sha256 } = await house.engine.commands.putBlob(
      CASE,
      new TextEncoder().encode('Which version is it?'),
    )
    await submit(house, 'ana', {
      verb: 'reply.question',
      case: CASE,
      report: ReportId.parse(`${CASE}/r1`),
      text,
      sha256,
    })
    await house.drain()
    const { needsInfo } = await house.caseState()
    if (needsInfo === undefined) throw new Error('nothing was asked')
    await passTime(house, needsInfo.dueAt - HOUR - house.clock.now())
    await house.receive({ to: replyTo(house), body: 'It is 4.2.' })
    await house.drain()
    expect(events(house).filter(({ type }) => type === 'EffectParked')).toEqual([])
    expect(accepted(house, 'question')).toBe(1)
  })

  it('is withdrawn if it proposes a date for an embargo that is over', async () => {
    const house = createHouse()
    await house.receive()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
    await house.drain()
    const end = later(house.clock.now(), 60 * DAY)
    await submit(house, 'ana', { verb: 'embargo.until', case: CASE, end, reason: 'a rewrite' })
    house.wait(HOUR)
    await two.requestAndApprove(house, { verb: 'signal.public', case: CASE, link: 'https://news.example/1' })
    await house.drain()
    expect(accepted(house, 'embargo-proposal')).toBe(0)
    expect(accepted(house, 'secrecy-failed')).toBe(1)
  })

  /**
   * The vulnerability is public and the patch was replaced. Neither the mail about the new patch nor the interim
   * advisory has been sent.
   */
  async function factsOut(): Promise<House> {
    const house = createHouse()
    await untilReady(house)
    await submitPatch(house, '--- a/loader.c\n+++ b/loader.c\n+check(name, root);\n')
    house.wait(HOUR)
    await two.requestAndApprove(house, { verb: 'signal.public', case: CASE, link: 'https://news.example/1' })
    await two.requestAndApprove(house, { verb: 'disclose.interim', case: CASE })
    house.wait(HOUR)
    return house
  }

  it('is sent if it asks for a check of the fix, and only an interim advisory was published in the meantime', async () => {
    const house = await factsOut()
    const before = accepted(house, 'verification-request')
    await house.drain()
    expect(accepted(house, 'verification-request') - before).toBe(1)
    expect(withdrawn(house)).toEqual([])
  })

  it('is withdrawn if it is an interim advisory, and the fix was published', async () => {
    const house = await factsOut()
    await two.requestAndApprove(house, { verb: 'disclose', case: CASE })
    await house.drain()
    expect(left(house)).toContain('announcement')
    expect(left(house)).not.toContain('interim')
    expect(withdrawn(house)).toContain('interim to public:announce')
  })

  it('waits for a person if it is sent under an embargo that was ended', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    const before = accepted(house, 'prenotification')
    await two.requestAndApprove(house, { verb: 'signal.attack', case: CASE })
    await two.requestAndApprove(house, { verb: 'embargo.end', case: CASE, reason: 'attacks', text: 'seen' })
    await house.drain()
    expect(accepted(house, 'prenotification') - before).toBe(0)
    const parked = (await house.engine.queries.world(CASE))?.release?.parked ?? []
    expect(parked.map(({ letter }) => letter)).toEqual(['prenotification', 'prenotification', 'heads-up'])
    expect(parked[0]?.because).toContain('The vulnerability is no longer secret')
  })

  it('waits for a person if it is sent under an embargo that has run out', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    const { em } = await house.caseState()
    if (em.is !== 'active') throw new Error('no embargo')
    await passTime(house, em.end + HOUR - house.clock.now())
    await house.drain()
    expect(left(house)).not.toContain('prenotification')
    const parked = (await house.engine.queries.world(CASE))?.release?.parked ?? []
    expect(parked[0]?.because).toContain('The embargo has ended')
  })
})
