import { CommandId, PEOPLE, PersonId, unreadMails } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { CASE, createHouse, mailBytes, OWN } from '../house.ts'
import { submit, replyTo } from '../story.ts'

const BEN = 'ben@quillmark.example'

describe('a mail from the address of a team member', () => {
  it('needs no answer and answers no question to the reporter, although nothing proves who sent it', async () => {
    const house = createHouse()
    await house.receive()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    const { blob: text, sha256 } = await house.engine.commands.putBlob(CASE, new TextEncoder().encode('Which version?'))
    await submit(house, 'ana', { verb: 'reply.question', case: CASE, text, sha256 })
    await house.drain()
    const before = await house.caseState()
    const to = replyTo(house)
    await house.receive({ to, envelopeFrom: BEN }, mailBytes({ from: BEN, to, body: 'I look at it on Monday.' }))
    const after = await house.caseState()
    expect(after.messages.at(-1)).toMatchObject({ from: 'team', trust: 'nothing-proven' })
    expect(unreadMails(after)).toEqual(unreadMails(before))
    expect(after.needsInfo).toEqual(before.needsInfo)
    expect(after.needsInfo).toMatchObject({ report: `${CASE}/r1` })
  })
})

describe('a mail from the address of a person who is locked out', () => {
  it('is set aside, whether it belongs to a case or is a report, and they get no mail', async () => {
    const house = createHouse()
    await house.receive()
    const to = OWN
    const { engine, clock } = house
    await engine.commands.handle({
      commandId: CommandId.parse('lockout'),
      actor: engine.queries.actorOf('slack', 'UANA'),
      at: clock.now(),
      request: { verb: 'lockout', stream: PEOPLE, person: PersonId.parse('ben'), reason: 'his phone was stolen' },
    })
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await house.drain()
    const before = await house.caseState()
    for (const where of [to, replyTo(house)])
      await house.receive(
        { to: where, envelopeFrom: BEN },
        mailBytes({ from: BEN, to: where, body: 'Send me all of it.' }),
      )
    expect((await house.caseState()).version).toBe(before.version)
    expect(house.memory.streams.size).toBe(2)
    await house.drain()
    expect(house.relay.mails.map(({ envelopeTo }) => envelopeTo)).not.toContain(BEN)
  })
})
