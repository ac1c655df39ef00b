import type { World } from '../vocabulary/decision.ts'
import type { CaseState, ToldOfClock } from '../state/state.ts'
import { isAway } from '../state/people/seats.ts'
import type { PersonId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import { policyFor } from '../state/policy-for.ts'
import type { Policy } from '../policy/schema.ts'
import { acknowledge } from './acknowledge.ts'
import { acknowledgePrenotification } from './acknowledge-prenotification.ts'
import type { Clock, ClockRule, Moment } from './clock.ts'
import type { ClockName } from './name.ts'
import { archiveChannel } from './archive-channel.ts'
import { consentSilence } from './consent-silence.ts'
import { cra } from './cra.ts'
import { decideValidity } from './decide-validity.ts'
import { embargoEnd } from './embargo-end.ts'
import { fixReady } from './fix-ready.ts'
import { lateMail } from './late-mail.ts'
import { offerOwner } from './offer-owner.ts'
import { needsInfo } from './needs-info.ts'
import { ossSecurityDuty } from './oss-security-duty.ts'
import { prenotifyDue } from './prenotify.ts'
import { publishCve } from './publish-cve.ts'
import { releaseDue } from './release.ts'
import { requestCve } from './request-cve.ts'
import { reporterVerification } from './reporter-verification.ts'
import { retrospective } from './retrospective.ts'
import { signalSilence } from './signal.ts'
import { stale } from './stale.ts'
import { updateReporter } from './update-reporter.ts'
import { waiting } from './waiting-on-party.ts'
import { inWorkingHours, isUrgent, nextWorking } from './working-hours.ts'

export type { Clock, Moment } from './clock.ts'
export { priorityOf } from './priority.ts'
export { audienceOf } from './escalation.ts'
export { askedToTake, offeredTo } from './offer-owner.ts'
export type { Audience } from './escalation.ts'
export { deadlineWords } from './words.ts'

/** Every clock. Adding one adds its file and a line here. */
const CLOCKS: readonly ClockRule[] = [
  acknowledge,
  offerOwner,
  decideValidity,
  updateReporter,
  fixReady,
  reporterVerification,
  prenotifyDue,
  acknowledgePrenotification,
  releaseDue,
  needsInfo,
  waiting,
  requestCve,
  publishCve,
  stale,
  consentSilence,
  embargoEnd,
  retrospective,
  ossSecurityDuty,
  cra,
  signalSilence,
]

/** What is still owed to others when the case itself is over, and what is seen only then. */
const AFTER_CLOSING: readonly ClockRule[] = [
  publishCve,
  retrospective,
  ossSecurityDuty,
  cra,
  signalSilence,
  lateMail,
  archiveChannel,
]

/** Every clock that runs for a case, with the moments still to be told. Pure: a restart computes the same. */
export function clocks(whole: Policy, world: World): readonly Clock[] {
  const { case: state, release } = world
  if (state === undefined) return []
  const rules = state.rm === 'closed' ? AFTER_CLOSING : CLOCKS
  const policy = policyFor(whole, state)
  return rules
    .flatMap((rule) => rule({ policy, state, release }))
    .map((clock) => inWorkingHours(policy, state, untold(clock, state)))
    .map((clock) => resting(policy, clock, state))
}

/** The earliest untold moment of any of these clocks: when the scheduler must look again. */
export const nextDue = (running: readonly Clock[]): Instant | undefined =>
  earliestOf(running.flatMap(({ moments }) => moments.map(({ at }) => at)))

const DUTIES: ReadonlySet<string> = new Set<ClockName>([
  'publish-cve',
  'retrospective',
  'oss-security-duty',
  'cra-early-warning',
  'cra-notification',
  'cra-final',
])

/** What people still owe when all is out, or the case is over: the first that is due first. */
export const dutiesAfter = (running: readonly Clock[]): readonly Clock[] =>
  running.filter(({ clock }) => DUTIES.has(clock)).toSorted((a, b) => a.due - b.due)

/** The first of these instants; nothing where there are none. */
export const earliestOf = (instants: readonly Instant[]): Instant | undefined =>
  instants.length === 0 ? undefined : instants.reduce((a, b) => (a <= b ? a : b))

/** Who was named for what a clock is about, while they are there: what a reminder says of them. */
export function namedAt(
  { named }: Pick<Clock, 'named'>,
  { people }: Policy,
  state: CaseState,
  at: Instant,
): { readonly named?: PersonId } {
  const person = people.find(({ id }) => id === named)
  return person === undefined || isAway(state, person, at) ? {} : { named: person.id }
}

/** Nobody is reminded of it, and it rests for nobody. */
export const isAutomatic = ({ clock }: { readonly clock: string }): boolean => clock === 'archive-channel'

/** How a clock is named in what was told and snoozed of it. */
export const roundKey = ({ clock, round }: Pick<ToldOfClock, 'clock' | 'round'>): string => `${clock}:${round}`

function untold(clock: Clock, state: CaseState): Clock {
  const told = state.told[roundKey(clock)] ?? 0
  return { ...clock, moments: clock.moments.filter((moment) => moment.fraction > told) }
}

/**
 * Reminders rest while they are snoozed, and then wait for working hours as any other. What changes the state, or is told
 * because nobody acted, does not.
 */
function resting(policy: Policy, clock: Clock, state: CaseState): Clock {
  const until = state.snoozed?.[roundKey(clock)]
  if (until === undefined) return clock
  const wakes = isUrgent(state) ? until : nextWorking(policy.calendar, until)
  const rested = (moment: Moment): Moment =>
    moment.breach === true || moment.prompt === true || moment.at >= until ? moment : { ...moment, at: wakes }
  return { ...clock, moments: clock.moments.map(rested) }
}
