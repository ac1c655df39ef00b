import { EffectId, HOUR, MessageId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { cardOf, CASE, SmallHouse } from '../fixtures/small-house.ts'
import { ana } from '../fixtures/policy.ts'

describe('a mail of ours', () => {
  const delayed = {
    verb: 'record-bounce',
    case: CASE,
    of: CASE,
    effect: EffectId.parse('e/send-mail/announcement>public:announce'),
    letter: 'announcement',
    to: { kind: 'public', list: 'announce' },
    kind: 'delayed',
    status: '4.2.2',
  } as const

  it('that is delayed names the server that keeps trying, and offers no action', async () => {
    const house = new SmallHouse().opens().wait(HOUR)
    house.comes(delayed)
    const ours = await house.lastCard('change')
    expect(ours.fallback).toContain(
      'is late: the mailbox is full (4.2.2). Your mail relay does not accept it at the moment.',
    )
    house.comes({ ...delayed, message: MessageId.parse('mail-7') })
    const theirs = await house.lastCard('change')
    expect(theirs.fallback).toContain('is late: the mailbox is full (4.2.2). Their server keeps trying')
    expect([...ours.actions, ...theirs.actions]).toEqual([])
  })

  it('to a public list that may have bounced comes with the warning that anyone can write such a bounce', async () => {
    const house = new SmallHouse().opens().wait(HOUR)
    await house.asks(ana, 'ack')
    const message = MessageId.parse('mail-8')
    const trust = 'nothing-proven' as const
    const from = 'unverified' as const
    house.comes({
      verb: 'take-in-message',
      case: CASE,
      message,
      from,
      trust,
      automatic: true,
      returned: 'announcement',
    })
    const card = await house.lastCard('mail')
    expect(card.title).toContain('the announcement may not have arrived')
    expect(card.fallback).toContain('Anyone can write such a mail, so nothing was changed.')
    expect(card.fallback).not.toContain('Do not take it for the reporter’s word.')
    expect(card.actions).toEqual([])
    expect(cardOf(await house.asks(ana, 'status')).fallback).not.toMatch(/unanswered/u)
  })
})
