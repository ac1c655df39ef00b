import type { Lift } from '../vocabulary/decision.ts'
import { reportsAreIn } from '../state/stage.ts'
import type { CaseState } from '../state/state.ts'
import { anyTeamMember, followUp, nobody, refuse, refusesAs } from './gate.ts'
import type { Context, Gate } from './gate.ts'

export const caseOpen: Gate = ({ state, release }) =>
  state.rm === 'closed' ? refuse('case-open', 'The case is closed.', whatOpens(state, release)) : undefined

/**
 * Attacks and exploits are mostly seen after a fix is public, and the case is closed by then. What was published is not
 * opened again for that, and nothing else has to be known of them.
 */
export const caseOpenOrPublished: Gate = refusesAs('case-open', (context) =>
  context.state.publishedAt === undefined ? caseOpen(context) : undefined,
)

/** What came after closing can be set aside. */
export const caseOpenOrAnswered: Gate = refusesAs('case-open', (context) =>
  context.state.answeredAfterClosing === undefined ? caseOpen(context) : undefined,
)

function whatOpens(state: CaseState, release: Context['release']): readonly Lift[] {
  const away = reportsAreIn(state)
  if (away !== undefined) return anyTeamMember(`splits its report off in ${away}, which opens it again`)
  return release?.startedAt === undefined
    ? anyTeamMember('opens it again, with the reason', 'reopen')
    : nobody(followUp(state))
}
