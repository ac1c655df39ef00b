import type { PersonVerb } from '../../src/index.ts'

type Reasons = Readonly<Record<string, string>>

/** Rules that stand behind another one, which refuses first wherever they would: by name, with the reason, in their order. */
export const NEVER_FIRST: Readonly<Partial<Record<PersonVerb, Reasons>>> = {}
