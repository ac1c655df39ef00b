import { z } from 'zod'
import { PersonId } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { Duty } from '../../shared/words.ts'
import { fact } from '../fact.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/**
 * Requests about the deadlines of a case. `clock` is the id of a clock, such as `reporter-verification/4.2`. The name
 * before the slash is enough if only one running clock has this name.
 */
export type ClockRequest =
  /** Snoozes the reminders of a deadline until `until`. A missed deadline is still announced. */
  | {
      readonly verb: 'remind.later'
      readonly case: CaseId
      readonly clock: string
      readonly until: Instant
      readonly reason: string
    }
  /** A person records that a duty towards an authority or a list was fulfilled outside Embargo. */
  | { readonly verb: 'done.duty'; readonly case: CaseId; readonly duty: Duty; readonly evidence: string }
  /** Sends the reminder now. */
  | { readonly verb: 'remind'; readonly case: CaseId; readonly clock: string }

/** The set of roles that may make each request. */
export const clockRoles = {
  'remind.later': 'coordinate',
  remind: 'coordinate',
  'done.duty': 'coordinate',
} satisfies Record<ClockRequest['verb'], RoleSet>

/** Who is told when a reminder or a missed deadline is announced. */
const hears = z.enum(['owner', 'team', 'admins'])
const clock = { clock: z.string(), round: z.number().int() }
/** The person who was named for the task and is reminded first. Absent if nobody was named, or the person is away. */
const named = PersonId.exactOptional()

/** Events about deadlines: which reminders and missed deadlines were announced, and how long reminders are snoozed. */
export const clocks = [
  fact(
    'ReminderDue',
    {
      ...clock,
      fraction: z.number(),
      due: Instant,
      hears,
      named,
      /** A person asked for the reminder before its time. */
      asked: z.boolean().optional(),
      /**
       * The new end of the deadline, if the deadline is extended. The reason is that the program was not running
       * at an important moment: when the reminder was due, or when silence would have counted as an answer.
       */
      again: Instant.exactOptional(),
    },
    'message',
  ),
  fact(
    'ClockBreached',
    {
      ...clock,
      due: Instant,
      hears,
      named,
      /**
       * Set if the missed deadline is announced repeatedly until somebody acts. The number grows with each
       * announcement.
       */
      fraction: z.number().exactOptional(),
    },
    'message',
  ),
  fact('DutyDone', { duty: Duty, evidence: z.string().max(2000) }, 'both'),
  fact('ClockSnoozed', { ...clock, until: Instant, reason: z.string().max(2000) }, 'message'),
] as const
export type ClockEvent = z.infer<(typeof clocks)[number]>
