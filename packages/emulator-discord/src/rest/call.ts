import type { Json, JsonObject } from '@embargo/emulator-kit'
import { ApiError } from '../errors.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { Guild } from '../guild.ts'
import type { Interactions } from '../interactions.ts'
import type { PermissionName } from '../permissions.ts'
import { allows, bitsOf } from '../permissions.ts'
import type { RateLimits } from '../rate-limits.ts'
import type { Channel, Message } from '../state.ts'
import type { UploadedFile } from './body.ts'

/** The state on which the operations work. */
export type Platform = {
  readonly guild: Guild
  readonly gateway: Gateway
  readonly interactions: Interactions
  readonly limits: RateLimits
}

/** One call of an operation. Its token has been checked. */
export type Call = Platform & {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** The JSON body; an empty object if the call has no body. */
  readonly body: Json
  readonly files: readonly UploadedFile[]
}

export type Answer = { readonly status: 200 | 201 | 204; readonly body?: Json }

/**
 * Carries out one operation.
 * @throws ApiError
 */
export type Handler = (call: Call) => Answer

export const done = (body: Json): Answer => ({ status: 200, body })
export const created = (body: Json): Answer => ({ status: 201, body })
export const nothing = (): Answer => ({ status: 204 })

export const param = (call: Pick<Call, 'params'>, name: string): string => call.params[name] ?? ''

/** The body as an object. */
export const bodyObject = (call: Pick<Call, 'body'>): JsonObject =>
  typeof call.body === 'object' && call.body !== null && !Array.isArray(call.body) ? (call.body as JsonObject) : {}

/** The guild, if the bot is in it. @throws ApiError 10004 */
export const ownGuild = (call: Call): Guild => {
  const { guild } = call
  if (param(call, 'guild_id') !== guild.id || !guild.isInstalled) throw new ApiError('unknownGuild')
  return guild
}

/**
 * The permissions that count as moderation: those with a star in
 * https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags. If a guild requires
 * two-factor authentication of moderators, the account that owns the application must have it.
 */
const MODERATING: ReadonlySet<PermissionName> = new Set<PermissionName>([
  'ADMINISTRATOR',
  'MANAGE_CHANNELS',
  'MANAGE_ROLES',
  'MANAGE_MESSAGES',
  'MANAGE_THREADS',
])

/**
 * Requires permissions.
 * @throws ApiError 50013 unless the bot has all of them, in the channel or in the guild; 60003 if two-factor
 *   authentication is missing
 */
export const demand = (guild: Guild, names: readonly PermissionName[], channel?: Channel): void => {
  if (!allows(guild.permissionsOf(guild.bot.id, channel), bitsOf(names))) throw new ApiError('missingPermissions')
  if (!guild.requiresTwoFactor || guild.ownerHasTwoFactor) return
  if (names.some((name) => MODERATING.has(name))) throw new ApiError('twoFactor')
}

/**
 * The channel in the path, if the bot can see it.
 * @throws ApiError 10003, 50001
 */
export const visibleChannel = (call: Call): Channel => {
  const { guild } = call
  const channel = guild.placeOf(param(call, 'channel_id'))
  if (!channel) throw new ApiError('unknownChannel')
  if (!allows(guild.permissionsOf(guild.bot.id, channel), bitsOf(['VIEW_CHANNEL']))) throw new ApiError('missingAccess')
  return channel
}

/** The text channel or thread in the path, if the bot can see it. @throws ApiError 50008 */
export const visibleText = (call: Call): Channel => {
  const channel = visibleChannel(call)
  if (channel.kind === 'category') throw new ApiError('nonText')
  return channel
}

/** Whether a message is a system message about a pin or a new thread. */
export const isSystem = ({ type }: Message): boolean => type === 6 || type === 18

/**
 * The message with this id in the channel.
 * @throws ApiError 10008 if there is no such message, or if it was deleted
 */
export const messageOf = (channel: Channel, id: string): Message => {
  const message = channel.messages.find((each) => each.id === id && !each.deleted)
  if (!message) throw new ApiError('unknownMessage')
  return message
}
