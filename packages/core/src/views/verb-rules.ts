import type { GateId } from '../shared/gate-id.ts'
import { COMMON_GATES } from '../gates/common.ts'
import type { PersonVerb } from '../vocabulary/command.ts'
import { gatesOf } from '../commands/index.ts'
import { TWO_PERSON_VERBS } from '../commands/approvals/index.ts'

/** The gates of every command of a person about a case. */
export const COMMON_RULES: readonly GateId[] = COMMON_GATES.map(({ id }) => id)

/** The other gates of a command, in the order in which they are checked. */
export const verbRules = (verb: PersonVerb): readonly GateId[] => [
  ...new Set([
    ...gatesOf(verb).map(({ id }) => id),
    ...(TWO_PERSON_VERBS.has(verb) ? (['second-person'] as const) : []),
  ]),
]
