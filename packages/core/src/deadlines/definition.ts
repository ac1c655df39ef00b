import type { CaseEvent } from '../events/case-events.ts'
import type { CaseState } from '../state/state.ts'
import type { LetterName, PersonVerb } from '../vocabulary/command.ts'
import type { World } from '../vocabulary/decision.ts'
import type { Person, Policy } from '../policy/schema.ts'
import type { PersonId, ReportId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { Clock, Moment } from './clock.ts'
import type { Audience } from './escalation.ts'
import type { DeadlineName } from '../vocabulary/deadline-name.ts'

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

/** The command that a reminder offers as its button. */
type Button = {
  readonly label: string
  readonly verb: PersonVerb
  /** It asks for values first. */
  readonly form?: true
  /** Where a mail waits that can be answered, the button answers it instead. */
  readonly orAnswer?: true
}

/** A moment that passed while the program was not running. */
type MissedMoment = Pick<DeadlineContext, 'policy' | 'state'> & {
  readonly clock: Pick<Clock, 'start' | 'due' | 'moments'>
  readonly fraction: number
  readonly at: Instant
}

/** Time again after a stop of the program, where silence means something and nobody could answer. */
type Restart = {
  /** The new end; undefined where the missed moment only reminds. */
  readonly end: (missed: MissedMoment) => Instant | undefined
  /** The moments up to this part of the time are not told again. Absent: all are. */
  readonly told?: number
  /** Why there is time again, in the channel. */
  readonly words: string
}

export type ReminderEvent = Extract<CaseEvent, { type: 'ReminderDue' }>

/** How a command is typed where the words are read. */
export type Typed = (usage: string) => string

export type Deadline<Name extends DeadlineName = DeadlineName> = {
  readonly name: Name
  /** What is to be done. These words are in unencrypted mails, so they say nothing of the vulnerability. */
  readonly words: string
  /** What is to be done, in the case's channel: a sentence, or one made from what this run is about. */
  readonly channelWords?: string | ((about: string, typed: Typed) => string)
  /** The same before it is due, where it cannot be done earlier. */
  readonly aheadWords?: string
  /** What a run is about has words that a person typed, and is shown as text from outside. */
  readonly freeText?: true
  /** When its time begins, in the list of deadlines. */
  readonly starts: string
  /** When it is due, for the list of deadlines. `{clocks.decideValidity}` stands for the time of that setting. */
  readonly due: string
  /** Who is told at its moments, in this order. Absent: the owner, the team, then the admins. */
  readonly hears?: readonly Audience[]
  /**
   * After a stop of the program, smaller numbers are announced first: what ends secrecy or delays a release, then what
   * nobody has seen.
   */
  readonly priority: number
  /**
   * A reminder that goes past its owner is mailed to those who hear it at once: the end of secrecy, and what others wait
   * for. Other reminders are in the digest of each person.
   */
  readonly mailedAtOnce?: true
  /** Absent: it runs while the case is open. */
  readonly afterClosing?: 'also' | 'only'
  /** Who still waits for it after the publication. */
  readonly owedTo?: 'authority' | 'public' | 'team'
  /** Embargo does it. Nobody is reminded of it, and nobody can postpone it. */
  readonly automatic?: true
  /** What Embargo does when nobody has acted until it is due. */
  readonly atEnd?: 'channels-close' | 'embargo-ends' | 'question-lapses' | 'signal-counts'
  /** When it is due, a publication that was approved ahead begins. */
  readonly beginsPublication?: true
  readonly restart?: Restart
  /** Each reminder asks the next person: whom. Nobody is mailed about it in a digest. */
  readonly rotation?: (
    context: Pick<DeadlineContext, 'policy' | 'state'>,
    turn: { readonly turn: number; readonly at: Instant },
  ) => Person | undefined
  /** The letter that asks for what it waits for: before it has left, nobody can answer. */
  readonly askedBy?: LetterName
  /** The letter to the reporter that goes with a reminder. */
  readonly reporterLetter?: (
    state: CaseState,
    reminder: ReminderEvent,
  ) => { readonly letter: LetterName; readonly report: ReportId } | undefined
  readonly button?: Button
  /** What `/done` calls it, where it is done outside and recorded. */
  readonly dutyLabel?: string
  /** The next actions that share this deadline. */
  readonly verbs?: readonly PersonVerb[]
  /** The runs of the deadline: none while there is nothing to do, and several if it runs for each branch. */
  readonly runs: (context: DeadlineContext) => readonly Run[]
}

/** Why there is time again where silence would have counted. */
export const NOBODY_COULD_ANSWER =
  'Embargo did not run when the time was up, so nobody could answer. There is time again.'

/** The priority of what can wait, and of a deadline that an older version stored. */
export const LAST = 18

/** Declares a deadline with all its properties. */
export const defineDeadline = <Name extends DeadlineName>(deadline: Deadline<Name>): Deadline<Name> => deadline
