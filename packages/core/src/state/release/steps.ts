import type { ReleaseEvent } from '../../events/release-events.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { isDocumentStep } from '../../events/step-id.ts'
import type { StepId } from '../../events/step-id.ts'
import { MINUTE } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import type { ReleaseState } from './state.ts'

export type StepState = ReleaseState['steps'][number]

/** Whether the step is finished: done or left out. */
export const isEnded = ({ doneAt, leftOut }: StepState): boolean => doneAt !== undefined || leftOut !== undefined

/**
 * Whether the publication has moved on from this step: the step is finished, the publication no longer waits for it, or
 * it was done before a bounce reopened it.
 */
const isBehind = (step: StepState): boolean => isEnded(step) || step.passedAt !== undefined || step.again === true

/** The step that the publication is waiting for. */
export const currentStep = (steps: ReleaseState['steps']): StepState | undefined => steps.find((one) => !isBehind(one))

const begun = (
  state: ReleaseState,
  step: StepId,
  { at, eventId }: Pick<RecordedEvent, 'at' | 'eventId'>,
): ReleaseState => ({
  ...state,
  steps: state.steps.map((one) => (one.step === step ? { ...one, begunAt: at, begunBy: eventId } : one)),
})

/**
 * Marks the step that an event begins. The steps of a publication run in order, one at a time. Only `StepAhead` begins
 * a step early.
 */
export function withBegun(state: ReleaseState, recorded: RecordedEvent, event: ReleaseEvent): ReleaseState {
  switch (event.type) {
    case 'StepAhead':
      return begun(state, event.step, recorded)
    case 'DisclosureStarted':
    case 'CorrectionStarted':
    case 'StepDone':
    case 'StepPassed':
    case 'StepLeftOut': {
      const current = currentStep(state.steps)
      return current === undefined || current.begunAt !== undefined ? state : begun(state, current.step, recorded)
    }
    default:
      return state
  }
}

/** When the steps in `steps` began: those of the last correction or, without a correction, those of the publication. */
export const stepsSince = ({ correction, startedAt }: ReleaseState): Instant | undefined => correction?.at ?? startedAt

/** When the fixed versions became public, or when a person left that step out; undefined until then. */
export function fixedVersionsPublicAt(release: ReleaseState): Instant | undefined {
  const versions = release.steps.find(({ step }) => step === 'fixed-versions')
  return versions === undefined ? stepsSince(release) : (versions.doneAt ?? versions.leftOut?.at)
}

/**
 * How long the later steps wait for an earlier one. Once the fixed versions are public, attackers can find the
 * vulnerability in the changes, so users must be told even if a target does not answer.
 */
export const LONGEST_WAIT = 15 * MINUTE

/**
 * The start of a publication's wait for a step. The wait may last at most `LONGEST_WAIT`. Undefined if the step has not
 * begun, is over, or has no such limit. All document steps have the same start, so their waits do not add up to a
 * longer delay of the mails.
 */
export const stepWaitsFrom = (release: ReleaseState, one: StepState): Instant | undefined =>
  one.begunAt === undefined || isBehind(one)
    ? undefined
    : isDocumentStep(one.step)
      ? fixedVersionsPublicAt(release)
      : one.begunAt

/**
 * The step that the publication is waiting for, and since when. Undefined if the wait has no limit. The wait for the
 * last step has no limit, because nothing comes after that step. The wait for the fixed versions has no limit, because
 * the publication does not go on before they are public.
 */
export function waitingSince(release: ReleaseState): { readonly step: StepId; readonly since: Instant } | undefined {
  const { steps, startedAt, disclosedAt } = release
  const current = currentStep(steps)
  if (startedAt === undefined || disclosedAt !== undefined || release.held !== undefined) return undefined
  if (current === undefined || current.step === steps.at(-1)?.step) return undefined
  const since = stepWaitsFrom(release, current)
  return since === undefined ? undefined : { step: current.step, since }
}
