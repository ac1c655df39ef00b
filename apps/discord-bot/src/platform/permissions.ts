import type { PolicyInForce } from '@embargo/core'
import { OverwriteType, PermissionFlagsBits } from 'discord.js'
import { z } from 'zod'

/**
 * The permissions that the bot needs in a server, by Discord's names, and the reason for each. Administrator must never
 * be among them.
 */
export const NEEDED: readonly { readonly name: string; readonly bit: bigint; readonly why: string }[] = [
  { name: 'View Channels', bit: PermissionFlagsBits.ViewChannel, why: 'see its own channels' },
  { name: 'Send Messages', bit: PermissionFlagsBits.SendMessages, why: 'post cards' },
  { name: 'Embed Links', bit: PermissionFlagsBits.EmbedLinks, why: 'post cards as embeds' },
  { name: 'Attach Files', bit: PermissionFlagsBits.AttachFiles, why: 'attach the full text when a card is cut' },
  {
    name: 'Read Message History',
    bit: PermissionFlagsBits.ReadMessageHistory,
    why: 'look for its own message before it repeats a post that may have arrived',
  },
  { name: 'Pin Messages', bit: PermissionFlagsBits.PinMessages, why: 'pin the status card' },
  {
    name: 'Manage Channels',
    bit: PermissionFlagsBits.ManageChannels,
    why: 'open the channel of a case and archive it',
  },
  {
    name: 'Manage Roles',
    bit: PermissionFlagsBits.ManageRoles,
    why: 'let the people of a case into its channel, and nobody else',
  },
  // Needed because Discord lets a bot deny only permissions that the bot has itself:
  // https://docs.discord.com/developers/resources/channel#edit-channel-permissions
  {
    name: 'Create Public Threads',
    bit: PermissionFlagsBits.CreatePublicThreads,
    why: 'keep people from opening threads in a case’s channel',
  },
  {
    name: 'Create Private Threads',
    bit: PermissionFlagsBits.CreatePrivateThreads,
    why: 'keep people from opening threads in a case’s channel',
  },
  {
    name: 'Send Messages in Threads',
    bit: PermissionFlagsBits.SendMessagesInThreads,
    why: 'keep people from writing in threads beside a case’s channel, especially after the channel is archived',
  },
  // Needed because a server may have taken this permission from everybody, and a bot may give only permissions that it
  // has itself.
  {
    name: 'Use Application Commands',
    bit: PermissionFlagsBits.UseApplicationCommands,
    why: 'let the people of a case use commands in its channel',
  },
]

const all = (bits: readonly bigint[]): bigint => bits.reduce((sum, bit) => sum | bit, 0n)

const has = (bits: bigint, bit: bigint): boolean => (bits & bit) === bit

/** The permissions that the invite link requests. */
export const NEEDED_BITS: bigint = all(NEEDED.map(({ bit }) => bit))

const {
  ViewChannel,
  SendMessages,
  ReadMessageHistory,
  AttachFiles,
  EmbedLinks,
  PinMessages,
  ManageChannels,
  UseApplicationCommands,
} = PermissionFlagsBits

/**
 * Threads are denied, because a case is one conversation: a thread is in no transcript, and stays open when its channel
 * is archived.
 */
const THREADS = all([
  PermissionFlagsBits.CreatePublicThreads,
  PermissionFlagsBits.CreatePrivateThreads,
  PermissionFlagsBits.SendMessagesInThreads,
])

/**
 * The bot's permissions in the channel of a case. Manage Roles is not among them, because only an administrator may
 * grant it for a channel; the bot has it from its own role.
 */
const OWN = all([
  ViewChannel,
  SendMessages,
  ReadMessageHistory,
  AttachFiles,
  EmbedLinks,
  PinMessages,
  ManageChannels,
  UseApplicationCommands,
  // The bot starts no threads, but must have these permissions in order to deny them to others.
  THREADS,
])
/** The permissions of somebody on the case. */
const INSIDE = all([ViewChannel, SendMessages, ReadMessageHistory, AttachFiles, UseApplicationCommands])
/** The permissions of somebody on a closed case. They can still use commands, for example to reopen the case. */
const READING = all([ViewChannel, ReadMessageHistory, UseApplicationCommands])
const SILENT = all([SendMessages, AttachFiles, THREADS])

/** One entry of a channel's permissions: https://docs.discord.com/developers/resources/channel#overwrite-object */
export const Overwrite = z.object({
  id: z.string(),
  type: z.union([z.literal(OverwriteType.Role), z.literal(OverwriteType.Member)]),
  allow: z.coerce.bigint(),
  deny: z.coerce.bigint(),
})
export type Overwrite = z.infer<typeof Overwrite>

export type SentOverwrite = {
  readonly id: string
  readonly type: OverwriteType
  readonly allow: string
  readonly deny: string
}

const overwrite = (
  id: string,
  type: OverwriteType,
  bits: { readonly allow?: bigint; readonly deny?: bigint },
): SentOverwrite => ({
  id,
  type,
  allow: (bits.allow ?? 0n).toString(),
  deny: (bits.deny ?? 0n).toString(),
})

/**
 * The entries of a new channel or category that only the bot can read. The entry of @everyone has the server's own id.
 */
export const closedTo = (guild: string, self: string): readonly SentOverwrite[] => [
  overwrite(guild, OverwriteType.Role, { deny: ViewChannel | THREADS }),
  overwrite(self, OverwriteType.Member, { allow: OWN }),
]

/** A person's permissions on the case. Threads are denied to each person, because a role of theirs may allow them. */
export const insideBits = { allow: INSIDE.toString(), deny: THREADS.toString(), type: OverwriteType.Member }

/** Whether an entry already gives everything that a person on the case has. */
export const isInside = ({ type, allow, deny }: Overwrite): boolean =>
  type === OverwriteType.Member && has(allow, INSIDE) && has(deny, THREADS)

/** The given entries, with permissions that allow only reading. */
export const readOnly = (overwrites: readonly Overwrite[], guild: string, self: string): readonly SentOverwrite[] => [
  ...closedTo(guild, self),
  ...overwrites
    .filter(({ id, type, allow }) => type === OverwriteType.Member && id !== self && (allow & ViewChannel) !== 0n)
    .map(({ id, type }) => overwrite(id, type, { allow: READING, deny: SILENT })),
]

/** The bot's own roles in a server, including @everyone, and their combined permissions. */
type BotRoles = {
  readonly guild: string
  readonly self: string
  readonly roles: readonly string[]
  readonly granted: bigint
}

/** Whether the channel has this entry, with everything that it allows and denies. */
export const hasOverwrite = (overwrites: readonly Overwrite[], { id, allow, deny }: SentOverwrite): boolean =>
  overwrites.some((each) => each.id === id && has(each.allow, BigInt(allow)) && has(each.deny, BigInt(deny)))

/**
 * The permissions that the bot lacks in one channel, by their names. Discord applies, in this order, the server's
 * permissions, then the overwrites of @everyone, of the bot's roles together, and of the bot itself:
 * https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
export function lackedIn(
  overwrites: readonly Overwrite[],
  { guild, self, roles, granted }: BotRoles,
): readonly string[] {
  const own = roles.filter((id) => id !== guild)
  const steps = [[guild], own, [self]].map((ids) => overwrites.filter(({ id }) => ids.includes(id)))
  const bits = steps.reduce(
    (sum, step) => (sum & ~all(step.map(({ deny }) => deny))) | all(step.map(({ allow }) => allow)),
    granted,
  )
  return NEEDED.filter(({ bit }) => has(granted, bit) && !has(bits, bit)).map(({ name }) => name)
}

/** Whether the channel's entries keep out everybody whom they do not name. */
export const isClosed = (overwrites: readonly Overwrite[], guild: string): boolean =>
  overwrites.some(({ id, deny }) => id === guild && has(deny, ViewChannel)) &&
  overwrites.every(({ id, type, allow }) => type !== OverwriteType.Role || id !== guild || !has(allow, ViewChannel))

/** The roles and members that are let in by name, except for the bot. */
export const letIn = (overwrites: readonly Overwrite[], self: string): readonly Overwrite[] =>
  overwrites.filter(({ id, allow }) => id !== self && has(allow, ViewChannel))

/** The Discord roles whose members the policy makes team members. */
export function teamRolesOf({ policy: { groups } }: PolicyInForce): ReadonlySet<string> {
  const ofTeam = groups.filter(({ platform, role }) => platform === 'discord' && (role === 'admin' || role === 'team'))
  return new Set(ofTeam.map(({ group }) => group))
}

type Team = { readonly guild: string; readonly self: string; readonly teamRoles: ReadonlySet<string> }

/**
 * Whether the channel can be read by people who were not let in one by one: by everybody, or by the members of a role.
 * A role does not count if the policy makes its members team members.
 */
export const isOpenToOthers = (overwrites: readonly Overwrite[], { guild, self, teamRoles }: Team): boolean =>
  !isClosed(overwrites, guild) ||
  letIn(overwrites, self).some(({ id, type }) => type === OverwriteType.Role && !teamRoles.has(id))

/** Whether anybody who is let in may still write. */
export const anybodyWrites = (overwrites: readonly Overwrite[], self: string): boolean =>
  letIn(overwrites, self).some(({ deny }) => !has(deny, SILENT))
