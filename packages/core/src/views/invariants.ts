import { embargoInForce } from '../state/embargo/evolve.ts'
import type { ReleaseState } from '../state/release/state.ts'
import { stepOfLetter } from '../effects/publication/progress.ts'
import { currentStep, fixedVersionsPublicAt, isEnded } from '../state/release/steps.ts'
import { tooLowForAttacks } from '../state/report/severity-floor.ts'
import type { Instant } from '../shared/instant.ts'
import type { ExitReason, SignalKind } from '../shared/words.ts'
import type { World } from '../vocabulary/decision.ts'
import { branchesToFix, fixIsReady } from '../state/stage.ts'
import type { CaseState, Signal } from '../state/state.ts'

type Invariant = { readonly name: string; readonly broken: (world: World) => boolean }

/**
 * Whether a signal was still uncorrected at a time. At the exact instant of the correction, the signal still counts,
 * because a state does not record the order of events within one instant.
 */
const believedAt = ({ correctedAt }: Signal, at: Instant): boolean => correctedAt === undefined || correctedAt >= at

/** Whether the vulnerability was already public at the given time, so that we did not have to keep our own date. */
const publicBefore = ({ signals, publishedAt, cs }: CaseState, at: Instant): boolean =>
  signals.some((signal) => signal.publicAt !== undefined && signal.publicAt <= at && believedAt(signal, at)) ||
  (cs.public !== undefined && cs.public < at) ||
  (publishedAt !== undefined && publishedAt < at)

const SEEN_AS: Readonly<Partial<Record<ExitReason, SignalKind>>> = { attacks: 'attack', leak: 'leak' }

/**
 * Whether the embargo had ended early by the given time, because of a signal that was not corrected yet, or because
 * both sides agreed to continue in public.
 */
const endedBefore = ({ em, signals }: CaseState, at: Instant): boolean =>
  em.is === 'exited' &&
  (em.reason === 'opened' ||
    signals.some(
      (signal) =>
        signal.what === SEEN_AS[em.reason] &&
        signal.countedAt !== undefined &&
        signal.countedAt <= at &&
        believedAt(signal, at),
    ))

const isLive = ({ is }: ReleaseState): boolean => is === 'planned' || is === 'scheduled' || is === 'prenotified'

/**
 * Conditions that must never be broken. Tests check these conditions in every state that they
 * reach.
 */
const INVARIANTS: readonly Invariant[] = [
  {
    name: 'fix ready with an unverified, unwaived live patch',
    // Cases with corrections are left out: a correction may add a branch that is fixed in a version released without
    // Embargo.
    broken: ({ case: state }) =>
      state?.cs.fixReady !== undefined &&
      state.rm === 'accepted' &&
      state.corrections === undefined &&
      !fixIsReady(state),
  },
  {
    name: 'embargo active while public',
    broken: ({ case: state }) => state !== undefined && state.cs.public !== undefined && embargoInForce(state.em),
  },
  {
    name: 'an exploit is public and the vulnerability is not',
    broken: ({ case: state }) => state?.cs.exploit !== undefined && state.cs.public === undefined,
  },
  {
    name: 'closed while embargo active',
    broken: ({ case: state }) => state?.rm === 'closed' && embargoInForce(state.em),
  },
  {
    name: 'a date for the embargo proposed in a case that nobody works on',
    broken: ({ case: state }) =>
      state !== undefined &&
      (state.em.is === 'proposed' || state.em.is === 'revise') &&
      !['received', 'valid', 'accepted'].includes(state.rm),
  },
  {
    name: 'attacked and rated below high',
    // Cases with approved texts are left out. These texts are sent unchanged, and attacks do not raise the severity
    // while the texts with the old severity are being sent.
    broken: ({ case: state, release }) =>
      state?.cs.attacks !== undefined &&
      tooLowForAttacks(state.severity) &&
      (release?.approved ?? []).length === 0 &&
      release?.startedAt === undefined,
  },
  {
    name: 'a verifier who is the author',
    broken: ({ case: state }) =>
      state !== undefined &&
      branchesToFix(state).some(
        ({ fix }) => fix?.is === 'verified' && JSON.stringify(fix.verifier) === JSON.stringify(fix.author),
      ),
  },
  {
    name: 'published by us before the release date, without a reason',
    broken: ({ case: state, release }) =>
      release?.startedAt !== undefined &&
      release.at !== undefined &&
      release.startedAt < release.at &&
      state !== undefined &&
      !endedBefore(state, release.startedAt) &&
      !publicBefore(state, release.startedAt),
  },
  {
    name: 'two open approvals of the same question',
    broken: ({ case: state }) => {
      const open = state?.approvals.filter((one) => one.status === 'open').map((one) => one.asked) ?? []
      return new Set(open).size < open.length
    },
  },
  {
    name: 'all branches are verified, but the fix is not ready',
    broken: ({ case: state, release }) => {
      const toFix = state === undefined ? [] : branchesToFix(state)
      return (
        state?.rm === 'accepted' &&
        release?.startedAt === undefined &&
        toFix.length > 0 &&
        toFix.every(({ fix, waived }) => fix?.is === 'verified' || waived?.kind === 'unverified') &&
        state.cs.fixReady === undefined
      )
    },
  },
  {
    name: 'a case in two live releases',
    broken: ({ case: state, others }) =>
      state !== undefined &&
      [...others.values()].filter((one) => one.kind === 'release' && isLive(one) && one.cases.includes(state.id))
        .length > 1,
  },
  {
    name: 'closed inside a release that goes on',
    broken: ({ case: state, release }) =>
      state?.rm === 'closed' && release !== undefined && isLive(release) && release.cases.includes(state.id),
  },
  {
    name: 'one mail taken twice',
    broken: ({ case: state }) => {
      const messages = state?.messages.map((one) => one.message) ?? []
      return new Set(messages).size < messages.length
    },
  },
  {
    name: 'a question to somebody whose report is in another case',
    broken: ({ case: state }) =>
      state?.needsInfo !== undefined && !state.reports.some(({ id }) => id === state.needsInfo?.report),
  },
  {
    name: 'a report in two cases',
    broken: ({ case: state }) =>
      state !== undefined && state.moved.some(({ report }) => state.reports.some(({ id }) => id === report.id)),
  },
  {
    name: 'a publication finished with a step that is not done',
    broken: ({ release }) => release?.disclosedAt !== undefined && release.steps.some((step) => !isEnded(step)),
  },
  {
    name: 'a step done while one of its mails did not go out',
    broken: ({ release }) =>
      release?.steps.some(
        ({ step, doneAt }) =>
          doneAt !== undefined &&
          release.parked.some(({ letter, doubt }) => !doubt && stepOfLetter(release, letter) === step),
      ) === true,
  },
  {
    name: 'a step done while one of its documents is not',
    broken: ({ release }) =>
      release?.documents?.some(
        (document) =>
          release.steps.some(({ step, doneAt }) => step === document.step && doneAt !== undefined) &&
          release.deliveries?.some((one) => one.step === document.step && one.case === document.case) !== true,
      ) === true,
  },
  {
    name: 'a step began before the fixed versions were public',
    broken: ({ release }) =>
      release !== undefined &&
      fixedVersionsPublicAt(release) === undefined &&
      release.steps.some(({ step, begunAt }) => step !== 'fixed-versions' && begunAt !== undefined),
  },
  {
    name: 'the current step of a publication has not begun',
    broken: ({ release }) => {
      const current = release?.startedAt === undefined ? undefined : currentStep(release.steps)
      return current !== undefined && current.begunAt === undefined
    },
  },
]

/** The names of the invariants that this world breaks; normally empty. */
export const brokenInvariants = (world: World): readonly string[] =>
  INVARIANTS.filter((one) => one.broken(world)).map((one) => one.name)
