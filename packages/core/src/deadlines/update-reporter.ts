import { nextWordPromised } from './promise.ts'
import { reachableReports } from '../state/report/reachable.ts'
import { latest } from '../shared/instant.ts'
import { deadline, inThisRound } from './clock.ts'
import type { ClockRule } from './clock.ts'

/**
 * Each reporter hears from us at least so often, from the acknowledgment until it is published. The clock is that of the
 * one who has waited longest: a mail to another tells them nothing.
 */
export const updateReporter: ClockRule = (context) => {
  const { policy, state, release } = context
  const reachable = reachableReports(state)
  const over = release?.is === 'released' || state.rm === 'invalid' || state.acknowledgedAt === undefined
  const [longest] = reachable
    .map(({ id, writtenAt, receivedAt }) => ({ id, since: writtenAt ?? latest(receivedAt, state.openedAt) }))
    .toSorted((one, other) => one.since - other.since)
  if (longest === undefined || over) return []
  const start = inThisRound(state, longest.since)
  const due = nextWordPromised(policy, state, start)
  const whom = reachable.length > 1 ? `the reporter of ${longest.id}` : 'the reporter'
  return [deadline(context, { clock: 'update-reporter', start, due, about: `tell ${whom} how far it is` })]
}
