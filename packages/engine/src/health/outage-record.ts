import { EffectId, instant, Platform } from '@embargo/core'
import { z } from 'zod'
import { keyOf } from './outages.ts'
import type { Outage, OutsideName } from './outages.ts'

/**
 * The name of the setting that stores the records. It contains the services, because processes on one database may
 * reach different services.
 */
export const recordName = (outsides: readonly OutsideName[]): string => `outages/${outsides.toSorted().join('+')}`

const OutageRecords = z.array(
  z.object({
    outage: z.object({
      outside: z.union([Platform, z.enum(['mail', 'mailbox', 'private-reports'])]),
      what: z.enum(['all', 'opening', 'channel', 'return', 'keys', 'security-txt']),
      why: z.string(),
      since: z.number().transform(instant),
      passing: z.boolean(),
    }),
    /** True once everybody was told. After that, nobody is told again. */
    isWhole: z.boolean(),
    /** The admins who were told by mail. */
    mailed: z.array(z.string()).readonly(),
    printed: z.boolean(),
    /** The ids of the messages, by platform and channel. An id is null if the platform's answer was lost. */
    places: z.array(z.tuple([Platform, z.array(z.tuple([z.string(), z.string().nullable()]))])),
  }),
)

/** Who has been told about an outage, and by which messages. */
export type OutageRecord = z.infer<typeof OutageRecords>[number]

/** Reads the stored records. Returns none if another program wrote something else there. */
export function readRecords(kept: unknown): readonly OutageRecord[] {
  const read = OutageRecords.safeParse(kept ?? [])
  return read.success ? read.data : []
}

/** Identifies one outage: if the same service fails again later, that is another outage. */
export const outageKey = (outage: Outage): string => `${keyOf(outage)} ${outage.since}`

/** The mark of the outage's message on a platform, which stays the same after a restart. */
export const outageEffect = ({ what, outside, since }: Outage, on: Platform): EffectId =>
  EffectId.parse(`away/${what}/${outside}/${on}/${since}`)
