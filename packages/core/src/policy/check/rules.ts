import { decide } from '../../case/decide.ts'
import { evolveRecorded } from '../../case/evolve-recorded.ts'
import { react } from '../../case/react.ts'
import { touches } from '../../case/touches.ts'
import { clocks } from '../clocks/index.ts'

/** The rules that are explored: the very functions that run a case, never a model of them. */
export const RULES = { decide, evolveRecorded, react, touches, clocks } as const
export type Rules = typeof RULES
