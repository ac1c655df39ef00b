import type { Addressee } from '../case/command.ts'
import type { World } from '../case/decision.ts'
import type { StepId } from '../events/release-events.ts'
import { projectOf } from '../policy/project.ts'
import type { Policy } from '../policy/schema.ts'
import { stepOf } from './steps/index.ts'
import type { Step } from './steps/index.ts'
import type { ReleaseState } from './state.ts'

export const firstStep = (steps: readonly StepId[]): Step | undefined => {
  const [first] = steps
  return first === undefined ? undefined : stepOf(first)
}

/** The step that begins when this one is done: publications run one step at a time, in order. */
export function nextStep(release: ReleaseState | undefined, done: StepId): Step | undefined {
  const steps = release?.steps ?? []
  const next = steps[steps.findIndex((one) => one.step === done) + 1]
  return next === undefined ? undefined : stepOf(next.step)
}

export function addresseesOfStep(policy: Policy, world: World, step: Step): readonly Addressee[] {
  const { case: state, release } = world
  if (state === undefined || release === undefined) return []
  return step.addressees({ policy, project: projectOf(policy, state), release, cases: [state] })
}
