import { isEnded, MAIL_STEPS } from '@embargo/core'
import type { StepId } from '@embargo/core'
import type { Execution } from '../../src/execute.ts'
import { isSecret, worldAfter } from './invariant.ts'
import type { Invariant } from './invariant.ts'

/** The letters that a publication sends. */
const LETTERS: ReadonlySet<string> = new Set(MAIL_STEPS.map(({ letter }) => letter))

/**
 * Whether the command records that the last open document of a step is done. A person may record this even before the
 * step begins.
 */
export function isDocumentDone({ before, request }: Execution, step: StepId): boolean {
  const waits = before.pending.filter((one) => one.step === step)
  if (request.verb === 'done.step') {
    const missing = [...before.states.values()].flatMap((one) =>
      one.kind === 'release'
        ? (one.documents ?? []).filter(
            (each) =>
              each.step === step && one.deliveries?.some((of) => of.step === step && of.case === each.case) !== true,
          )
        : [],
    )
    return request.step === step && missing.length === 1 && missing[0]?.case === request.case
  }
  if (request.verb === 'settle') return request.outcome === 'went' && waits.length === 1
  return (
    request.verb === 'record-outcome' &&
    request.outcome.is === 'delivered' &&
    request.outcome.step === step &&
    waits.length === 1
  )
}

export const DOCUMENTS: readonly Invariant[] = [
  {
    name: 'a document left before P, before its step, or that nobody approved',
    broken: (execution) =>
      execution.effects.some((effect) => {
        if (effect.kind !== 'deliver') return false
        const { release } = worldAfter(execution)
        const approved = release?.documents?.some(
          ({ step, case: of, mode }) => step === effect.step && of === effect.case && mode === 'publish',
        )
        const begun = release?.steps.some(
          ({ step, begunAt }) => step === effect.step && begunAt === execution.before.now,
        )
        return isSecret(execution, effect.case) || approved !== true || begun !== true
      }),
  },
  {
    name: 'something left before the fixed versions were public',
    broken: (execution) => {
      const { release } = worldAfter(execution)
      const waits = release?.steps.some((step) => step.step === 'fixed-versions' && !isEnded(step))
      return (
        waits === true &&
        execution.effects.some(
          (effect) =>
            (effect.kind === 'deliver' && effect.step !== 'fixed-versions') ||
            (effect.kind === 'send-mail' && LETTERS.has(effect.letter) && effect.stream === release?.id),
        )
      )
    },
  },
  {
    name: 'recipients waited for a step that waits for a person',
    broken: (execution) => {
      const { release } = worldAfter(execution)
      const versions = release?.steps.find(({ step }) => step === 'fixed-versions')
      const recipients = release?.steps.find(({ step }) => step === 'embargo-lifted')
      if (
        release?.startedAt === undefined ||
        release.held !== undefined ||
        (versions !== undefined && !isEnded(versions))
      )
        return false
      const parked = release.parked.some(({ step, letter }) => step !== undefined || LETTERS.has(letter ?? ''))
      return parked && recipients !== undefined && recipients.begunAt === undefined && !isEnded(recipients)
    },
  },
]
