import type { Check } from '../../src/explore.ts'
import type { Invariant } from './invariant.ts'
import { DOCUMENTS } from './documents.ts'
import { FIX } from './fix.ts'
import { MACHINES } from './machines.ts'
import { PEOPLE } from './people.ts'
import { RELEASE } from './release.ts'
import { REPORTS } from './reports.ts'
import { CASE } from './case-work.ts'

/**
 * The process, stated independently: each rule that a command could break, checked against what really happened. No
 * gate is used here, so a gate that lets too much pass is found.
 */

export const INVARIANTS: readonly Invariant[] = [
  ...MACHINES,
  ...PEOPLE,
  ...FIX,
  ...RELEASE,
  ...DOCUMENTS,
  ...REPORTS,
  ...CASE,
]

/** All invariants as one check, for the exploration. */
export const checks: readonly Check[] = [
  (execution) => INVARIANTS.filter((fact) => fact.broken(execution)).map((fact) => fact.name),
]
