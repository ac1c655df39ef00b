import { releaseCases } from '@embargo/core'
import type { PendingCommand } from '@embargo/core'
import { formatGapLine } from '../../cards/format-gaps.ts'
import { missingFacts } from '../../cards/missing-facts.ts'
import type { CaseInView, Setting } from '../../chat-command.ts'

type CaseSetting = Pick<Setting, 'invocation' | 'engine'> & { readonly case: CaseInView }

/**
 * The missing facts of all cases that a command is about. They are shown in the command's preview, and again before
 * somebody approves the command.
 */
export function missingFactNotes(
  { case: seen, invocation, engine }: CaseSetting,
  verb: PendingCommand['verb'],
): readonly string[] {
  const { state, world } = seen
  const cases =
    verb === 'disclose.interim' ? [state] : releaseCases({ state, release: world.release, others: world.others })
  return cases.flatMap((one) => {
    const gaps = verb === 'disclose.interim' ? [] : engine.texts.formatGaps({ ...world, case: one })
    const lines = [
      ...missingFacts(one, { verb, policy: engine.policy.policy, where: invocation.place, gaps }),
      ...gaps.map((gap) => formatGapLine(gap, { place: invocation.place, id: one.id })),
    ]
    return lines.map((line) => (cases.length === 1 ? line : `${one.id}: ${line}`))
  })
}
