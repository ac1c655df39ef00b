import { stageOf } from '@embargo/core'
import { embargoExpired as write } from '@embargo/mail'
import { base, nextWordBy } from './base.ts'
import type { LetterRenderer } from './material.ts'
import { TOLD_AS } from './update.ts'

export const embargoExpired: LetterRenderer = {
  letter: 'embargo-expired',
  render(material) {
    const { case: theCase, release, policy, now } = material
    return write({
      ...base(material),
      endedAt: theCase.em.is === 'exited' ? theCase.em.at : now,
      progress: TOLD_AS[stageOf(theCase, release)],
      // A date that nobody outside has been told may still move.
      releaseAt: release?.is === 'prenotified' ? release.at : undefined,
      nextWordBy: nextWordBy(policy, now),
    })
  },
}
