import { EffectId, instant, Platform } from '@embargo/core'
import { z } from 'zod'
import { keyOf } from './outages.ts'
import type { Absence, OutsideName } from './outages.ts'

/** Under which name it is kept: several processes on one database reach different outsides. */
export const toldBy = (outsides: readonly OutsideName[]): string => `absences/${outsides.toSorted().join('+')}`

const Kept = z.array(
  z.object({
    absence: z.object({
      outside: z.union([Platform, z.literal('mail')]),
      what: z.enum(['all', 'opening', 'channel']),
      why: z.string(),
      since: z.number().transform(instant),
      passing: z.boolean(),
    }),
    /** Nothing of it is to be tried again. */
    isWhole: z.boolean(),
    /** The admins who were told by mail. */
    mailed: z.array(z.string()).readonly(),
    printed: z.boolean(),
    /** The messages by platform and channel; without an id where an answer was lost. */
    places: z.array(z.tuple([Platform, z.array(z.tuple([z.string(), z.string().nullable()]))])),
  }),
)

/** What was told of an absence. */
export type Told = z.infer<typeof Kept>[number]

/** Nothing where another program wrote something else. */
export function readTold(kept: unknown): readonly Told[] {
  const read = Kept.safeParse(kept ?? [])
  return read.success ? read.data : []
}

/** One absence: what comes again after it is another. */
export const onceOf = (absence: Absence): string => `${keyOf(absence)} ${absence.since}`

/** Its message's mark on a platform: the same after a restart. */
export const effectOf = ({ what, outside, since }: Absence, on: Platform): EffectId =>
  EffectId.parse(`away/${what}/${outside}/${on}/${since}`)
