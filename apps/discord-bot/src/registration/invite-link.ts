import { OAuth2Scopes } from 'discord.js'
import { NEEDED_BITS } from '../platform/permissions.ts'

/**
 * The link that invites the bot. It works for anybody who may manage the server. It gives the bot as few permissions as
 * possible, and never Administrator: https://docs.discord.com/developers/topics/oauth2#bot-authorization-flow
 */
export function inviteLink(request: { readonly application: string; readonly guild?: string | undefined }): string {
  const link = new URL('https://discord.com/oauth2/authorize')
  link.search = new URLSearchParams({
    client_id: request.application,
    scope: `${OAuth2Scopes.Bot} ${OAuth2Scopes.ApplicationsCommands}`,
    permissions: NEEDED_BITS.toString(),
    ...(request.guild === undefined ? {} : { guild_id: request.guild, disable_guild_select: 'true' }),
  }).toString()
  return link.toString()
}
