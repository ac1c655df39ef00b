import type { PersonVerb } from '../vocabulary/command.ts'
import type { Gate } from './gate.ts'
import { notTheReporter } from './not-the-reporter.ts'
import { forOtherCases } from './for-each-case.ts'
import { onTheCase } from './on-the-case.ts'
import { pendingApproval } from './second-person.ts'

/** Commands that act on every case of a release, wherever they are typed. */
const RELEASE_WIDE: ReadonlySet<unknown> = new Set<PersonVerb>([
  'prenotify',
  'prenotify.update',
  'disclose',
  'release.move',
  'release.cancel',
  'hold.off',
])

export const isReleaseWide = (verb: unknown): boolean => RELEASE_WIDE.has(verb)

const SEATS: readonly Gate[] = [forOtherCases(notTheReporter), forOtherCases(onTheCase)]

/**
 * A person who approves a command for a whole release must be on each of its cases, and must not be the reporter of any
 * of them.
 */
export const seatInRelease: Gate = {
  id: 'on-the-case',
  check: (context) => {
    const approval = pendingApproval(context)
    if (approval === undefined) return undefined
    const request: unknown = JSON.parse(approval.asked)
    const { verb }: { verb?: unknown } = Object(request)
    if (!isReleaseWide(verb)) return undefined
    return SEATS.map((gate) => gate.check(context)).find((refusal) => refusal !== undefined)
  },
}
