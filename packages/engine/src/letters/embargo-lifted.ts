import { assertNever } from '@embargo/core'
import type { EmState } from '@embargo/core'
import { embargoLifted as write } from '@embargo/mail'
import type { LiftReason } from '@embargo/mail'
import { fixedVersionsOf } from './advisory-record.ts'
import { base } from './base.ts'
import type { LetterRenderer } from './material.ts'

export const embargoLifted: LetterRenderer = {
  letter: 'embargo-lifted',
  render(material) {
    const { cases, publishedAt, case: theCase } = material
    return write({
      ...base(material),
      cases: cases.map(({ id }) => ({ number: id })),
      endedAt: theCase.em.is === 'exited' ? theCase.em.at : publishedAt,
      reason: reasonOf(theCase.em),
      versions: fixedVersionsOf(cases),
      links: [],
    })
  },
}

// Before the publication began, in a preview, the reason is the one that it will give.
function reasonOf(em: EmState): LiftReason {
  if (em.is !== 'exited') return 'released'
  switch (em.reason) {
    case 'released':
    case 'public':
    case 'exploit':
    case 'attacks':
    case 'leak':
    case 'opened':
    case 'expired':
      return em.reason
    case 'merged':
    case 'closed':
      return 'opened'
    default:
      return assertNever(em.reason)
  }
}
