import { z } from 'zod'
import { Instant } from '../../shared/instant.ts'
import { ExitReason } from '../../shared/words.ts'
import { fact } from '../fact.ts'

/** What is agreed about secrecy (EM). */
export const embargo = [
  fact('EmbargoProposed', { proposal: z.string(), by: z.enum(['standing', 'team', 'reporter']), end: Instant }),
  fact('EmbargoAccepted', { proposal: z.string(), by: z.enum(['team', 'reporter']), end: Instant }),
  fact('EmbargoRejected', { proposal: z.string() }),
  fact('EmbargoExited', { reason: ExitReason }),
] as const
