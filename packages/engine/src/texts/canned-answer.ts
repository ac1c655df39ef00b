import type { CannedAnswer, CaseId } from '@embargo/core'
import { noPayment } from '@embargo/letters'
import type { LetterMaterial } from '@embargo/letters'
import { arrange } from '../projections/world.ts'
import type { Deps } from '../deps.ts'
import { gatherMaterial } from '../letters/gather-material.ts'

const TEXTS: Readonly<Record<CannedAnswer, (material: LetterMaterial) => string>> = { money: noPayment.write }

/**
 * A fixed answer in the words of the case's policy, which a person sends as a reply. Undefined if there is no such
 * case.
 */
export async function cannedAnswer(deps: Deps, theCase: CaseId, answer: CannedAnswer): Promise<string | undefined> {
  const loaded = await deps.loadWorld(theCase)
  const world = arrange(loaded, theCase)
  const [report] = world.case?.reports ?? []
  if (report === undefined) return undefined
  const now = deps.clock.now()
  const to = { kind: 'report', report: report.id } as const
  return TEXTS[answer](gatherMaterial({ deps, world, to, now, publishedAt: now }))
}
