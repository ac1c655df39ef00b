import { caseBefore, eventsOf, has, person, releaseBefore, worldBefore } from './invariant.ts'
import type { Fact } from './invariant.ts'
import { after } from '@embargo/core'
import type { PersonId } from '@embargo/core'
import type { Ran } from '../../src/execute.ts'
import { rendered } from '../../src/preview.ts'

export const PEOPLE: readonly Fact[] = [
  {
    name: 'somebody acted who may not: a stranger, somebody who is not on the case, or who reported it',
    broken: (ran) => {
      const state = caseBefore(ran)
      if (ran.actor.kind !== 'person' || state === undefined) return false
      const who = person(ran)
      return (
        who === undefined || state.people[who] === undefined || state.reports.some((report) => report.person === who)
      )
    },
  },
  {
    name: 'one person in both seats',
    broken: (ran) =>
      eventsOf(ran, 'ApprovalGiven').some((given) => {
        const asked = caseBefore(ran)?.approvals.find((one) => one.id === given.approval)
        if (asked === undefined) return true
        // Whoever asked may go on alone where that was said when it was asked, and only after its time.
        if (asked.aloneFrom !== undefined && ran.before.now >= asked.aloneFrom) return false
        return asked.by === given.by && asked.mode !== 'second-look'
      }),
  },
  {
    name: 'something was done on the word of somebody who holds no seat any more',
    broken: (ran) => {
      const { ahead } = releaseBefore(ran) ?? {}
      const byItself = ran.request.verb === 'fire-clock' && has(ran, 'DisclosureStarted')
      const asked = caseBefore(ran)?.approvals ?? []
      const counted = byItself
        ? asked.filter(({ digest, status }) => status === 'given' && digest === ahead?.digest)
        : asked.filter(({ id }) => eventsOf(ran, 'ApprovalGiven').some(({ approval }) => approval === id))
      // What somebody has seen of the world is so whoever they are now: a signal has a time from which silence is a yes.
      return counted.some(({ by, givenBy, yesFrom }) =>
        [yesFrom === undefined ? by : undefined, givenBy].some((who) => who !== undefined && !isSeated(ran, who)),
      )
    },
  },
  {
    name: 'a rule was waived that the policy lets nobody waive, or that no admin asked to waive',
    broken: (ran) =>
      eventsOf(ran, 'GateWaived').some(({ gate, askedBy }) => {
        const by = ran.policy.waivers[gate] ?? 'nobody'
        const admin = ran.policy.people.some(({ id, roles }) => id === askedBy && roles.includes('admin'))
        return by === 'nobody' || (by === 'admin' && !admin)
      }),
  },
  {
    name: 'a second look without a pause or without the case number',
    broken: (ran) =>
      eventsOf(ran, 'ApprovalGiven').some((given) => {
        const asked = caseBefore(ran)?.approvals.find((one) => one.id === given.approval)
        const typed = ran.request.verb === 'approve' ? ran.request.typedCase : undefined
        // Silence is nobody's look: the fact below asks when it counts.
        if (asked?.mode !== 'second-look' || given.by === undefined) return false
        const pause = after(ran.policy.calendar, asked.askedAt, ran.policy.approvals.secondLookAfter)
        return ran.before.now < pause || typed !== caseBefore(ran)?.id
      }),
  },
  {
    name: 'a step was done on an approval that was given for something else',
    exploredOnly: true,
    broken: (ran) =>
      eventsOf(ran, 'ApprovalGiven').some((given) => {
        const world = worldBefore(ran)
        const asked = world.case?.approvals.find((one) => one.id === given.approval)
        if (asked === undefined) return true
        // Silence is a yes only where that was said when it was asked, and only after its time.
        if (ran.request.verb === 'fire-clock') return asked.yesFrom === undefined || ran.before.now < asked.yesFrom
        if (ran.request.verb !== 'approve') return true
        const waiting: { readonly verb: string } = JSON.parse(asked.asked)
        const did = has(ran, 'DisclosureStarted')
          ? 'disclose'
          : has(ran, 'PrenotificationQueued')
            ? 'prenotify'
            : waiting.verb
        const now = rendered(ran.policy, world, JSON.parse(asked.asked), ran.before.now)
        return did !== waiting.verb || now.digest !== asked.digest
      }),
  },
  {
    name: 'something irreversible left that nobody approved',
    broken: (ran) => {
      // What was approved ahead begins by itself, at its instant and not before.
      const { ahead, at } = releaseBefore(ran) ?? {}
      const byItself =
        ran.request.verb === 'fire-clock' && ahead !== undefined && at !== undefined && ran.before.now >= at
      const left = has(ran, 'PrenotificationQueued') || (has(ran, 'DisclosureStarted') && !byItself)
      return left && !has(ran, 'ApprovalGiven')
    },
  },
]

/** Known to the policy, on the list of the case, and neither its reporter nor in conflict. */
function isSeated(ran: Ran, who: PersonId): boolean {
  const { people = {}, reports = [], conflicts = {} } = caseBefore(ran) ?? {}
  const known = ran.policy.people.some(({ id }) => id === who)
  return known && who in people && !(who in conflicts) && !reports.some((report) => report.person === who)
}
