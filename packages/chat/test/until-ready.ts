import { HOUR, MessageId } from '@embargo/core'
import { ana, ben } from './policy.ts'
import { CASE, SmallHouse } from './small-house.ts'

export const PATCH = 'diff --git a/loader.c b/loader.c\n+  reject("..");\n'

/** From the mail to a verified fix and a written advisory, all typed in the channel. */
export async function untilReady(house = new SmallHouse()): Promise<SmallHouse> {
  house.opens().wait(HOUR)
  await house.asks(ana, 'ack')
  await house.asks(ana, 'triage', 'valid high CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N CWE-22')
  await house.asks(ana, 'affects', 'main < 4.3')
  await house.asks(ana, 'assign-patch', '@ben main')
  await house.asks(ben, 'patch', { action: 'submit', patch: PATCH, file: 'fix.patch' })
  const report = house.state().reports[0]?.id
  if (report === undefined) throw new Error('no report')
  house.comes({
    verb: 'take-in-message',
    case: CASE,
    message: MessageId.parse('mail-2'),
    from: 'reporter',
    report,
    trust: 'domain-vouches',
    automatic: false,
  })
  await house.asks(ana, 'log-answer', 'last fixed')
  await house.asks(ana, 'advisory', {
    component: 'the template loader',
    impact: 'By naming a template, an attacker may read files.',
  })
  return house
}
