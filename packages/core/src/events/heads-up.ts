import { z } from 'zod'
import { Instant } from '../shared/instant.ts'
import { Severity } from '../shared/words.ts'

/** What a public heads-up says besides the versions: the date, the highest severity, and the number of issues. */
export const HeadsUp = z.object({ at: Instant, severity: Severity, count: z.number().int().positive() })
export type HeadsUp = z.infer<typeof HeadsUp>
