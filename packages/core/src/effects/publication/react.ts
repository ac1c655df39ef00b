import type { StepId } from '../../events/release-events.ts'
import { stepOf } from './steps.ts'
import type { Step } from './steps.ts'
import type { ReleaseState } from '../../state/release/state.ts'

export const firstStep = (steps: readonly StepId[]): Step | undefined => {
  const [first] = steps
  return first === undefined ? undefined : stepOf(first)
}

/** The step that begins when `done` is done. A publication runs one step at a time, in order. */
export function nextStep(release: ReleaseState | undefined, done: StepId): Step | undefined {
  const steps = release?.steps ?? []
  const next = steps[steps.findIndex((one) => one.step === done) + 1]
  return next === undefined ? undefined : stepOf(next.step)
}
