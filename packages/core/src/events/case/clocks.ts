import { z } from 'zod'
import { PersonId } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { Duty } from '../../shared/words.ts'
import { fact } from '../fact.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/**
 * Requests about the deadlines of a case. `clock` is a deadline's id, or the part before the slash if only one has it.
 */
export type ClockRequest =
  /** Snoozes its reminders until then; what is told because nobody acted still comes. */
  | {
      readonly verb: 'remind.later'
      readonly case: CaseId
      readonly clock: string
      readonly until: Instant
      readonly reason: string
    }
  /** Something that an authority or a list asks for was done outside. */
  | { readonly verb: 'done.duty'; readonly case: CaseId; readonly duty: Duty; readonly evidence: string }
  /** Reminds now. */
  | { readonly verb: 'remind'; readonly case: CaseId; readonly clock: string }

/** Who may make each of them. */
export const clockRoles = {
  'remind.later': 'coordinate',
  remind: 'coordinate',
  'done.duty': 'coordinate',
} satisfies Record<ClockRequest['verb'], RoleSet>

/** The audience of a moment. */
const hears = z.enum(['owner', 'team', 'admins'])
const clock = { clock: z.string(), round: z.number().int() }
/** The person who was named for this and hears of it first. Absent if nobody was named, or they are away. */
const named = PersonId.exactOptional()

/** Which moments of deadlines were told, and how long reminders are snoozed. */
export const clocks = [
  fact(
    'ReminderDue',
    {
      ...clock,
      fraction: z.number(),
      due: Instant,
      hears,
      named,
      /** A person asked for it before its time. */
      asked: z.boolean().optional(),
      /**
       * The program was not running when silence would have counted, or when its reminder was due, so its time starts
       * again.
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
      /** For a deadline that repeats until somebody acts: the number of the next notice. Absent: no further notices. */
      fraction: z.number().exactOptional(),
    },
    'message',
  ),
  fact('DutyDone', { duty: Duty, evidence: z.string().max(2000) }, 'both'),
  fact('ClockSnoozed', { ...clock, until: Instant, reason: z.string().max(2000) }, 'message'),
] as const
export type ClockEvent = z.infer<(typeof clocks)[number]>
