import type { NewChannel } from '../check/channels.ts'
import { overwriteChange } from '../check/channels.ts'
import { checked } from '../check/problems.ts'
import { ApiError } from '../errors.ts'
import type { Guild } from '../guild.ts'
import { deleteOverwrite, setOverwrite } from '../life/channels.ts'
import { PERMISSIONS, allows } from '../permissions.ts'
import type { Channel, Overwrite } from '../state.ts'
import type { Handler } from './call.ts'
import { bodyObject, demand, nothing, param, visibleChannel } from './call.ts'

const holdsManageRolesHere = (guild: Guild, channel: Channel): boolean =>
  channel.overwrites.some(
    (each) =>
      allows(each.allow, PERMISSIONS.MANAGE_ROLES) &&
      (each.id === guild.bot.id || guild.botMember?.roles.has(each.id) === true),
  )

/**
 * Refuses overwrites that the bot may not set. Discord's reference says: "Only permissions your bot has in the guild or
 * parent channel can be allowed or denied". It also says that only an administrator may give MANAGE_ROLES in a channel.
 * See https://docs.discord.com/developers/resources/guild#create-guild-channel and
 * …/resources/channel#edit-channel-permissions.
 * @throws ApiError 50013; 10009 if there is no such role or member
 */
export const refuseForeign = (
  guild: Guild,
  overwrites: readonly Overwrite[],
  place: { readonly channel?: Channel | undefined; readonly parent?: Channel | undefined },
): void => {
  for (const { id, type } of overwrites) {
    const isThere = type === 0 ? guild.roles.has(id) : guild.members.has(id)
    if (!isThere) throw new ApiError('unknownOverwrite')
  }
  if (place.channel && holdsManageRolesHere(guild, place.channel)) return
  const own = guild.permissionsOf(guild.bot.id) | (place.parent ? guild.permissionsOf(guild.bot.id, place.parent) : 0n)
  const isAdministrator = allows(own, PERMISSIONS.ADMINISTRATOR)
  for (const { allow, deny } of overwrites) {
    if (!allows(own, allow | deny)) throw new ApiError('missingPermissions')
    if (allows(allow, PERMISSIONS.MANAGE_ROLES) && !isAdministrator) throw new ApiError('missingPermissions')
  }
}

/** The permission overwrites in a request body. A missing `allow` or `deny` becomes 0. */
export const overwritesOf = (sent: NonNullable<NewChannel['permission_overwrites']>): readonly Overwrite[] =>
  sent.map(({ id, type, allow, deny }) => ({ id, type, allow: allow ?? 0n, deny: deny ?? 0n }))

/** The overwrites in `after` that are new or changed. The bot needs no permissions to leave an overwrite as it is. */
export const changedOverwrites = (before: readonly Overwrite[], after: readonly Overwrite[]): readonly Overwrite[] =>
  after.filter(
    (each) =>
      !before.some(
        (old) => old.id === each.id && old.type === each.type && old.allow === each.allow && old.deny === each.deny,
      ),
  )

/** https://docs.discord.com/developers/resources/channel#edit-channel-permissions */
export const set: Handler = (call) => {
  const { guild } = call
  const channel = visibleChannel(call)
  if (channel.kind === 'thread') throw new ApiError('wrongChannelType')
  demand(guild, ['MANAGE_ROLES'], channel)
  const body = checked(overwriteChange, bodyObject(call))
  const overwrite: Overwrite = {
    id: param(call, 'overwrite_id'),
    type: body.type,
    allow: body.allow ?? 0n,
    deny: body.deny ?? 0n,
  }
  const parent = channel.parentId === undefined ? undefined : guild.channels.get(channel.parentId)
  refuseForeign(guild, [overwrite], { channel, parent })
  setOverwrite(guild, channel, overwrite)
  return nothing()
}

/** https://docs.discord.com/developers/resources/channel#delete-channel-permission */
export const remove: Handler = (call) => {
  const channel = visibleChannel(call)
  demand(call.guild, ['MANAGE_ROLES'], channel)
  const id = param(call, 'overwrite_id')
  if (!channel.overwrites.some((each) => each.id === id)) throw new ApiError('unknownOverwrite')
  deleteOverwrite(call.guild, channel, id)
  return nothing()
}
