import { after } from '../policy/calendar.ts'
import { LINUX_DISTROS } from '../policy/schema/lists.ts'
import { defineDeadline } from './definition.ts'
import { tellsDistros } from '../state/release/distros.ts'

/**
 * Some lists require a public post to oss-security once the vulnerability is public. Either the mail that our
 * publication sends to oss-security or a person's own post meets this requirement.
 */
export const ossSecurityDuty = defineDeadline({
  name: 'oss-security-duty',
  words: 'write to oss-security, as the list requires',
  starts: 'the vulnerability is public, and a list that requires the post was pre-notified',
  due: '24 hours later',
  priority: 5,
  mailedAtOnce: true,
  afterClosing: 'also',
  owedTo: 'public',
  dutyLabel: 'Post on oss-security',
  runs: (context) => {
    const { policy, state, release } = context
    const start = state.cs.public
    const posted =
      release?.steps.some(({ step, doneAt }) => step === 'oss-security-mail' && doneAt !== undefined) === true
    if (start === undefined || !tellsDistros(context) || posted || state.duties?.['oss-security-duty'] !== undefined)
      return []
    return [{ start, due: after(policy.calendar, start, LINUX_DISTROS.postWithin) }]
  },
})
