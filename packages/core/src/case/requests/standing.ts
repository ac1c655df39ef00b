import type { PeopleStream } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'

/** What a person says of themself and of no case. */
export type StandingRequest = {
  readonly verb: 'absence'
  readonly stream: PeopleStream
  /** Now, where it is left out. */
  readonly from?: Instant
  readonly until: Instant | 'back'
}
