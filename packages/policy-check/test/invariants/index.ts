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
 * The rules of the process, written independently of the gates and checked against what really happened. So they find a
 * gate that lets too much pass.
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
