import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Never waivable: whoever has a conflict of interest neither acts nor approves in this case. */
export const noConflict: Gate = ({ state, person }) =>
  person !== undefined && state.conflicts?.[person.id] !== undefined
    ? refuse('no-conflict', 'A conflict of interest is declared for you in this case, so you hold no seat in it.', [
        { who: 'another team member', how: 'runs it instead' },
      ])
    : undefined
