import { CaseId, HOUR, MessageId } from '@embargo/core'
import type { Policy } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { callCard } from '../src/cards/call.ts'
import type { Exhibit, Outside } from './exhibits.ts'
import { ana, ben } from './policy.ts'
import { cardOf, CASE, press, SmallHouse } from './small-house.ts'

const LATER = CaseId.parse('SEC-2026-0043')
const ELSEWHERE = { channel: 'C-elsewhere', case: LATER }

/** Asks which of two reporters a mail is for, and before one of their reports is split off; and calls who is offered the case. */
export async function ofSeveralReporters(
  policy: Policy,
  { name, address, note }: Outside,
): Promise<readonly Exhibit[]> {
  const house = new SmallHouse({ policy }).opens(CASE, { name, address }).wait(HOUR)
  await house.asks(ana, 'ack')
  house.opens(LATER, { name, address })
  const merge = cardOf(await house.asks(ana, 'duplicate', `${LATER} ${CASE}`, ELSEWHERE))
  await house.asks(ana, 'duplicate', press(merge, 'Merge').input, ELSEWHERE)
  const which = cardOf(await house.asks(ana, 'reply'))
  const split = cardOf(await house.asks(ana, 'split', { report: 'r2', reason: note }))
  await house.asks(ana, 'handoff', '@ben')
  const call = callCard(house.state(), { key: 'offer', about: 'offer', people: [ben] }, policy, house.now)
  return [
    { name: 'a mail for one of several reporters', from: 'which-reporter', card: which },
    { name: 'before a report gets a case of its own', from: 'split-preview', card: split },
    { name: 'somebody is called in the morning', from: 'call', card: call },
  ]
}

/** Mails that come to the reply address of a recipient, from them and from somebody else. */
export async function mailsOfRecipients(house: SmallHouse): Promise<readonly (readonly [string, Card])[]> {
  const shown: (readonly [string, Card])[] = []
  for (const from of ['recipient', 'unverified'] as const) {
    const message = MessageId.parse(`mail-${house.state().messages.length + 1}`)
    const recipient = { list: 'distros', recipient: 'north' }
    const taken = { from, recipient, trust: 'nothing-proven', automatic: false } as const
    house.comes({ verb: 'take-in-message', case: CASE, message, ...taken })
    shown.push([`a mail at the address of a recipient, ${from}`, await house.lastCard('mail')])
  }
  return shown
}
