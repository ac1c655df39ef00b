import { caseBefore, eventsOf, has, person, releaseBefore, worldBefore } from './invariant.ts'
import type { Invariant } from './invariant.ts'
import { after } from '@embargo/core'
import type { PersonId } from '@embargo/core'
import type { Execution } from '../../src/execute.ts'
import { previewOf } from '../../src/preview.ts'

export const PEOPLE: readonly Invariant[] = [
  {
    name: 'somebody acted who may not: a stranger, somebody who is not on the case, or who reported it',
    broken: (execution) => {
      const state = caseBefore(execution)
      if (execution.actor.kind !== 'person' || state === undefined) return false
      const who = person(execution)
      return (
        who === undefined || state.people[who] === undefined || state.reports.some((report) => report.person === who)
      )
    },
  },
  {
    name: 'one person in both seats',
    broken: (execution) =>
      eventsOf(execution, 'ApprovalGiven').some((given) => {
        const approval = caseBefore(execution)?.approvals.find((one) => one.id === given.approval)
        if (approval === undefined) return true
        // The requester may give the approval alone only if the request allowed that, and only from the time that the
        // request set.
        if (approval.aloneFrom !== undefined && execution.before.now >= approval.aloneFrom) return false
        return approval.by === given.by && approval.mode !== 'second-look'
      }),
  },
  {
    name: 'something was done on the word of somebody who holds no seat any more',
    broken: (execution) => {
      const { ahead } = releaseBefore(execution) ?? {}
      const automatic = execution.request.verb === 'fire-clock' && has(execution, 'DisclosureStarted')
      const approvals = caseBefore(execution)?.approvals ?? []
      const counted = automatic
        ? approvals.filter(({ digest, status }) => status === 'given' && digest === ahead?.digest)
        : approvals.filter(({ id }) => eventsOf(execution, 'ApprovalGiven').some(({ approval }) => approval === id))
      // An approval with `yesFrom` is about a signal. A signal is an observation, so it counts even if the observer has
      // left the case since.
      return counted.some(({ by, givenBy, yesFrom }) =>
        [yesFrom === undefined ? by : undefined, givenBy].some((who) => who !== undefined && !isSeated(execution, who)),
      )
    },
  },
  {
    name: 'a rule was waived that the policy lets nobody waive, or that no admin asked to waive',
    broken: (execution) =>
      eventsOf(execution, 'GateWaived').some(({ gate, askedBy }) => {
        const by = execution.policy.waivers[gate] ?? 'nobody'
        const admin = execution.policy.people.some(({ id, roles }) => id === askedBy && roles.includes('admin'))
        return by === 'nobody' || (by === 'admin' && !admin)
      }),
  },
  {
    name: 'a second look without a pause or without the case number',
    broken: (execution) =>
      eventsOf(execution, 'ApprovalGiven').some((given) => {
        const approval = caseBefore(execution)?.approvals.find((one) => one.id === given.approval)
        const typed = execution.request.verb === 'approve' ? execution.request.typedCase : undefined
        // If no person gave the approval, silence counted as a yes. The next invariant checks whether that was allowed.
        if (approval?.mode !== 'second-look' || given.by === undefined) return false
        const pause = after(execution.policy.calendar, approval.askedAt, execution.policy.approvals.secondLookAfter)
        return execution.before.now < pause || typed !== caseBefore(execution)?.id
      }),
  },
  {
    name: 'a step was done on an approval that was given for something else',
    exploredOnly: true,
    broken: (execution) =>
      eventsOf(execution, 'ApprovalGiven').some((given) => {
        const world = worldBefore(execution)
        const approval = world.case?.approvals.find((one) => one.id === given.approval)
        if (approval === undefined) return true
        // Silence counts as a yes only if the request said so, and only from the time that the request set.
        if (execution.request.verb === 'fire-clock')
          return approval.yesFrom === undefined || execution.before.now < approval.yesFrom
        if (execution.request.verb !== 'approve') return true
        const waiting: { readonly verb: string } = JSON.parse(approval.asked)
        const did = has(execution, 'DisclosureStarted')
          ? 'disclose'
          : has(execution, 'PrenotificationQueued')
            ? 'prenotify'
            : waiting.verb
        const now = previewOf(execution.policy, world, JSON.parse(approval.asked), execution.before.now)
        return did !== waiting.verb || now.digest !== approval.digest
      }),
  },
  {
    name: 'something irreversible left that nobody approved',
    broken: (execution) => {
      // A publication that was approved in advance begins automatically, on its date and not before.
      const { ahead, at } = releaseBefore(execution) ?? {}
      const automatic =
        execution.request.verb === 'fire-clock' && ahead !== undefined && at !== undefined && execution.before.now >= at
      const left = has(execution, 'PrenotificationQueued') || (has(execution, 'DisclosureStarted') && !automatic)
      return left && !has(execution, 'ApprovalGiven')
    },
  },
]

/** Whether a person is in the policy and on the case, did not report it, and has no conflict of interest. */
function isSeated(execution: Execution, who: PersonId): boolean {
  const { people = {}, reports = [], conflicts = {} } = caseBefore(execution) ?? {}
  const known = execution.policy.people.some(({ id }) => id === who)
  return known && who in people && !(who in conflicts) && !reports.some((report) => report.person === who)
}
