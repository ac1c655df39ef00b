import { z } from 'zod'
import { fact } from '../fact.ts'

/** The lessons learnt from a case. The latest entry counts. */
export const retro = [
  fact(
    'RetrospectiveRecorded',
    { rootCause: z.string().max(4000), change: z.string().max(4000).exactOptional() },
    'both',
  ),
] as const
export type RetroEvent = z.infer<(typeof retro)[number]>
