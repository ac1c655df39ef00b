import { z } from 'zod'
import { PersonId, ReportId } from './ids.ts'

/** The platforms where people type commands. Each platform has a separate app. */
export const Platform = z.enum(['slack', 'discord', 'terminal'])
export type Platform = z.infer<typeof Platform>

export const PLATFORMS: readonly Platform[] = Platform.options

/** The author of a command. If an account belongs to no person, `person` is absent and every command is refused. */
export const Actor = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('person'),
    person: PersonId.optional(),
    platform: Platform,
    account: z.string().max(200),
  }),
  z.object({ kind: z.literal('reporter'), report: ReportId.optional() }),
  z.object({ kind: z.literal('system'), part: z.enum(['mail', 'clock', 'dispatcher', 'chat']) }),
])
export type Actor = z.infer<typeof Actor>
