import { after } from '../policy/calendar.ts'
import { LINUX_DISTROS } from '../policy/schema/lists.ts'
import { defineDeadline } from './definition.ts'
import type { DeadlineContext } from './definition.ts'

/**
 * Some lists require a public post once the secret is out. The mail to oss-security that belongs to our publication
 * counts as this post, and so does a post that a person writes.
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
    const within = dutyOf(context)
    const posted =
      release?.steps.some(({ step, doneAt }) => step === 'oss-security-mail' && doneAt !== undefined) === true
    if (start === undefined || within === undefined || posted || state.duties?.['oss-security-duty'] !== undefined)
      return []
    return [{ start, due: after(policy.calendar, start, within) }]
  },
})

/** What the pre-notified lists ask for. */
function dutyOf({ policy, release }: DeadlineContext) {
  const notifiedLists = new Set(
    release?.prenotified.filter(({ sentAt }) => sentAt !== undefined).map(({ list }) => list),
  )
  const asks = policy.prenotification.lists.some(({ id, kind }) => kind === 'linux-distros' && notifiedLists.has(id))
  return asks ? LINUX_DISTROS.postWithin : undefined
}
