import { stepOf } from '@embargo/core'
import type { CaseState, ReleaseState, StepId } from '@embargo/core'
import type { Card, Line } from '@embargo/engine'
import { time } from '../text/times.ts'
import { buildCard, notificationOf } from './card.ts'
import { doubtActions } from './doubt.ts'
import { line, outside, plain, strong } from './spans.ts'

/** The progress of a publication: one message, edited after each step. */
export function publicationCard(request: { state: CaseState | undefined; release: ReleaseState }): Card {
  const { state, release } = request
  const done = release.steps.filter((step) => step.doneAt !== undefined).length
  // Steps run one at a time, so a failed step stops those after it.
  const first = release.steps.find((step) => step.doneAt === undefined)?.step
  return buildCard({
    kind: 'publication',
    title: `${state?.id ?? release.id} · ${release.disclosedAt === undefined ? `publishing, ${done} of ${release.steps.length} steps` : 'published'}`,
    lines: [
      ...release.steps.map((step) => stepLine(step, first, release.parked.length > 0)),
      ...(release.disclosedAt === undefined
        ? []
        : [line(strong('Disclosed '), time(release.disclosedAt), strong('.'))]),
      ...release.parked.map((doubt) => line('Waits for a person: ', outside(doubt.because))),
    ],
    actions: state === undefined ? [] : release.parked.flatMap((doubt) => doubtActions(state, doubt)),
    notification: notificationOf(state),
  })
}

type Step = ReleaseState['steps'][number]

function stepLine(step: Step, running: StepId | undefined, parked: boolean): Line {
  const name = stepOf(step.step).words
  if (step.doneAt !== undefined) return line(plain(`✓ ${name} · done · `), outside(step.evidence ?? ''))
  if (step.failed !== undefined) return line(plain(`✗ ${name} · failed: `), outside(step.failed))
  if (step.step === running) return line(parked ? `? ${name} · waits for a person` : `… ${name} · running`)
  return line(`  ${name} · waits for the step before`)
}
