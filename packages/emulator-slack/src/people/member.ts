import type { Block } from '../blocks/blocks.ts'
import { asJson } from '@embargo/emulator-kit'
import type { Channel, Message, User } from '../state.ts'
import type { Upload } from '../files-desk.ts'
import type { Platform } from '../web-api/call.ts'
import type { Draft } from '../workspace.ts'
import { escapeTyped } from './escape.ts'
import { NotPossible } from './not-possible.ts'
import type { LinkedPage } from './shares.ts'
import { forwardedMessage, linkPreview } from './shares.ts'

type MessageParts = Pick<Draft, 'text' | 'threadTs' | 'isBroadcast' | 'attachments' | 'files'>

/** The user of another app, which is not under test. */
const OTHER_APP = 'U0OTHERAPP'

/**
 * A member of the workspace, with what a person can do in channels even without the app under test. `Person` adds what
 * needs the app, such as commands, buttons and modals.
 */
export class Member {
  readonly user: User
  protected readonly platform: Platform

  constructor(user: User, platform: Platform) {
    this.user = user
    this.platform = platform
  }

  say(channel: string, text: string, threadTs?: string): Message {
    return this.#says(channel, { text, threadTs })
  }

  /** Answers in a thread and also sends the answer to the channel. */
  sayInBoth(channel: string, text: string, threadTs: string): Message {
    return this.#says(channel, { text, threadTs, isBroadcast: true })
  }

  /** Forwards a message into a channel, optionally with the person's own text. */
  forward(channel: string, message: Message, text = ''): Message {
    return this.#says(channel, { text, attachments: [forwardedMessage(this.platform.workspace, message)] })
  }

  /** Writes a link, for which Slack shows a preview of the page. */
  link(channel: string, text: string, page: LinkedPage): Message {
    return this.#says(channel, { text, attachments: [linkPreview(page)] })
  }

  /** Adds a file to a channel, or to a thread of it. */
  showFile(channel: string, upload: Upload, threadTs?: string): Message {
    const { id } = this.platform.files.add(this.user.id, upload)
    return this.#says(channel, { text: '', threadTs, files: [String(id)] })
  }

  /** Posts blocks in a channel through another app, as any app in the channel may. */
  sayByApp(channel: string, blocks: readonly Block[]): Message {
    const { workspace, events } = this.platform
    const place = this.channel(channel)
    workspace.remember(asJson(blocks))
    const draft = { channel: place.id, user: OTHER_APP, fromApp: false, text: '', blocks, threadTs: undefined }
    const message = workspace.post(place, draft)
    events.messagePosted(place, message)
    return message
  }

  /** Invites somebody to a channel. In Slack, any member of a channel may do this, even if the channel is private. */
  invite(channel: string, userId: string): void {
    const { workspace, events } = this.platform
    const place = this.channel(channel)
    if (!workspace.users.has(userId)) throw new NotPossible(`There is nobody with the id ${userId}.`)
    if (place.members.has(userId)) throw new NotPossible(`${userId} is in the channel already.`)
    place.members.add(userId)
    if (userId === workspace.app.userId) place.appEjected = false
    workspace.changes.announce()
    events.memberJoined(place, userId, this.user.id)
  }

  /** Removes a person or the app from a channel. */
  putOut(channel: string, userId: string): void {
    const { workspace, events } = this.platform
    const place = this.channel(channel)
    if (!place.members.delete(userId)) throw new NotPossible(`${userId} is not in the channel.`)
    workspace.changes.announce()
    if (userId === workspace.app.userId) events.appPutOut(place, this.user.id)
    else events.memberLeft(place, userId)
  }

  /** Joins a public channel. */
  join(channel: string): void {
    const { workspace, events } = this.platform
    const place = this.named(channel)
    if (place.isPrivate || place.archived)
      throw new NotPossible(`#${place.name} is private or archived, so nobody can join it.`)
    place.members.add(this.user.id)
    workspace.changes.announce()
    events.memberJoined(place, this.user.id, undefined)
  }

  leave(channel: string): void {
    const { workspace, events } = this.platform
    const place = this.channel(channel)
    place.members.delete(this.user.id)
    workspace.changes.announce()
    events.memberLeft(place, this.user.id)
  }

  /** Archives a channel. The app stays in it and gets the event. */
  archive(channel: string): void {
    const { workspace, events } = this.platform
    const place = this.channel(channel)
    events.channelChanged(place, 'archive', this.user.id)
    place.archived = true
    workspace.changes.announce()
  }

  /** Unarchives a channel. An app that archived it stays out of it. */
  unarchive(channel: string): void {
    const { workspace, events } = this.platform
    const place = this.named(channel)
    if (!place.archived) throw new NotPossible(`#${place.name} is not archived.`)
    place.archived = false
    workspace.changes.announce()
    events.channelChanged(place, 'unarchive', this.user.id)
  }

  /** Deletes a channel with all of its messages. */
  deleteChannel(channel: string): void {
    const { workspace, events } = this.platform
    const place = this.named(channel)
    events.channelChanged(place, 'deleted', this.user.id)
    workspace.channels.delete(place.id)
    workspace.changes.announce()
  }

  rename(channel: string, name: string): void {
    const { workspace, events } = this.platform
    const place = this.channel(channel)
    if (workspace.channelNamed(name)) throw new NotPossible(`There is already a channel ${name}.`)
    place.name = name
    workspace.changes.announce()
    events.channelRenamed(place)
  }

  /** Shares a channel with another organisation. */
  share(channel: string, withTeam = 'T0ELSEWHERE'): void {
    const { workspace, events } = this.platform
    const place = this.channel(channel)
    place.isExternallyShared = true
    workspace.changes.announce()
    events.channelShared(place, withTeam)
  }

  /** Stops sharing a channel. The app gets no event. */
  unshare(channel: string): void {
    this.channel(channel).isExternallyShared = false
    this.platform.workspace.changes.announce()
  }

  /** Makes a private channel public. Slack has no event for this. */
  makePublic(channel: string): void {
    this.channel(channel).isPrivate = false
    this.platform.workspace.changes.announce()
  }

  /** Makes these people the only members of a user group, as an admin may. */
  setGroup(group: string, users: readonly string[]): void {
    const { workspace, events } = this.platform
    const found = workspace.userGroups.get(group)
    if (!found) throw new NotPossible(`There is no user group ${group}.`)
    const before = found.users
    found.users = [...users]
    workspace.changes.announce()
    events.groupChanged(group, {
      added: users.filter((user) => !before.includes(user)),
      removed: before.filter((user) => !users.includes(user)),
    })
  }

  #says(channel: string, { text, threadTs, ...more }: MessageParts): Message {
    const { workspace, events } = this.platform
    const place = this.channel(channel)
    workspace.remember(text)
    const message = workspace.post(place, {
      channel: place.id,
      user: this.user.id,
      fromApp: false,
      text: escapeTyped(workspace, text),
      blocks: [],
      threadTs,
      ...more,
    })
    events.messagePosted(place, message)
    return message
  }

  protected named(nameOrId: string): Channel {
    const { workspace } = this.platform
    const channel = workspace.channels.get(nameOrId) ?? workspace.channelNamed(nameOrId.replace(/^#/, ''))
    if (!channel) throw new NotPossible(`There is no channel ${nameOrId}.`)
    return channel
  }

  protected channel(nameOrId: string): Channel {
    const channel = this.named(nameOrId)
    if (!channel.members.has(this.user.id)) throw new NotPossible(`${this.user.name} is not in ${nameOrId}.`)
    if (channel.archived) throw new NotPossible(`${nameOrId} is archived.`)
    return channel
  }
}
