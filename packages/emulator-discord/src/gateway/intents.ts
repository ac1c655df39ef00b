import type { EventGroup } from '../guild.ts'
import type { PrivilegedIntent } from '../options.ts'

/** https://docs.discord.com/developers/events/gateway#list-of-intents */
export const INTENTS = {
  Guilds: 1 << 0,
  GuildMembers: 1 << 1,
  GuildPresences: 1 << 8,
  GuildMessages: 1 << 9,
  MessageContent: 1 << 15,
} as const

const PRIVILEGED: readonly PrivilegedIntent[] = ['GuildPresences', 'GuildMembers', 'MessageContent']

// All bits except 17 to 19, 22, 23 and those above 25, which belong to no intent.
const KNOWN = 0x3_31_ff_ff

/** Whether every bit is an intent. */
export const areKnown = (intents: number): boolean =>
  Number.isInteger(intents) && intents >= 0 && intents <= KNOWN && (intents & ~KNOWN) === 0

/** The privileged intents that a session requests although they are off in the portal. */
export const disallowed = (intents: number, enabled: ReadonlySet<PrivilegedIntent>): readonly PrivilegedIntent[] =>
  PRIVILEGED.filter((name) => (intents & INTENTS[name]) !== 0 && !enabled.has(name))

/** Whether a session with `intents` gets events of the group. */
export const receives = (intents: number, group: EventGroup): boolean =>
  group === 'always' || (intents & INTENTS[group]) !== 0
