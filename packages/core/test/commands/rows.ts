import type { PersonVerb } from '../../src/index.ts'
import { ANSWERS } from './answers.ts'
import { CLOCKS } from './clocks.ts'
import { COURSE } from './course.ts'
import { CVE } from './cve.ts'
import { EMBARGO } from './embargo.ts'
import { MAIN_LINE } from './main-line.ts'
import { MERGING } from './merging.ts'
import { PEOPLE } from './people.ts'
import { PRENOTIFYING } from './prenotifying.ts'
import { PUBLISHING } from './publishing.ts'
import { RELEASES } from './releases.ts'
import { THE_CASE } from './the-case.ts'
import { TWO_PEOPLE } from './two-people.ts'
import { UPDATES } from './updates.ts'
import { WORLD } from './world.ts'
import type { Row } from './row.ts'

/** Every command of people: one without a row does not compile. */
const ROWS = {
  ...MAIN_LINE,
  ...ANSWERS,
  ...THE_CASE,
  ...COURSE,
  ...CVE,
  ...MERGING,
  ...PEOPLE,
  ...CLOCKS,
  ...EMBARGO,
  ...WORLD,
  ...RELEASES,
  ...PRENOTIFYING,
  ...PUBLISHING,
  ...UPDATES,
  ...TWO_PEOPLE,
} satisfies { readonly [V in PersonVerb]: Row<V> }

// A row's own type is that of its verb; here all of them are played alike.
export const ENTRIES = Object.entries(ROWS) as unknown as readonly (readonly [PersonVerb, Row<PersonVerb>])[]
