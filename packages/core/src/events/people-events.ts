import { z } from 'zod'
import { PersonId } from '../shared/ids.ts'
import { Instant } from '../shared/instant.ts'
import { fact } from './fact.ts'

/** What a person said of themself, whatever case they are on. */
export const PeopleEvent = z.discriminatedUnion('type', [
  /** They are not there from `from` until `until`. What they said before counts no more. */
  fact('AbsenceSaid', { person: PersonId, from: Instant, until: Instant }),
])
export type PeopleEvent = z.infer<typeof PeopleEvent>
