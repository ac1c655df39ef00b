import type { JsonObject } from '@embargo/emulator-kit'
import type { Guild } from '../guild.ts'
import { presentMember } from '../rest/present.ts'

/**
 * The answer to a request for members: https://docs.discord.com/developers/events/gateway-events#request-guild-members
 */
export const memberChunk = (guild: Guild, data: JsonObject): JsonObject => {
  const userIds = data['user_ids']
  const ids = Array.isArray(userIds) ? userIds.map(String) : typeof userIds === 'string' ? [userIds] : undefined
  const query = typeof data['query'] === 'string' ? data['query'].toLowerCase() : ''
  const limit = typeof data['limit'] === 'number' && data['limit'] > 0 ? data['limit'] : Infinity
  const members = [...guild.members.values()]
    .filter(({ user }) => (ids ? ids.includes(user.id) : user.username.toLowerCase().startsWith(query)))
    .slice(0, limit)
  return {
    guild_id: guild.id,
    members: members.map(presentMember),
    chunk_index: 0,
    chunk_count: 1,
    not_found: (ids ?? []).filter((id) => !guild.members.has(id)),
    ...(data['nonce'] === undefined ? {} : { nonce: data['nonce'] }),
  }
}
