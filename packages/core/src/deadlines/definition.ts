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

/** What the rules of a deadline depend on. `policy` is the policy for this case. */
export type DeadlineContext = {
  readonly policy: Policy
  readonly state: CaseState
  readonly release: World['release']
}

/** One run of a deadline in a case. Most deadlines use the defaults of the optional fields. */
export type Run = {
  /** The branch or the approval that this run is about, if the deadline can have several runs at once. */
  readonly of?: string
  readonly start: Instant
  readonly due: Instant
  /**
   * A number that changes whenever the run starts again, for example because the embargo has another end or there is
   * another patch. Absent: the instant of the start.
   */
  readonly round?: number
  /** Who owns the task. Absent: the coordinator, or the team if the case has no coordinator. */
  readonly owner?: string
  readonly named?: PersonId
  /** What the task is. Absent: the `words` of the deadline. */
  readonly about?: string
  /** The moments that are announced. Absent: the usual reminders (see `reminders`). */
  readonly moments?: readonly Moment[]
}

/** The command that a reminder offers as its button. */
type Button = {
  readonly label: string
  readonly verb: PersonVerb
  /** Set if the button opens a form first. */
  readonly form?: true
  /**
   * If this is set and there is an unread mail that can be answered, the button answers this mail instead of running
   * `verb`.
   */
  readonly orAnswer?: true
}

/** A moment that passed while the program was not running. */
type MissedMoment = Pick<DeadlineContext, 'policy' | 'state'> & {
  readonly clock: Pick<Clock, 'start' | 'due' | 'moments'>
  readonly fraction: number
  readonly at: Instant
}

/**
 * How a deadline gets more time after the program was down. Deadlines at which silence has an effect need this, because
 * nobody could answer while the program was down.
 */
type Restart = {
  /** The new end; undefined if the missed moment was only a reminder. */
  readonly end: (missed: MissedMoment) => Instant | undefined
  /**
   * After the extension, only moments above this fraction of the time are announced. Absent: all moments are announced.
   */
  readonly told?: number
  /** What the channel is told about the new end. */
  readonly words: string
}

export type ReminderEvent = Extract<CaseEvent, { type: 'ReminderDue' }>

/** Formats a command as it is typed on the platform where the words are read. */
export type CommandFormatter = (usage: string) => string

export type Deadline<Name extends DeadlineName = DeadlineName> = {
  readonly name: Name
  /** The task in words. They are sent in unencrypted mail, so they must say nothing about the vulnerability. */
  readonly words: string
  /** The task in words for the case's channel: a fixed text, or one made from the `about` of the run. */
  readonly channelWords?: string | ((about: string, typed: CommandFormatter) => string)
  /** For a task that cannot be done before its due time: the words for reminders before that time. */
  readonly aheadWords?: string
  /** Set if `about` contains words that a person typed; they are shown as untrusted text. */
  readonly freeText?: true
  /** When the deadline starts to run, in words for the list of deadlines. */
  readonly starts: string
  /**
   * When the task is due, in words for the list of deadlines. The list shows a setting's value in place of its name in
   * braces, such as `{clocks.decideValidity}`.
   */
  readonly due: string
  /**
   * Who is told about the deadline, from the first reminder to the last. Absent: first the owner, then the team, then
   * the admins.
   */
  readonly hears?: readonly Audience[]
  /**
   * The order of announcements after the program was down; the smallest number comes first. Deadlines that end secrecy
   * or delay a release have the smallest numbers. Deadlines about unseen mail are next.
   */
  readonly priority: number
  /**
   * Set if the deadline is about the end of secrecy, or if somebody outside waits. Its reminders to people other than
   * the owner are mailed immediately. Reminders of other deadlines are only listed in each person's digest.
   */
  readonly mailedAtOnce?: true
  /**
   * Whether the deadline also runs after the case is closed, or only then. Absent: it runs only while the case is open.
   */
  readonly afterClosing?: 'also' | 'only'
  /** Who still waits for this task once the case is published. */
  readonly owedTo?: 'authority' | 'public' | 'team'
  /** Set if Embargo itself does the task. Nobody is reminded of such a task, and nobody can postpone it. */
  readonly automatic?: true
  /** What Embargo does if nobody has acted by the due time. */
  readonly atEnd?: 'channels-close' | 'embargo-ends' | 'question-lapses' | 'signal-counts' | 'step-passes'
  /** Set if a publication that was approved in advance begins at the due time. */
  readonly beginsPublication?: true
  readonly restart?: Restart
  /**
   * Picks the one person who gets a reminder. People are reminded one after the other, and the deadline is in nobody's
   * digest.
   */
  readonly rotation?: (
    context: Pick<DeadlineContext, 'policy' | 'state'>,
    turn: { readonly turn: number; readonly at: Instant },
  ) => Person | undefined
  /** The letter that asks for the awaited answer. Nobody can answer before the letter has been sent. */
  readonly askedBy?: LetterName
  /** The letter to the reporter that goes with a reminder. */
  readonly reporterLetter?: (
    state: CaseState,
    reminder: ReminderEvent,
  ) => { readonly letter: LetterName; readonly report: ReportId } | undefined
  readonly button?: Button
  /** The name of the task in `/done`, if it is done outside Embargo and recorded afterwards. */
  readonly dutyLabel?: string
  /**
   * The commands that do the task. If the next action of the case is one of these commands, that action is due when
   * this deadline is due.
   */
  readonly verbs?: readonly PersonVerb[]
  /**
   * The runs of the deadline. The list is empty while there is nothing to do, and has several runs if the deadline runs
   * for each branch.
   */
  readonly runs: (context: DeadlineContext) => readonly Run[]
}

/** For deadlines at which silence has an effect: the explanation when such a deadline is extended. */
export const NOBODY_COULD_ANSWER =
  'Embargo was not running when the deadline passed, so nobody could answer. The deadline is extended.'

/** The priority of deadlines that can wait, and of unknown deadlines that an older version stored. */
export const LAST = 18

/** Declares a deadline with all its properties. */
export const defineDeadline = <Name extends DeadlineName>(deadline: Deadline<Name>): Deadline<Name> => deadline
