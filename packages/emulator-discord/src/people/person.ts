import type { JsonObject } from '@embargo/emulator-kit'
import type { Command } from '../check/commands.ts'
import type { Guild } from '../guild.ts'
import type { Interaction } from '../interactions.ts'
import { ATTACHMENTS_MAX, CONTENT_MAX, FILE_BYTES_MAX } from '../limits.ts'
import { deleteMessage, editMessage, postMessage } from '../life/messages.ts'
import { createThread } from '../life/threads.ts'
import type { PermissionName } from '../permissions.ts'
import { PERMISSIONS, allows, bitsOf } from '../permissions.ts'
import type { Platform } from '../rest/call.ts'
import { presentMessage } from '../rest/present-message.ts'
import type { Channel, Message, OpenModal, User } from '../state.ts'
import type { FieldValue } from './fields.ts'
import { modalData } from './fields.ts'
import { channelSeen, messageSeen, touchableNamed } from './find.ts'
import { NotPossible } from './not-possible.ts'
import type { OptionValues } from './options.ts'
import { attach, commandData } from './options.ts'
import type { AttachedFile } from './options.ts'
import { Outcome } from './outcome.ts'
import { interactionPayload, resolvedUsers } from './payloads.ts'

/** A member of the guild, with everything that a person can do in Discord's own client. */
export class DiscordPerson {
  readonly user: User
  readonly #platform: Platform

  constructor(user: User, platform: Platform) {
    this.user = user
    this.#platform = platform
  }

  /** The modal in front of the person, if any. */
  get modal(): OpenModal | undefined {
    return this.#guild.modals.findLast((each) => each.open && each.user === this.user.id)
  }

  /** The text channels that the person can see. */
  get channels(): readonly Channel[] {
    return [...this.#guild.channels.values()].filter(
      (channel) =>
        channel.kind === 'text' && allows(this.#guild.permissionsOf(this.user.id, channel), PERMISSIONS.VIEW_CHANNEL),
    )
  }

  /** The messages that only this person sees now. */
  get ephemerals(): readonly Message[] {
    return this.#guild.ephemerals.filter((each) => each.ephemeralTo === this.user.id && !each.deleted)
  }

  /** The messages of a channel that the person sees, including ephemeral ones, oldest first. */
  sees(channel: string): readonly Message[] {
    const place = channelSeen(this.#guild, this.user.id, channel)
    const own = this.ephemerals.filter((each) => each.channel === place.id)
    return [...this.#guild.messagesIn(place.id), ...own].toSorted((one, other) =>
      BigInt(one.id) < BigInt(other.id) ? -1 : 1,
    )
  }

  /**
   * The commands that Discord offers to the person. `default_member_permissions` only hides a command; anyone who sees
   * the command may use it.
   */
  get commands(): readonly Command[] {
    const granted = this.#guild.permissionsOf(this.user.id)
    return this.#guild.commands
      .map(({ command }) => command)
      .filter(({ default_member_permissions: needed }) => {
        if (needed === undefined || needed === null) return true
        return needed === 0n ? allows(granted, PERMISSIONS.ADMINISTRATOR) : allows(granted, needed)
      })
  }

  /**
   * Uses a slash command (`/ack`, or `/cvd status` with a subcommand) in a channel, which is given by its id or name.
   * Resolves when the app has given its first answer or has failed to do so.
   */
  async command(typed: string, values: OptionValues, channel: string): Promise<Outcome> {
    const place = this.#usable(channel)
    const found = this.#chatCommand(typed)
    if (!found) return new Outcome(this.#guild, undefined)
    const data = commandData(this.#guild, found.command, { path: found.path, values })
    this.#guild.remember(Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value !== 'object')))
    return this.#interact(
      { kind: 'command', channel: place.id, origin: undefined },
      { ...data, ...this.#idOf(found.command) },
    )
  }

  /**
   * Types text into an option for which the app suggests values. Resolves with these suggestions. `values`: the options
   * that are filled in already.
   */
  async autocomplete(
    typed: string,
    focused: { readonly option: string; readonly text: string },
    channel: string,
    values: OptionValues = {},
  ): Promise<Outcome> {
    const place = this.#usable(channel)
    const found = this.#chatCommand(typed)
    if (!found) return new Outcome(this.#guild, undefined)
    const data = commandData(this.#guild, found.command, {
      path: found.path,
      values: { ...values, [focused.option]: focused.text },
      focused: focused.option,
    })
    this.#guild.remember(focused.text)
    return this.#interact(
      { kind: 'autocomplete', channel: place.id, origin: undefined },
      { ...data, ...this.#idOf(found.command) },
    )
  }

  /** Presses a button of a message, named by its label or custom_id. */
  async click(messageId: string, name: string): Promise<Outcome> {
    const origin = messageSeen(this.#guild, this.user.id, messageId)
    const button = touchableNamed(origin, name)
    if (button.type !== 2) throw new NotPossible(`${name} is a menu.`)
    if (!button.custom_id) throw new NotPossible(`${name} is a link.`)
    return this.#touch(origin, { custom_id: button.custom_id, component_type: 2 })
  }

  /**
   * Chooses in a menu of a message. `name` is the menu's placeholder or custom_id. `values` are the values or labels of
   * the menu's options. If the menu's options come from Discord, such as users, `values` are their ids.
   */
  async select(messageId: string, name: string, values: readonly string[]): Promise<Outcome> {
    const origin = messageSeen(this.#guild, this.user.id, messageId)
    const menu = touchableNamed(origin, name)
    if (menu.type === 2) throw new NotPossible(`${name} is a button.`)
    if (values.length < (menu.min_values ?? 1) || values.length > (menu.max_values ?? 1)) {
      throw new NotPossible(`${name} takes ${menu.min_values ?? 1} to ${menu.max_values ?? 1} values.`)
    }
    const chosen = values.map((each) => {
      if (menu.type !== 3) return each
      const option = menu.options.find(({ value, label }) => value === each || label === each)
      if (!option) throw new NotPossible(`${name} offers no ${each}.`)
      return option.value
    })
    const resolved = menu.type === 3 ? {} : { resolved: resolvedUsers(this.#guild, chosen) }
    return this.#touch(origin, { custom_id: menu.custom_id, component_type: menu.type, values: chosen, ...resolved })
  }

  /** Fills in the modal in front, with each field named by its label or custom_id, and submits it. */
  async submitModal(values: Readonly<Record<string, FieldValue>>): Promise<Outcome> {
    const open = this.modal
    if (!open) throw new NotPossible(`${this.user.username} has no modal open.`)
    const data = modalData(this.#guild, open.modal, values)
    this.#guild.remember(data['components'])
    open.open = false
    const outcome = await this.#interact({ kind: 'modal', channel: open.channel, origin: open.origin }, data)
    // If the app did not answer, the form stays open, and can be submitted again.
    open.open = outcome.failure !== undefined
    return outcome
  }

  /** Closes the modal in front. The app gets no event. */
  closeModal(): void {
    const open = this.modal
    if (!open) throw new NotPossible(`${this.user.username} has no modal open.`)
    open.open = false
    this.#guild.changes.announce()
  }

  /** Uses a command of the message's context menu. */
  async messageAction(name: string, messageId: string): Promise<Outcome> {
    const guild = this.#guild
    const message = messageSeen(guild, this.user.id, messageId)
    if (message.ephemeralTo !== undefined)
      throw new NotPossible('A message that only one person sees has no apps menu.')
    const found = this.commands.find((each) => each.type === 3 && each.name === name)
    if (!found) return new Outcome(guild, undefined)
    const data = {
      ...this.#idOf(found),
      type: 3,
      name,
      target_id: message.id,
      resolved: { messages: { [message.id]: presentMessage(guild, message) } },
    }
    return this.#interact({ kind: 'message-command', channel: message.channel, origin: undefined }, data)
  }

  /** Writes in a channel, optionally with files, or as a reply to a message. */
  say(
    channel: string,
    text: string,
    more: { readonly files?: readonly AttachedFile[]; readonly replyTo?: string } = {},
  ): Message {
    const place = this.#place(channel, ['SEND_MESSAGES'])
    const files = (more.files ?? []).map((file) => attach(this.#guild, file))
    if (text.length > CONTENT_MAX) throw new NotPossible(`A message has at most ${CONTENT_MAX} characters.`)
    if (text.trim() === '' && files.length === 0) throw new NotPossible('There is nothing to send.')
    if (files.length > ATTACHMENTS_MAX || files.some((file) => file.bytes.length > FILE_BYTES_MAX)) {
      throw new NotPossible(`A message has at most ${ATTACHMENTS_MAX} files, each of at most ${FILE_BYTES_MAX} bytes.`)
    }
    this.#guild.remember(text)
    return postMessage(this.#guild, place, {
      channel: place.id,
      author: this.user.id,
      content: text,
      embeds: [],
      components: [],
      attachments: files,
      reference: more.replyTo,
    })
  }

  /** Forwards a message into a channel, without a text by the person. */
  forward(messageId: string, channel: string): Message {
    const from = messageSeen(this.#guild, this.user.id, messageId)
    return this.#say(channel, { forwarded: from })
  }

  /** Posts a poll in a channel. */
  poll(channel: string, question: string, answers: readonly string[]): Message {
    this.#guild.remember([question, ...answers])
    return this.#say(channel, { poll: { question, answers } })
  }

  #say(channel: string, extra: Partial<Pick<Message, 'forwarded' | 'poll'>>): Message {
    const place = this.#place(channel, ['SEND_MESSAGES'])
    return postMessage(this.#guild, place, {
      channel: place.id,
      author: this.user.id,
      content: '',
      embeds: [],
      components: [],
      ...extra,
    })
  }

  /** Starts a thread in a text channel, optionally about a message. */
  startThread(
    channel: string,
    name: string,
    more: { readonly isPrivate?: boolean; readonly about?: string } = {},
  ): Channel {
    const isPrivate = more.isPrivate ?? false
    const place = this.#place(channel, [isPrivate ? 'CREATE_PRIVATE_THREADS' : 'CREATE_PUBLIC_THREADS'])
    if (place.kind !== 'text') throw new NotPossible(`There are no threads in ${channel}.`)
    if (isPrivate && more.about !== undefined) throw new NotPossible('A thread about a message is a public one.')
    const from = more.about === undefined ? undefined : messageSeen(this.#guild, this.user.id, more.about)
    if (from && this.#guild.threads.has(from.id)) throw new NotPossible('That message has its thread already.')
    this.#guild.remember(name)
    return createThread(this.#guild, place, {
      name,
      by: this.user.id,
      isPrivate,
      ...(from === undefined ? {} : { from }),
    })
  }

  /** Edits one of the person's own messages. */
  edit(messageId: string, text: string): void {
    const message = this.#own(messageId)
    this.#guild.remember(text)
    editMessage(this.#guild, message, { content: text })
  }

  /** Deletes one of the person's own messages, or, with MANAGE_MESSAGES, anybody's message. */
  remove(messageId: string): void {
    const message = messageSeen(this.#guild, this.user.id, messageId)
    if (message.author !== this.user.id) this.#place(message.channel, ['MANAGE_MESSAGES'])
    deleteMessage(this.#guild, message)
  }

  get #guild(): Guild {
    return this.#platform.guild
  }

  #own(messageId: string): Message {
    const message = messageSeen(this.#guild, this.user.id, messageId)
    if (message.author === this.user.id) return message
    throw new NotPossible(`${this.user.username} did not write that message.`)
  }

  #place(channel: string, needed: readonly PermissionName[]): Channel {
    const place = channelSeen(this.#guild, this.user.id, channel)
    if (!allows(this.#guild.permissionsOf(this.user.id, place), bitsOf(needed))) {
      throw new NotPossible(`${this.user.username} lacks ${needed.join(', ')} in ${channel}.`)
    }
    return place
  }

  #usable(channel: string): Channel {
    return this.#place(channel, ['USE_APPLICATION_COMMANDS'])
  }

  #chatCommand(
    typed: string,
  ): { readonly command: Extract<Command, { type: 1 }>; readonly path: readonly string[] } | undefined {
    const [name, ...path] = typed.replace(/^\//, '').split(' ')
    const command = this.commands.find((each) => each.type === 1 && each.name === name)
    return command?.type === 1 ? { command, path } : undefined
  }

  #idOf(command: Command): JsonObject {
    const found = this.#guild.commands.find((each) => each.command === command)
    return { id: found?.id ?? '0', guild_id: this.#guild.id }
  }

  #touch(origin: Message, data: JsonObject): Promise<Outcome> {
    return this.#interact({ kind: 'component', channel: origin.channel, origin }, { id: 1, ...data })
  }

  async #interact(by: Pick<Interaction, 'kind' | 'channel' | 'origin'>, data: JsonObject): Promise<Outcome> {
    const { guild, gateway, interactions } = this.#platform
    this.#mustBeMember()
    const interaction = interactions.begin({ ...by, user: this.user.id })
    const settled = interactions.settled(interaction)
    const isDelivered =
      guild.isInstalled && gateway.deliver('INTERACTION_CREATE', interactionPayload(guild, interaction, data))
    if (!isDelivered) interactions.giveUp(interaction, 'no-connection')
    await settled
    return new Outcome(guild, interaction)
  }

  #mustBeMember(): void {
    if (!this.#guild.members.has(this.user.id)) throw new NotPossible(`${this.user.username} left the server.`)
  }
}
