import type { JsonObject } from '@embargo/emulator-kit'
import type { Guild } from '../guild.ts'
import type { Interaction, InteractionKind } from '../interactions.ts'
import { FILE_BYTES_MAX } from '../limits.ts'
import { presentMember, presentPlace, presentUser } from '../rest/present.ts'
import { presentMessage } from '../rest/present-message.ts'

const TYPES: Readonly<Record<InteractionKind, number>> = {
  command: 2,
  'message-command': 2,
  component: 3,
  autocomplete: 4,
  modal: 5,
}

const member = (guild: Guild, user: string, channel: string): JsonObject => {
  const found = guild.memberOf(user)
  const permissions = guild.permissionsOf(user, guild.placeOf(channel))
  return found ? { ...presentMember(found), permissions: String(permissions) } : {}
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object */
export const interactionPayload = (guild: Guild, interaction: Interaction, data: JsonObject): JsonObject => {
  const channel = guild.placeOf(interaction.channel)
  return {
    id: interaction.id,
    application_id: guild.application.id,
    type: TYPES[interaction.kind],
    token: interaction.token,
    version: 1,
    guild_id: guild.id,
    guild: { id: guild.id, locale: 'en-US', features: [] },
    guild_locale: 'en-US',
    locale: 'en-US',
    channel_id: interaction.channel,
    channel: channel
      ? { ...presentPlace(guild, channel), permissions: String(guild.permissionsOf(interaction.user, channel)) }
      : null,
    member: member(guild, interaction.user, interaction.channel),
    app_permissions: String(guild.permissionsOf(guild.bot.id, channel)),
    context: 0,
    authorizing_integration_owners: { '0': guild.id },
    attachment_size_limit: FILE_BYTES_MAX,
    entitlements: [],
    entitlement_sku_ids: [],
    ...(interaction.origin ? { message: presentMessage(guild, interaction.origin) } : {}),
    data,
  }
}

/** Users and members by id, for the field `resolved` of a submitted command, menu or modal. */
export const resolvedUsers = (guild: Guild, ids: readonly string[]): JsonObject => {
  const found = ids.flatMap((id) => guild.users.get(id) ?? [])
  const members = ids.flatMap((id) => guild.members.get(id) ?? [])
  const without = (presented: JsonObject): JsonObject => ({ ...presented, user: undefined })
  return {
    users: Object.fromEntries(found.map((user) => [user.id, presentUser(user)])),
    members: Object.fromEntries(
      members.map((each) => [each.user.id, { ...without(presentMember(each)), permissions: '0' }]),
    ),
  }
}
