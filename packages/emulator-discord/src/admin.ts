import type { Guild } from './guild.ts'
import { createChannel, deleteChannel, deleteOverwrite, setOverwrite, updateChannel } from './life/channels.ts'
import { deleteMessage, setPinned } from './life/messages.ts'
import {
  addMember,
  createRole,
  deleteRole,
  installBot,
  removeBot,
  removeMember,
  requireTwoFactor,
  updateMember,
  updateRole,
} from './life/members.ts'
import type { DiscordEmulatorOptions, MemberSeed, OverwriteSeed, PrivilegedIntent, RoleSeed } from './options.ts'
import { NotPossible } from './people/not-possible.ts'
import type { PermissionName } from './permissions.ts'
import { bitsOf } from './permissions.ts'
import { botRole, overwriteOf } from './seeds.ts'
import type { Channel, Member, Role } from './state.ts'

/**
 * Acts as the owner of the server and of the application, who may do anything. The app gets the events of each change.
 */
export class Admin {
  readonly #guild: Guild
  readonly #options: DiscordEmulatorOptions

  constructor(guild: Guild, options: DiscordEmulatorOptions) {
    this.#guild = guild
    this.#options = options
  }

  /** Creates a channel or a category; `parent` is an id. */
  createChannel(seed: {
    readonly name: string
    readonly kind?: Channel['kind']
    readonly parent?: string
    readonly topic?: string
    readonly overwrites?: readonly OverwriteSeed[]
  }): Channel {
    return createChannel(this.#guild, {
      kind: seed.kind ?? 'text',
      name: seed.name,
      topic: seed.topic,
      parentId: seed.parent,
      overwrites: (seed.overwrites ?? []).map(overwriteOf),
    })
  }

  /** Deletes a channel or category, by id or name. */
  deleteChannel(channel: string): void {
    deleteChannel(this.#guild, this.#channel(channel))
  }

  rename(channel: string, name: string): void {
    updateChannel(this.#guild, this.#channel(channel), { name })
  }

  setTopic(channel: string, topic: string): void {
    updateChannel(this.#guild, this.#channel(channel), { topic })
  }

  /** Turns a text channel into an announcement channel: Edit Channel → Overview, in a community server. */
  announce(channel: string): void {
    updateChannel(this.#guild, this.#channel(channel), { isAnnouncement: true })
  }

  /** Moves a channel into a category, or out of its category. */
  move(channel: string, parent: string | undefined): void {
    const parentId = parent === undefined ? undefined : this.#channel(parent).id
    updateChannel(this.#guild, this.#channel(channel), { parentId })
  }

  /** Sets a permission overwrite. It replaces an earlier one for the same role or member. */
  setOverwrite(channel: string, overwrite: OverwriteSeed): void {
    setOverwrite(this.#guild, this.#channel(channel), overwriteOf(overwrite))
  }

  removeOverwrite(channel: string, id: string): void {
    deleteOverwrite(this.#guild, this.#channel(channel), id)
  }

  /** Lets @everyone see a channel or category. */
  expose(channel: string): void {
    this.setOverwrite(channel, { id: this.#guild.id, type: 'role', allow: ['VIEW_CHANNEL'] })
  }

  deleteMessage(id: string): void {
    const message = this.#guild.messageById(id)
    if (!message) throw new NotPossible(`There is no message ${id}.`)
    deleteMessage(this.#guild, message)
  }

  unpin(id: string): void {
    const message = this.#guild.messageById(id)
    if (!message) throw new NotPossible(`There is no message ${id}.`)
    setPinned(this.#guild, message, { user: this.#guild.ownerId, pinned: false })
  }

  /** Adds somebody to the server. */
  join(seed: MemberSeed): Member {
    const user = { id: seed.id, username: seed.username, globalName: seed.globalName, isBot: seed.isBot ?? false }
    return addMember(this.#guild, user, seed.roles ?? [], seed)
  }

  /** Makes somebody leave, or removes them. */
  leave(user: string): void {
    removeMember(this.#guild, this.#member(user))
  }

  giveRole(user: string, role: string): void {
    updateMember(this.#guild, this.#member(user), { give: this.#role(role).id })
  }

  takeRole(user: string, role: string): void {
    updateMember(this.#guild, this.#member(user), { take: this.#role(role).id })
  }

  createRole(seed: RoleSeed): void {
    createRole(this.#guild, {
      id: seed.id,
      name: seed.name,
      permissions: bitsOf(seed.permissions ?? []),
      position: 1,
      mentionable: seed.mentionable ?? false,
      managed: seed.managed ?? false,
    })
  }

  /** Changes the permissions or the position of a role, given by its id. */
  changeRole(
    role: string,
    change: { readonly permissions?: readonly PermissionName[]; readonly position?: number },
  ): void {
    const { permissions, position } = change
    updateRole(this.#guild, this.#role(role), {
      ...(permissions ? { permissions: bitsOf(permissions) } : {}),
      ...(position === undefined ? {} : { position }),
    })
  }

  deleteRole(role: string): void {
    deleteRole(this.#guild, this.#role(role))
  }

  /** Gives the bot's own role other permissions. */
  botPermissions(permissions: readonly PermissionName[]): void {
    this.changeRole(this.#guild.botRoleId, { permissions })
  }

  /** Moves the bot's own role to another position. The bot cannot manage roles above this position. */
  botPosition(position: number): void {
    this.changeRole(this.#guild.botRoleId, { position })
  }

  /** Removes all commands, as happens if another program registers its own commands with the same token. */
  forgetCommands(): void {
    this.#guild.commands = []
  }

  /** Requires two-factor authentication of moderators: Server Settings → Safety Setup. */
  requireTwoFactor(isOn = true): void {
    requireTwoFactor(this.#guild, isOn)
  }

  /** Switches two-factor authentication on or off for the account that owns the application. */
  ownerTwoFactor(isOn: boolean): void {
    this.#guild.ownerHasTwoFactor = isOn
  }

  /** Removes the bot from the server, with its role and commands. */
  kickBot(): void {
    removeBot(this.#guild)
  }

  /** Invites the bot, again or for the first time. */
  inviteBot(): void {
    installBot(this.#guild, botRole(this.#options, this.#guild))
  }

  /** Switches a privileged intent in the developer portal. The change takes effect at the next IDENTIFY. */
  setIntent(intent: PrivilegedIntent, isOn: boolean): void {
    const { privilegedIntents } = this.#guild
    if (isOn) privilegedIntents.add(intent)
    if (!isOn) privilegedIntents.delete(intent)
  }

  #channel(nameOrId: string): Channel {
    const guild = this.#guild
    const found = guild.channels.get(nameOrId) ?? guild.channelNamed(nameOrId) ?? guild.categoryNamed(nameOrId)
    if (!found) throw new NotPossible(`There is no channel ${nameOrId}.`)
    return found
  }

  #member(user: string): Member {
    const found = this.#guild.members.get(user)
    if (!found) throw new NotPossible(`${user} is not in the server.`)
    return found
  }

  #role(id: string): Role {
    const found = this.#guild.roles.get(id)
    if (!found) throw new NotPossible(`There is no role ${id}.`)
    return found
  }
}
