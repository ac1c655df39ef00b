import { stepOf } from '../effects/publication/steps.ts'
import type { StepId } from '../events/step-id.ts'
import { later, MINUTE } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { ReleaseState } from '../state/release/state.ts'
import { currentStep, isEnded } from '../state/release/steps.ts'
import type { NextAction } from './fix-action.ts'

/** If the fixed versions are not public after this time, the next action is no longer the program's but a person's. */
const FIRST_LOOK = MINUTE

type RunningPeople = { readonly coordinator: string; readonly releaser: string; readonly at: Instant }

/** What a publication or a correction waits for. */
export function running(release: ReleaseState, { coordinator: owner, releaser, at }: RunningPeople): NextAction {
  const byHand = stepByHand(release)
  const isCorrection = release.correction !== undefined
  const current = currentStep(release.steps)
  if (byHand === undefined && current?.step === 'fixed-versions' && at >= later(current.begunAt ?? at, FIRST_LOOK)) {
    const action = 'make the fixed versions public, or say where they are'
    return { action, owner: releaser, verb: 'done.step', step: current.step }
  }
  if (byHand === undefined)
    return { action: `finish the ${isCorrection ? 'correction' : 'publication'}`, owner: 'Embargo' }
  const action =
    byHand === 'fixed-versions'
      ? 'make the fixed versions public'
      : `${isCorrection ? 'correct' : 'publish'}: ${stepOf(byHand).words}`
  return { action: `${action}, and record the link`, owner, verb: 'done.step', step: byHand }
}

/** The step of a running publication that a person does. */
function stepByHand({ steps, documents = [], deliveries = [] }: ReleaseState): StepId | undefined {
  const waits = documents.filter(
    ({ step, case: of, mode }) => mode === 'prepare' && !deliveries.some((one) => one.step === step && one.case === of),
  )
  return steps.find((one) => one.begunAt !== undefined && !isEnded(one) && waits.some(({ step }) => step === one.step))
    ?.step
}
