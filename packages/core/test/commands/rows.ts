import { PERSON_VERBS } from '../../src/index.ts'
import type { PersonVerb, TwoPersonVerb } from '../../src/index.ts'
import { ADDRESSES } from './address.ts'
import { ADVISORY_LINK } from './advisory-link.ts'
import { ANSWERS } from './answers.ts'
import { CLOCKS } from './clocks.ts'
import { CORRECTING } from './correcting.ts'
import { COURSE } from './course.ts'
import { CVE } from './cve.ts'
import { EMBARGO } from './embargo.ts'
import { KEYS } from './keys.ts'
import { MAIN_LINE } from './main-line.ts'
import { MERGING } from './merging.ts'
import { PEOPLE } from './people.ts'
import { PRENOTIFYING } from './prenotifying.ts'
import { PUBLICATION_STEPS } from './publication-steps.ts'
import { PUBLISHING } from './publishing.ts'
import { RELEASES } from './releases.ts'
import { CASE_WORK } from './case-work.ts'
import { TWO_PEOPLE } from './two-people.ts'
import { UPDATES } from './updates.ts'
import { WORLD } from './world.ts'
import type { Row } from './row.ts'

/** The rows of all commands that people give. The compiler reports a command without a row. */
const ROWS = {
  ...MAIN_LINE,
  ...ADDRESSES,
  ...ANSWERS,
  ...CASE_WORK,
  ...CORRECTING,
  ...COURSE,
  ...CVE,
  ...ADVISORY_LINK,
  ...KEYS,
  ...MERGING,
  ...PEOPLE,
  ...CLOCKS,
  ...EMBARGO,
  ...WORLD,
  ...RELEASES,
  ...PRENOTIFYING,
  ...PUBLISHING,
  ...PUBLICATION_STEPS,
  ...UPDATES,
  ...TWO_PEOPLE,
} satisfies { readonly [V in PersonVerb]: Row<V> }

type Entry<V extends PersonVerb = PersonVerb> = readonly [V, Row<V>]

export const ENTRIES: readonly Entry[] = PERSON_VERBS.map((verb): Entry => [verb, ROWS[verb]])

/**
 * The rows of commands that need two people. The type ensures that each of these rows lists the events after the second
 * person's approval.
 */
export const TWICE: readonly Entry<TwoPersonVerb>[] = ENTRIES.filter(
  (entry): entry is Entry & Entry<TwoPersonVerb> => 'approved' in entry[1],
)
