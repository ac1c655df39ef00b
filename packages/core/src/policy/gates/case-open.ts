import { nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

export const caseOpen: Gate = ({ state }) =>
  state.rm === 'closed'
    ? refuse('case-open', 'The case is closed.', nobody('a new report opens a new case'))
    : undefined
