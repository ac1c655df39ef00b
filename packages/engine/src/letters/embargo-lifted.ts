import { assertNever, uncheckedFix } from '@embargo/core'
import type { CaseId, CaseState, EmState, Instant } from '@embargo/core'
import { embargoLifted as write } from '@embargo/letters'
import type { LiftReason } from '@embargo/letters'
import { fixedVersionsOf, nothingToRelease } from './parts.ts'
import { base, cveIdOf } from './parts.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

export const embargoLifted: LetterRenderer = {
  letter: 'embargo-lifted',
  render(material) {
    const { cases, publishedAt, case: theCase } = material
    const kept = keptFrom(material)
    return write({
      ...base(material),
      cases: cases.map((each) => ({ number: each.id, cve: cveIdOf(material, each) })),
      ...(kept.length > 0 && { kept }),
      endedAt: endedAt(theCase.em, publishedAt),
      reason: reasonOf(theCase.em),
      versions: fixedVersionsOf(cases),
      fixed: cases.every(isFixedNow),
      links: [],
      // Nothing to install where it is fixed; an advisory may also come without a fix.
      nothingToRelease: nothingToRelease(cases) && cases.every(isFixedNow),
    })
  },
}

/** Its fix is ready, or will be with the publication itself. */
const isFixedNow = (one: CaseState): boolean => one.cs.fixReady !== undefined || uncheckedFix(one).length > 0

/** Cases of this release that this recipient was told of and that were not ready on the day. */
function keptFrom({ release, to }: LetterMaterial): readonly CaseId[] {
  const told =
    to.kind === 'recipient'
      ? release?.prenotified.find(({ list, recipient }) => list === to.list && recipient === to.recipient)
      : undefined
  if (told === undefined) return []
  return (release?.dropped ?? []).filter((id) => told.cases === undefined || told.cases.includes(id))
}

// Our publication ends it with its first step, also in a preview, where it has not begun.
function endedAt(em: EmState, publishedAt: Instant): Instant {
  return em.is === 'exited' && em.reason !== 'released' ? em.at : publishedAt
}

// Before the publication began, in a preview, the reason is the one that it will give.
function reasonOf(em: EmState): LiftReason {
  if (em.is !== 'exited') return 'released'
  const { reason } = em
  switch (reason) {
    case 'released':
    case 'public':
    case 'exploit':
    case 'attacks':
    case 'leak':
    case 'opened':
    case 'unreachable':
    case 'expired':
      return reason
    case 'merged':
    case 'closed':
      return 'opened'
    default:
      return assertNever(reason)
  }
}
