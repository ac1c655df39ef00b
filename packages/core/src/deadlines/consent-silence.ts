import { after } from '../policy/calendar.ts'
import { deadline } from './clock.ts'
import type { ClockRule } from './clock.ts'

/** An end that one side named and the other has not answered. Silence is neither a yes nor a no: people ask again. */
export const consentSilence: ClockRule = (context) => {
  const { policy, state } = context
  const { em } = state
  if (em.is !== 'proposed' && em.is !== 'revise') return []
  const start = em.proposedAt
  const due = after(policy.calendar, start, policy.clocks.consentSilence)
  const about = em.by === 'reporter' ? 'answer the reporter’s date' : 'ask again about the date that was proposed'
  return [deadline(context, { clock: 'consent-silence', start, due, about })]
}
