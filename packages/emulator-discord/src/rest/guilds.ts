import { ApiError } from '../errors.ts'
import { updateMember } from '../life/members.ts'
import { MEMBERS_LIMIT_MAX } from '../limits.ts'
import type { Member, Role } from '../state.ts'
import type { Call, Handler } from './call.ts'
import { demand, done, nothing, ownGuild, param } from './call.ts'
import { presentMember, presentRole, presentUser } from './present.ts'
import { presentGuild } from './present-guild.ts'

/** https://docs.discord.com/developers/resources/guild#get-guild */
export const get: Handler = (call) => done(presentGuild(ownGuild(call)))

/** https://docs.discord.com/developers/resources/user#get-current-user-guilds */
export const listMine: Handler = ({ guild }) =>
  done(
    guild.isInstalled
      ? [
          {
            id: guild.id,
            name: guild.name,
            icon: null,
            banner: null,
            owner: false,
            permissions: String(guild.permissionsOf(guild.bot.id)),
            features: [],
          },
        ]
      : [],
  )

/** https://docs.discord.com/developers/resources/guild#get-guild-roles */
export const listRoles: Handler = (call) => done([...ownGuild(call).roles.values()].map(presentRole))

/** …/resources/guild#get-guild-role */
export const getRole: Handler = (call) => done(presentRole(roleOf(call)))

const roleOf = (call: Call): Role => {
  const role = ownGuild(call).roles.get(param(call, 'role_id'))
  if (!role) throw new ApiError('unknownRole')
  return role
}

const memberOf = (call: Call): Member => {
  const member = ownGuild(call).members.get(param(call, 'user_id'))
  if (!member) throw new ApiError('unknownMember')
  return member
}

/** …/resources/guild#get-guild-member */
export const getMember: Handler = (call) => done(presentMember(memberOf(call)))

/** …/resources/guild#list-guild-members: needs the GUILD_MEMBERS toggle of the portal. */
export const listMembers: Handler = (call) => {
  const guild = ownGuild(call)
  if (!guild.privilegedIntents.has('GuildMembers')) throw new ApiError('missingAccess')
  const limit = Math.min(MEMBERS_LIMIT_MAX, Math.max(1, Number(call.query.get('limit') ?? 1)))
  const after = BigInt(call.query.get('after') ?? '0')
  const members = [...guild.members.values()]
    .filter(({ user }) => BigInt(user.id) > after)
    .toSorted((one, other) => (BigInt(one.user.id) < BigInt(other.user.id) ? -1 : 1))
  return done(members.slice(0, limit).map(presentMember))
}

/** …/resources/guild#search-guild-members: members whose names begin with a text. */
export const searchMembers: Handler = (call) => {
  const guild = ownGuild(call)
  const query = (call.query.get('query') ?? '').toLowerCase()
  const limit = Math.min(MEMBERS_LIMIT_MAX, Math.max(1, Number(call.query.get('limit') ?? 1)))
  const found = [...guild.members.values()].filter(({ user, nick }) =>
    [user.username, nick ?? ''].some((name) => name !== '' && name.toLowerCase().startsWith(query)),
  )
  return done(found.slice(0, limit).map(presentMember))
}

// …/topics/permissions#permission-hierarchy: a bot can give and take only roles below its own highest role.
const touchable = (call: Call): { readonly member: Member; readonly role: Role } => {
  const guild = ownGuild(call)
  demand(guild, ['MANAGE_ROLES'])
  const found = { member: memberOf(call), role: roleOf(call) }
  if (found.role.managed || found.role.position >= guild.botHeight) throw new ApiError('missingPermissions')
  return found
}

/** …/resources/guild#add-guild-member-role */
export const addRole: Handler = (call) => {
  const { member, role } = touchable(call)
  updateMember(call.guild, member, { give: role.id })
  return nothing()
}

/** …/resources/guild#remove-guild-member-role */
export const removeRole: Handler = (call) => {
  const { member, role } = touchable(call)
  updateMember(call.guild, member, { take: role.id })
  return nothing()
}

/** https://docs.discord.com/developers/resources/user#get-user */
export const getUser: Handler = (call) => {
  const user = call.guild.users.get(param(call, 'user_id'))
  if (!user) throw new ApiError('unknownUser')
  return done(presentUser(user))
}
