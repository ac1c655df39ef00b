import type { CaseState } from '../state/state.ts'
import type { PersonVerb } from '../vocabulary/command.ts'
import type { World } from '../vocabulary/decision.ts'
import type { Policy } from '../policy/schema.ts'
import type { PersonId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { Moment } from './clock.ts'
import type { DeadlineName } from './name.ts'

/** What a deadline may look at. `policy` is the one for the case. */
export type DeadlineContext = {
  readonly policy: Policy
  readonly state: CaseState
  readonly release: World['release']
}

/** One run of a deadline in a case. What is absent is as it is for most deadlines. */
export type Run = {
  /** The branch or approval that it runs for, where it can run for several at once. */
  readonly of?: string
  readonly start: Instant
  readonly due: Instant
  /** A run that starts over (another embargo end, another patch) has another round. Absent: its start. */
  readonly round?: number
  /** Absent: the coordinator, or the team while nobody owns the case. */
  readonly owner?: string
  readonly named?: PersonId
  /** Absent: the words of the deadline. */
  readonly about?: string
  /** Absent: the usual reminders (see `reminders`). */
  readonly moments?: readonly Moment[]
}

/** The command that a reminder offers as its button; with `form` it asks for values first. */
type Button = { readonly label: string; readonly verb: PersonVerb; readonly form?: true }

export type Deadline<Name extends DeadlineName = DeadlineName> = {
  readonly name: Name
  /** What is to be done. They are in mails that are not encrypted, so they say nothing of the vulnerability. */
  readonly words: string
  /** What is to be done, as the channel of the case says it: a sentence, or made from what this run is about. */
  readonly channelWords?: string | ((about: string) => string)
  /** Smaller is told earlier after a stop: what ends secrecy or holds up a release, then what nobody has seen. */
  readonly priority: number
  /** Absent: it runs while the case is open. */
  readonly afterClosing?: 'also' | 'only'
  /** Who still waits for it once all is published. */
  readonly owedTo?: 'authority' | 'public' | 'team'
  /** Embargo does it. Nobody is reminded of it, and nobody can put it off. */
  readonly automatic?: true
  readonly button?: Button
  /** The next actions that are due when it is. */
  readonly verbs?: readonly PersonVerb[]
  /** No run while there is nothing to do, and several where it runs for each branch. */
  readonly runs: (context: DeadlineContext) => readonly Run[]
}

/** The priority of what can wait, and of a clock that an older version wrote down. */
export const LAST = 18

/** Declares a deadline: its file says all that is said of it. */
export const defineDeadline = <Name extends DeadlineName>(deadline: Deadline<Name>): Deadline<Name> => deadline
