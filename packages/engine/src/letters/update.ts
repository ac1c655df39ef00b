import { stageOf } from '@embargo/core'
import type { Stage } from '@embargo/core'
import { update as write } from '@embargo/letters'
import type { Progress } from '@embargo/letters'
import { base, embargoTerms, nextWordBy } from './parts.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

/** What a reporter is told of a stage: a rejection has a letter of its own, and an acknowledgment was one. */
const TOLD_AS: Readonly<Record<Stage, Progress>> = {
  closed: 'closed',
  rejected: 'closed',
  deferred: 'deferred',
  disclosed: 'disclosed',
  prenotified: 'prenotified',
  ready: 'ready',
  confirming: 'confirming',
  fixing: 'fixing',
  assessing: 'assessing',
  acknowledged: 'received',
  received: 'received',
}

/** How far it is, as somebody outside may know. */
export function standing({ case: theCase, release }: LetterMaterial) {
  const progress = TOLD_AS[stageOf(theCase, release)]
  // What is public already has no day on which it will be.
  if (theCase.cs.public !== undefined)
    return { progress: progress === 'prenotified' ? 'ready' : progress, releaseAt: undefined } as const
  // A date that nobody outside has been told may still move.
  return { progress, releaseAt: release?.is === 'prenotified' ? release.at : undefined }
}

export const update: LetterRenderer = {
  letter: 'update',
  render(material) {
    const { case: theCase, event } = material
    const { progress, releaseAt } = standing(material)
    const over = progress === 'closed' || progress === 'disclosed'
    return write({
      ...base(material),
      progress,
      severity: theCase.severity,
      releaseAt,
      isPublic: theCase.cs.public !== undefined,
      reason: event?.type === 'ReporterUpdated' ? event.reason : undefined,
      ratedBecause: event?.type === 'SeverityRated' ? event.reason : undefined,
      embargo: embargoTerms(material),
      nextWordBy: over ? undefined : nextWordBy(material),
    })
  },
}
