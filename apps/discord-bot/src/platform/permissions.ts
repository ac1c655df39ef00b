import type { PolicyInForce } from '@embargo/core'
import { OverwriteType, PermissionFlagsBits } from 'discord.js'
import { z } from 'zod'

/** The bot's permissions in a server, by Discord's names, and why it needs them. Never Administrator. */
export const NEEDED: readonly { readonly name: string; readonly bit: bigint; readonly why: string }[] = [
  { name: 'View Channels', bit: PermissionFlagsBits.ViewChannel, why: 'see its own channels' },
  { name: 'Send Messages', bit: PermissionFlagsBits.SendMessages, why: 'post cards' },
  { name: 'Embed Links', bit: PermissionFlagsBits.EmbedLinks, why: 'post cards as embeds' },
  { name: 'Attach Files', bit: PermissionFlagsBits.AttachFiles, why: 'attach the whole of what is cut' },
  {
    name: 'Read Message History',
    bit: PermissionFlagsBits.ReadMessageHistory,
    why: 'find its own message again before it repeats one in doubt',
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
  // Discord lets a bot deny only what it has: https://docs.discord.com/developers/resources/channel#edit-channel-permissions
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
    why: 'keep people from writing in threads beside a case’s channel, above all after it is archived',
  },
  // A server may have it off for everybody, and a bot may give only what it has.
  {
    name: 'Use Application Commands',
    bit: PermissionFlagsBits.UseApplicationCommands,
    why: 'let the people of a case use its commands in their channel',
  },
]

const all = (bits: readonly bigint[]): bigint => bits.reduce((sum, bit) => sum | bit, 0n)

const has = (bits: bigint, bit: bigint): boolean => (bits & bit) === bit

/** Asked for by the invite link. */
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

/** A case is one conversation: a thread is in no transcript, and stays open when its channel is archived. */
const THREADS = all([
  PermissionFlagsBits.CreatePublicThreads,
  PermissionFlagsBits.CreatePrivateThreads,
  PermissionFlagsBits.SendMessagesInThreads,
])

/** The bot in a channel of a case. Only an administrator may hand on Manage Roles there; it has it from its own role. */
const OWN = all([
  ViewChannel,
  SendMessages,
  ReadMessageHistory,
  AttachFiles,
  EmbedLinks,
  PinMessages,
  ManageChannels,
  UseApplicationCommands,
  // It starts none, but must have the permissions in order to deny them to others.
  THREADS,
])
/** Somebody on the case. */
const INSIDE = all([ViewChannel, SendMessages, ReadMessageHistory, AttachFiles, UseApplicationCommands])
/** Somebody on a case that is over: it can be asked for, and opened again. */
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

/** The readers of a new channel or category: only the bot. @everyone has the server's own id. */
export const closedTo = (guild: string, self: string): readonly SentOverwrite[] => [
  overwrite(guild, OverwriteType.Role, { deny: ViewChannel | THREADS }),
  overwrite(self, OverwriteType.Member, { allow: OWN }),
]

/** A person's permissions on the case. Threads are denied to each, too, because a role of theirs may allow them. */
export const insideBits = { allow: INSIDE.toString(), deny: THREADS.toString(), type: OverwriteType.Member }

/** Whether an entry already has all of them. */
export const isInside = ({ type, allow, deny }: Overwrite): boolean =>
  type === OverwriteType.Member && has(allow, INSIDE) && has(deny, THREADS)

/** The same people, with read-only permissions. */
export const readOnly = (overwrites: readonly Overwrite[], guild: string, self: string): readonly SentOverwrite[] => [
  ...closedTo(guild, self),
  ...overwrites
    .filter(({ id, type, allow }) => type === OverwriteType.Member && id !== self && (allow & ViewChannel) !== 0n)
    .map(({ id, type }) => overwrite(id, type, { allow: READING, deny: SILENT })),
]

/** The bot in a server: its own roles, including @everyone, and their combined permissions. */
type BotRoles = {
  readonly guild: string
  readonly self: string
  readonly roles: readonly string[]
  readonly granted: bigint
}

/** Whether the channel has this entry with everything that it allows and denies. */
export const hasOverwrite = (overwrites: readonly Overwrite[], { id, allow, deny }: SentOverwrite): boolean =>
  overwrites.some((each) => each.id === id && has(each.allow, BigInt(allow)) && has(each.deny, BigInt(deny)))

/**
 * The permissions that the bot lacks in one channel, by their names: the server's permissions, then the overwrites of
 * @everyone, of its roles together, and its own.
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

/** Whether these entries keep out everybody who is not named. */
export const isClosed = (overwrites: readonly Overwrite[], guild: string): boolean =>
  overwrites.some(({ id, deny }) => id === guild && has(deny, ViewChannel)) &&
  overwrites.every(({ id, type, allow }) => type !== OverwriteType.Role || id !== guild || !has(allow, ViewChannel))

/** Roles and members beside the bot that are let in by name. */
export const letIn = (overwrites: readonly Overwrite[], self: string): readonly Overwrite[] =>
  overwrites.filter(({ id, allow }) => id !== self && has(allow, ViewChannel))

/** The roles that make somebody a team member, by the policy. */
export function teamRolesOf({ policy: { groups } }: PolicyInForce): ReadonlySet<string> {
  const ofTeam = groups.filter(({ platform, role }) => platform === 'discord' && (role === 'admin' || role === 'team'))
  return new Set(ofTeam.map(({ group }) => group))
}

type Team = { readonly guild: string; readonly self: string; readonly teamRoles: ReadonlySet<string> }

/**
 * Whether more people can read it than were let in one by one. A role counts as a crowd, unless it makes people team
 * members.
 */
export const isOpenToOthers = (overwrites: readonly Overwrite[], { guild, self, teamRoles }: Team): boolean =>
  !isClosed(overwrites, guild) ||
  letIn(overwrites, self).some(({ id, type }) => type === OverwriteType.Role && !teamRoles.has(id))

/** Whether anybody who is let in may still write. */
export const anybodyWrites = (overwrites: readonly Overwrite[], self: string): boolean =>
  letIn(overwrites, self).some(({ deny }) => !has(deny, SILENT))
