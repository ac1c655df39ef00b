import { personOf } from '@embargo/core'
import type { Person, Platform } from '@embargo/core'
import type { Setting } from '../chat-command.ts'
import type { Zones } from './read-instant.ts'

const UTC = 'UTC'

/**
 * The zone in which a person types times: the person's zone in the policy, or UTC. In a terminal it is always UTC,
 * because a terminal shows all times in UTC.
 */
export const typedZone = (person: Pick<Person, 'zone'> | undefined, platform: Platform): string =>
  platform === 'terminal' ? UTC : (person?.zone ?? UTC)

const zoneHere = ({ engine, invocation: { actor, place } }: Setting): string =>
  typedZone(personOf(engine.policy.policy, actor.person), place.platform)

/**
 * The zones in which a typed date of a release or an embargo is read. A day without a time is a day in the zone of the
 * release window.
 */
export const releaseZones = (setting: Setting): Zones => ({
  time: zoneHere(setting),
  day: setting.engine.policy.policy.calendar.zone ?? UTC,
})

/** `2026-07-14 or 2026-07-14 14:00, in Europe/Berlin` */
export const dateExample = (setting: Setting, date: string): string =>
  `${date} or ${date} 14:00, in ${zoneHere(setting)}`
