import { z } from 'zod'
import { fact } from '../fact.ts'

/** What was learnt from a case. The newest one counts. */
export const retro = [
  fact(
    'RetrospectiveRecorded',
    { rootCause: z.string().max(4000), change: z.string().max(4000).exactOptional() },
    'both',
  ),
] as const
export type RetroEvent = z.infer<(typeof retro)[number]>
