import type { CannedAnswer, CaseId } from '@embargo/core'
import { noPayment } from '@embargo/letters'
import { arrange } from '../projections/world.ts'
import type { Deps } from '../deps.ts'
import { base, embargoTerms } from '../letters/parts.ts'
import { gatherMaterial } from '../letters/gather-material.ts'
import type { LetterMaterial } from '../letters/material.ts'
import { customText } from '../letters/custom-text.ts'

const WORDS: Readonly<Record<CannedAnswer, (material: LetterMaterial) => Promise<string>>> = {
  money: async (material) =>
    (await customText('no-payment', material)) ?? noPayment({ ...base(material), embargo: embargoTerms(material) }),
}

/** The text as the policy of the case has it, for a person who sends it as their reply; undefined where there is no such case. */
export async function cannedAnswer(deps: Deps, theCase: CaseId, answer: CannedAnswer): Promise<string | undefined> {
  const loaded = await deps.loadWorld(theCase)
  const world = arrange(loaded, theCase)
  const [report] = world.case?.reports ?? []
  if (report === undefined) return undefined
  const now = deps.clock.now()
  const to = { kind: 'report', report: report.id } as const
  return WORDS[answer](gatherMaterial({ deps, world, to, now, publishedAt: now }))
}
