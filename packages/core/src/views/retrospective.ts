import type { World } from '../vocabulary/decision.ts'
import { statusInWords } from '../text/mail-status.ts'
import type { CaseState } from '../state/state.ts'
import type { Event, RecordedEvent } from '../events/recorded-event.ts'
import { promisesOf } from './measures.ts'
import type { CasePromise } from './measures.ts'
import { milestonesOf } from './milestones.ts'
import { nextWordPromised } from '../deadlines/promise.ts'
import { policyFor } from '../state/policy-for.ts'
import type { Policy } from '../policy/schema.ts'
import type { CaseId, StreamId } from '../shared/ids.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'

export type Moment = { readonly at: Instant; readonly what: string }

/** The material of a retrospective, collected from the log so that nobody has to remember it. */
export type Retrospective = {
  readonly timeline: readonly Moment[]
  readonly promises: readonly CasePromise[]
  readonly waivers: CaseState['waivers']
  readonly nearMisses: readonly Moment[]
  readonly cwe?: string
  readonly recorded?: CaseState['retrospective']
}

type EntryWords = { readonly [T in Event['type']]?: (event: Extract<Event, { type: T }>) => string | undefined }

const always = (what: string) => () => what

/** The entries of the timeline, in our own words. They quote neither reports nor people. */
const STEPS: EntryWords = {
  CaseOpened: always('came in'),
  CaseAcknowledged: always('acknowledged'),
  DispositionSet: always('decided what it is'),
  SeverityRated: always('severity rated'),
  CaseAccepted: always('accepted'),
  CaseDeferred: always('deferred'),
  CasesMerged: ({ as, with: other }) => (as === 'into' ? `merged into ${other}` : `took over ${other}`),
  CaseSplit: ({ into }) => `a report became ${into}`,
  EmbargoAccepted: ({ end }) => `embargo until ${isoInstant(end)}`,
  CveAssigned: ({ cve }) => `CVE id assigned: ${cve}`,
  CveRejected: always('the CVE id was rejected, or none is needed'),
  CvePublished: always('CVE record published'),
  PatchSubmitted: always('patch submitted'),
  ChangesRequested: ({ branch }) => `changes requested to the patch for ${branch}`,
  FixVerified: always('patch verified'),
  FixReady: always('fix ready'),
  PrenotificationQueued: always('pre-notification approved'),
  HeadsUpPosted: always('heads-up posted'),
  InterimDisclosed: always('interim advisory approved'),
  EmbargoExited: always('embargo over'),
  // Our own publication may come after somebody else’s.
  VulnerabilityPublic: ({ because }) => (because === 'our-publication' ? 'published' : 'public'),
  ExploitPublic: always('an exploit is public'),
  AttacksObserved: always('attacks observed'),
  LeakSuspected: always('details got out'),
  Disclosed: always('publication finished'),
  CaseReopened: always('opened again'),
  CaseClosed: always('closed'),
}

/** Near misses: things that almost went wrong, or that went wrong but were noticed in time. */
const MISSES: EntryWords = {
  ApprovalVoided: ({ because }) => `an approval became void: ${because}`,
  EffectParked: ({ because }) => `something waited for a person: ${because}`,
  ClockBreached: ({ clock }) => `a deadline passed: ${clock}`,
  FixWithdrawn: ({ branch }) => `a ready fix was withdrawn: ${branch}`,
  ReleaseRescheduled: ({ was, at }) => `the release was moved from ${isoInstant(was)} to ${isoInstant(at)}`,
  ReleaseCancelled: always('the release was cancelled'),
  ReleaseLeft: always('the case left its release'),
  MailFailed: ({ letter, because }) => `a mail was not sent (${letter}): ${because}`,
  MailBounced: ({ letter, status, kind = 'soft' }) =>
    kind === 'delayed' ? undefined : `a mail bounced (${letter ?? 'some mail'}): ${statusInWords(status, kind)}`,
  StepFailed: ({ step, because }) => `a step of the publication failed (${step}): ${because}`,
  SignalCorrected: ({ what }) => `a signal was wrong: ${what}`,
}

/** Facts that count as failures only if they happened before we published. */
const FAILURES: EntryWords = {
  VulnerabilityPublic: always('it was public before we published'),
  ExploitPublic: always('an exploit was public before we published'),
  AttacksObserved: always('attacks were observed before we published'),
  LeakSuspected: always('details got out under embargo'),
}

/**
 * Everything about a case that a retrospective needs. `history`: the events of the case and of its releases, in any
 * order. A release's events count only while the case was in it.
 */
export function retrospectiveOf(
  policy: Policy,
  { case: state, release }: Pick<World, 'case' | 'release'>,
  history: readonly RecordedEvent[],
): Retrospective | undefined {
  if (state === undefined) return undefined
  const inOrder = ofCase(state.id, history).toSorted((a, b) => a.at - b.at)
  const promises = promisesOf(policy, milestonesOf(policy, state, release))
  const missed = [...latePromises(promises, state.lastEventAt), ...silences(policyFor(policy, state), state, inOrder)]
  return {
    timeline: momentsOf(STEPS, inOrder),
    promises,
    waivers: state.waivers,
    nearMisses: [...momentsOf(MISSES, inOrder), ...momentsOf(FAILURES, beforeOurs(inOrder)), ...missed].toSorted(
      (a, b) => a.at - b.at,
    ),
    ...(state.cwe === undefined ? {} : { cwe: state.cwe }),
    ...(state.retrospective === undefined ? {} : { recorded: state.retrospective }),
  }
}

/** The events before our own publication. */
function beforeOurs(history: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const start = history.findIndex(
    ({ event }) =>
      event.type === 'Disclosed' || (event.type === 'VulnerabilityPublic' && event.because === 'our-publication'),
  )
  return start < 0 ? history : history.slice(0, start)
}

/** Promises that were kept late or not at all, each with the moment when it became late. */
const latePromises = (promises: readonly CasePromise[], now: Instant): readonly Moment[] =>
  promises.flatMap(({ said: what, due, at = now }) =>
    at > due ? [{ at: due, what: `a promise was missed: ${what}` }] : [],
  )

/**
 * The times at which a reporter was promised news and got none. Letters promise a date for the next news. Texts that a
 * person wrote, and mails after the publication or the end of the case, do not promise one.
 */
function silences(policy: Policy, state: CaseState, history: readonly RecordedEvent[]): readonly Moment[] {
  const promisedTo = new Map<string, Instant>()
  const missed: Moment[] = []
  const recordUpdate = (to: string, at: Instant): void => {
    const due = promisedTo.get(to)
    if (due !== undefined && at > due)
      missed.push({ at: due, what: 'a promise was missed: the reporter should have heard from us' })
  }
  let isOver = false
  for (const { event, at } of history) {
    if (event.type === 'MailAccepted' && event.to.startsWith('report:') && event.letter !== 'receipt') {
      recordUpdate(event.to, at)
      if (isOver || event.letter === 'reply') promisedTo.delete(event.to)
      else promisedTo.set(event.to, nextWordPromised(policy, state, at))
    }
    if (event.type === 'CaseReopened') isOver = false
    if (event.type === 'CaseClosed' || event.type === 'Disclosed') {
      isOver = true
      for (const to of promisedTo.keys()) recordUpdate(to, at)
      promisedTo.clear()
    }
  }
  return missed
}

/**
 * The events that concern the case. A release's events count only while the case was in the release, and only if they
 * are not about another case.
 */
function ofCase(id: CaseId, history: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const own = history.filter(({ stream }) => stream === id)
  const wasIn = (release: StreamId, at: Instant): boolean =>
    own.filter((one) => one.at <= at && one.event.type === 'ReleaseJoined' && one.event.release === release).length >
    own.filter((one) => one.at < at && one.event.type === 'ReleaseLeft' && one.event.release === release).length
  return history.filter(({ stream, at, event }) => {
    if (stream === id) return true
    return wasIn(stream, at) && (event.type !== 'InterimDisclosed' || event.case === id)
  })
}

const momentsOf = (table: EntryWords, history: readonly RecordedEvent[]): readonly Moment[] =>
  history.flatMap(({ at, event }) => {
    // Every event type maps to its own words; TypeScript loses this connection when a table is indexed.
    const what = (table[event.type] as ((given: Event) => string | undefined) | undefined)?.(event)
    return what === undefined ? [] : [{ at, what }]
  })
