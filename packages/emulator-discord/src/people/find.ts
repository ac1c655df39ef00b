import type { Touchable } from '../check/components.ts'
import { touchables } from '../check/components.ts'
import type { Guild } from '../guild.ts'
import { PERMISSIONS, allows } from '../permissions.ts'
import type { Channel, Message } from '../state.ts'
import { NotPossible } from './not-possible.ts'

/** A text channel by name or id, or a thread by id, if the person can see it. */
export const channelSeen = (guild: Guild, user: string, nameOrId: string): Channel => {
  const channel = guild.placeOf(nameOrId) ?? guild.channelNamed(nameOrId.replace(/^#/, ''))
  if (!channel || !allows(guild.permissionsOf(user, channel), PERMISSIONS.VIEW_CHANNEL)) {
    throw new NotPossible(`${guild.nameOf(user) ?? user} sees no channel ${nameOrId}.`)
  }
  return channel
}

/** Finds a message by its id among what the person can see. */
export const messageSeen = (guild: Guild, user: string, id: string): Message => {
  const message = guild.messageById(id)
  const channel = message && guild.placeOf(message.channel)
  const isTheirs = message?.ephemeralTo === undefined || message.ephemeralTo === user
  const sees = channel !== undefined && allows(guild.permissionsOf(user, channel), PERMISSIONS.VIEW_CHANNEL)
  if (!message || !isTheirs || !sees) throw new NotPossible(`${guild.nameOf(user) ?? user} sees no message ${id}.`)
  return message
}

const labelOf = (each: Touchable): string | undefined =>
  each.type === 2 ? (each.label ?? each.emoji?.name ?? undefined) : (each.placeholder ?? undefined)

/** Finds a button by its label, a menu by its placeholder, or either by its custom_id. */
export const touchableNamed = (message: Message, label: string): Touchable => {
  const all = touchables(message.components)
  const byId = all.filter((each) => each.custom_id === label)
  const found = byId.length > 0 ? byId : all.filter((each) => labelOf(each) === label)
  const first = found[0]
  if (first && found.length === 1) {
    if (first.disabled === true) throw new NotPossible(`${label} is disabled.`)
    return first
  }
  const problem = first ? `${found.length} elements are called ${label}.` : `There is nothing called ${label}.`
  const offered = all.map((each) => labelOf(each) ?? each.custom_id ?? '?').join(', ')
  throw new NotPossible(`${problem} There are: ${offered || 'none'}.`)
}
