import type { Lift } from '../../case/decision.ts'
import { reportsAreIn } from '../../case/stage.ts'
import type { CaseState } from '../../case/state.ts'
import { anyTeamMember, nobody, refuse } from './gate.ts'
import type { Context, Gate } from './gate.ts'

export const caseOpen: Gate = ({ state, release }) =>
  state.rm === 'closed' ? refuse('case-open', 'The case is closed.', whatOpens(state, release)) : undefined

function whatOpens(state: CaseState, release: Context['release']): readonly Lift[] {
  const away = reportsAreIn(state)
  if (away !== undefined) return anyTeamMember(`splits its report off in ${away}, which opens it again`)
  return release?.startedAt === undefined
    ? anyTeamMember('opens it again, with the reason', 'reopen')
    : nobody('what was published is not opened again; a new, linked case is')
}
