import type { World } from '../case/decision.ts'
import { statusInWords } from '../text/mail-status.ts'
import type { CaseState } from '../case/state.ts'
import type { Event, Recorded } from '../events/recorded.ts'
import { promisesOf } from '../measures/measures.ts'
import type { Promised } from '../measures/measures.ts'
import { milestonesOf } from '../measures/milestones.ts'
import type { Policy } from '../policy/schema.ts'
import type { Instant } from '../shared/instant.ts'

export type Moment = { readonly at: Instant; readonly what: string }

/** What a retrospective is held on: collected from the log, so that nobody has to remember it. */
export type LookBack = {
  readonly timeline: readonly Moment[]
  readonly promises: readonly Promised[]
  readonly waivers: CaseState['waivers']
  readonly nearMisses: readonly Moment[]
  readonly cwe?: string
  readonly recorded?: CaseState['retrospective']
}

/** What stands in the timeline, in plain words. Nothing of what a report or a person said. */
const STEPS: Readonly<Partial<Record<Event['type'], string>>> = {
  CaseOpened: 'came in',
  CaseAcknowledged: 'acknowledged',
  DispositionSet: 'decided what it is',
  SeverityRated: 'severity rated',
  CaseAccepted: 'accepted',
  CaseDeferred: 'deferred',
  PatchSubmitted: 'patch submitted',
  FixVerified: 'patch verified',
  FixReady: 'fix ready',
  PrenotificationQueued: 'pre-notification approved',
  HeadsUpPosted: 'heads-up posted',
  EmbargoExited: 'embargo over',
  VulnerabilityPublic: 'public',
  ExploitPublic: 'an exploit is public',
  AttacksObserved: 'attacks observed',
  LeakSuspected: 'a leak suspected',
  Disclosed: 'publication finished',
  CaseReopened: 'opened again',
  CaseClosed: 'closed',
}

/** What went almost wrong, or did and was caught. */
const MISSES: { readonly [T in Event['type']]?: (event: Extract<Event, { type: T }>) => string | undefined } = {
  ApprovalVoided: ({ because }) => `an approval became void: ${because}`,
  EffectParked: ({ because }) => `something waited for a person: ${because}`,
  ClockBreached: ({ clock }) => `the time was up: ${clock}`,
  FixWithdrawn: ({ branch }) => `a ready fix was taken back: ${branch}`,
  MailFailed: ({ letter, because }) => `a mail did not leave (${letter}): ${because}`,
  MailBounced: ({ letter, status, kind = 'soft' }) =>
    kind === 'delayed' ? undefined : `a mail came back (${letter ?? 'some mail'}): ${statusInWords(status, kind)}`,
  StepFailed: ({ step, because }) => `a step of the publication failed (${step}): ${because}`,
  SignalCorrected: ({ what }) => `a signal was wrong: ${what}`,
}

/** Everything of a case that a retrospective needs. `history` is of the case and of its release, in any order. */
export function lookBack(
  policy: Policy,
  { case: state, release }: Pick<World, 'case' | 'release'>,
  history: readonly Recorded[],
): LookBack | undefined {
  if (state === undefined) return undefined
  const inOrder = history.toSorted((a, b) => a.at - b.at)
  return {
    timeline: inOrder.flatMap(({ at, event }) => {
      const what = stepIn(event)
      return what === undefined ? [] : [{ at, what }]
    }),
    promises: promisesOf(policy, milestonesOf(state, release)),
    waivers: state.waivers,
    nearMisses: inOrder.flatMap(({ at, event }) => {
      const what = missOf(event)
      return what === undefined ? [] : [{ at, what }]
    }),
    ...(state.cwe === undefined ? {} : { cwe: state.cwe }),
    ...(state.retrospective === undefined ? {} : { recorded: state.retrospective }),
  }
}

/** Our own publication may come after somebody else’s. */
const stepIn = (event: Event): string | undefined =>
  event.type === 'VulnerabilityPublic' && event.because === 'our-publication' ? 'published' : STEPS[event.type]

// The table ties each type to its own event, a tie that the compiler cannot follow through an index.
const missOf = (event: Event): string | undefined =>
  (MISSES[event.type] as ((given: Event) => string | undefined) | undefined)?.(event)
