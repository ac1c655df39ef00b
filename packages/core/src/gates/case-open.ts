import type { Lift } from '../vocabulary/decision.ts'
import { reportsAreIn } from '../state/stage.ts'
import type { CaseState } from '../state/state.ts'
import { anyTeamMember, defineGate, followUp, refuse } from './gate.ts'
import type { Context, Gate } from './gate.ts'

export const caseOpen = defineGate({
  id: 'case-open',
  rule: 'The case must be open.',
  inFact: true,
  check: ({ state, release }) =>
    state.rm === 'closed' ? refuse('case-open', 'The case is closed.', whatOpens(state, release)) : undefined,
  passes: ({ state: { rm } }) => `The case is ${rm}.`,
  means: 'Nothing changes in a closed case.',
  instead:
    'Open the case again with `reopen` and a reason. If its report was merged into another case, run `open report` there, which opens this case again. A published case stays closed: open a follow-up case.',
})

/**
 * Attacks and exploits are mostly seen after a fix is public and the case is closed. They are recorded without
 * reopening the case.
 */
export const caseOpenOrPublished: Gate = {
  id: 'case-open',
  check: (context) => (context.state.publishedAt === undefined ? caseOpen.check(context) : undefined),
}

/**
 * Lets a closed case pass if a mail came after the closing and nobody has handled that mail. Closing the case again
 * sets the mail aside.
 */
export const caseOpenOrAnswered: Gate = {
  id: 'case-open',
  check: (context) => (context.state.answeredAfterClosing === undefined ? caseOpen.check(context) : undefined),
}

function whatOpens(state: CaseState, release: Context['release']): readonly Lift[] {
  const away = reportsAreIn(state)
  if (away !== undefined)
    return anyTeamMember(`splits the report of this case off from ${away}; this case is then open again`)
  return release?.startedAt === undefined ? anyTeamMember('opens it again, with the reason', 'reopen') : followUp
}
