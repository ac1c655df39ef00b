import { nextWordPromised } from './promise.ts'
import { reachableReports } from '../state/report/reachability.ts'
import { latest } from '../shared/instant.ts'
import { inThisRound } from './clock.ts'
import { defineDeadline } from './definition.ts'

/**
 * Each reporter must get regular updates from the acknowledgment until the publication. The deadline is for the
 * reporter who has waited longest, because a mail to one reporter does not inform the others.
 */
export const updateReporter = defineDeadline({
  name: 'update-reporter',
  words: 'tell the reporter how far the case is',
  starts: 'the last mail to the reporter who has waited longest',
  due: '{clocks.updateReporter} later',
  priority: 17,
  button: { label: 'Write to reporter', verb: 'reply', form: true },
  runs: ({ policy, state, release }) => {
    const reachable = reachableReports(state)
    const over = release?.is === 'released' || state.rm === 'invalid' || state.acknowledgedAt === undefined
    const [longest] = reachable
      .map(({ id, writtenAt, receivedAt }) => ({ id, since: writtenAt ?? latest(receivedAt, state.openedAt) }))
      .toSorted((one, other) => one.since - other.since)
    if (longest === undefined || over) return []
    const start = inThisRound(state, longest.since)
    const due = nextWordPromised(policy, state, start)
    const addressee = reachable.length > 1 ? `the reporter of ${longest.id}` : 'the reporter'
    return [{ start, due, about: `tell ${addressee} how far the case is` }]
  },
})
