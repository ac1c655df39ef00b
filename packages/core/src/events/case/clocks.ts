import { z } from 'zod'
import { PersonId } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { Duty } from '../../shared/words.ts'
import { fact } from '../fact.ts'

/** Whom a moment is for. */
const hears = z.enum(['owner', 'team', 'admins'])
const clock = { clock: z.string(), round: z.number().int() }
/** Who was named for the thing, and hears it first. Absent: nobody was, or they are away. */
const named = PersonId.exactOptional()

/** What a clock told, and how long its reminders rest. */
export const clocks = [
  fact(
    'ReminderDue',
    {
      ...clock,
      fraction: z.number(),
      due: Instant,
      hears,
      named,
      /** A person asked for it, before its time. */
      asked: z.boolean().optional(),
      /** Nothing ran when silence would have counted, or when its reminder was due, so it counts from then on. */
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
