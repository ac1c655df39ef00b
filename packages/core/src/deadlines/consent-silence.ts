import { later } from '../shared/instant.ts'
import { CONSENT_SILENCE } from '../state/embargo/terms.ts'
import { defineDeadline } from './definition.ts'

/**
 * Runs while one side has proposed an end of the embargo and the other side has not answered. Silence is neither a yes
 * nor a no. So people are reminded to answer the reporter's proposal, or to ask the reporter again about the team's
 * proposal.
 */
export const consentSilence = defineDeadline({
  name: 'consent-silence',
  words: 'a date that was proposed for the embargo has no answer',
  channelWords: (about) => about,
  starts: 'one side proposes another end',
  due: '7 days later',
  priority: 15,
  runs: ({ state: { em } }) => {
    if (em.is !== 'proposed' && em.is !== 'revise') return []
    const start = em.proposedAt
    const due = later(start, CONSENT_SILENCE)
    const about = em.by === 'reporter' ? 'answer the reporter’s date' : 'ask again about the proposed date'
    return [{ start, due, about }]
  },
})
