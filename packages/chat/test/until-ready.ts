import { HOUR, MessageId } from '@embargo/core'
import type { PersonId } from '@embargo/core'
import type { Input } from '../src/index.ts'
import { ana, ben } from './policy.ts'
import { CASE, SmallHouse } from './small-house.ts'

export const PATCH = 'diff --git a/loader.c b/loader.c\n+  reject("..");\n'

const HIGH = 'high CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N'

/** From the mail to a verified fix and a written advisory, all typed in the channel. */
export async function untilReady(
  house = new SmallHouse(),
  { id = CASE, severity = HIGH, affects = 'main < 4.3' } = {},
): Promise<SmallHouse> {
  const types = (who: PersonId, verb: string, input: Input = '') => house.asks(who, verb, input, { case: id })
  house.opens(id).wait(HOUR)
  await types(ana, 'ack')
  await types(ana, 'triage', `valid ${severity} CWE-22`)
  await types(ana, 'affects', affects)
  await types(ana, 'assign-patch', '@ben main')
  await types(ben, 'patch', { action: 'submit', patch: PATCH, file: 'fix.patch' })
  const report = house.state(id).reports[0]?.id
  if (report === undefined) throw new Error('no report')
  house.comes({
    verb: 'take-in-message',
    case: id,
    message: MessageId.parse(id === CASE ? 'mail-2' : `${id}-mail-2`),
    from: 'reporter',
    report,
    trust: 'domain-vouches',
    automatic: false,
  })
  await types(ana, 'log-answer', 'last fixed')
  await types(ana, 'advisory', {
    component: 'the template loader',
    impact: 'By naming a template, an attacker may read files.',
  })
  return house
}
