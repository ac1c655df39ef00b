import type { CaseState } from '../state/state.ts'
import type { PersonVerb } from '../vocabulary/command.ts'
import type { World } from '../vocabulary/decision.ts'
import type { Policy } from '../policy/schema.ts'
import type { PersonId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { Moment } from './clock.ts'
import type { DeadlineName } from './name.ts'

/** The context of a deadline. `policy` is the one for the case. */
export type DeadlineContext = {
  readonly policy: Policy
  readonly state: CaseState
  readonly release: World['release']
}

/** One run of a deadline in a case. The optional fields have the defaults that most deadlines use. */
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
  /** What is to be done. These words are in unencrypted mails, so they say nothing of the vulnerability. */
  readonly words: string
  /** What is to be done, in the case's channel: a sentence, or one made from what this run is about. */
  readonly channelWords?: string | ((about: string) => string)
  /**
   * After a stop of the program, smaller numbers are announced first: what ends secrecy or delays a release, then what
   * nobody has seen.
   */
  readonly priority: number
  /** Absent: it runs while the case is open. */
  readonly afterClosing?: 'also' | 'only'
  /** Who still waits for it after the publication. */
  readonly owedTo?: 'authority' | 'public' | 'team'
  /** Embargo does it. Nobody is reminded of it, and nobody can postpone it. */
  readonly automatic?: true
  readonly button?: Button
  /** The next actions that share this deadline. */
  readonly verbs?: readonly PersonVerb[]
  /** The runs of the deadline: none while there is nothing to do, and several if it runs for each branch. */
  readonly runs: (context: DeadlineContext) => readonly Run[]
}

/** The priority of what can wait, and of a deadline that an older version stored. */
export const LAST = 18

/** Declares a deadline with all its properties. */
export const defineDeadline = <Name extends DeadlineName>(deadline: Deadline<Name>): Deadline<Name> => deadline
