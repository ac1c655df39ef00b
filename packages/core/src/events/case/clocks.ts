import { z } from 'zod'
import { Instant } from '../../shared/instant.ts'
import { fact } from '../fact.ts'

/** What a clock told. */
export const clocks = [
  fact('ReminderDue', { clock: z.string(), round: z.number().int(), fraction: z.number(), due: Instant }),
  fact('ClockBreached', { clock: z.string(), round: z.number().int(), due: Instant }),
] as const
