import type { Delivery } from './delivery.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import type { Ack } from './sockets.ts'
import type { Channel, Message } from './state.ts'
import { presentMessage } from './web-api/present.ts'
import type { Workspace } from './workspace.ts'

type Rules = {
  readonly scopes: ReadonlySet<string>
  readonly subscribed: readonly string[] | undefined
  readonly retryMs: readonly number[]
}

/** Which subscription and which scope an event needs: https://docs.slack.dev/reference/events */
type Kind = { readonly subscription: string; readonly scope: string }

/**
 * Sends events to the app, and retries those that the app does not acknowledge:
 * https://docs.slack.dev/apis/events-api#retries
 */
export class EventFeed {
  readonly #workspace: Workspace
  readonly #delivery: Pick<Delivery, 'send'>
  readonly #rules: Rules
  readonly #timers = new Set<NodeJS.Timeout>()
  #closed = false

  constructor(workspace: Workspace, delivery: Pick<Delivery, 'send'>, rules: Rules) {
    this.#workspace = workspace
    this.#delivery = delivery
    this.#rules = rules
  }

  /** Reports a new message in a channel. */
  messagePosted(channel: Channel, message: Message): void {
    const family = familyOf(channel)
    const event = {
      ...presentMessage(this.#workspace, message),
      channel: channel.id,
      channel_type: channelType(channel),
      event_ts: message.ts,
    }
    this.#emit(channel, { subscription: `message.${family}`, scope: `${family}:history` }, event)
    if (!message.text.includes(`<@${this.#workspace.app.userId}>`) || message.fromApp) return
    this.#emit(channel, { subscription: 'app_mention', scope: 'app_mentions:read' }, { ...event, type: 'app_mention' })
  }

  /** Reports somebody who joined a channel, invited or not. */
  memberJoined(channel: Channel, user: string, inviter: string | undefined): void {
    this.#membership(channel, 'member_joined_channel', { user, ...(inviter === undefined ? {} : { inviter }) })
  }

  /** Reports somebody who opened the app's Home tab: https://docs.slack.dev/reference/events/app_home_opened */
  homeOpened(user: string, home: JsonObject | undefined): void {
    this.#send('app_home_opened', {
      type: 'app_home_opened',
      user,
      channel: this.#workspace.directChannel(user).id,
      tab: 'home',
      event_ts: this.#workspace.nextTs(),
      ...(home === undefined ? {} : { view: home }),
    })
  }

  /** Reports somebody who left a channel or was removed from it. */
  memberLeft(channel: Channel, user: string): void {
    this.#membership(channel, 'member_left_channel', { user })
  }

  /** Reports that somebody archived, unarchived or deleted a channel. */
  channelChanged(channel: Channel, change: 'archive' | 'unarchive' | 'deleted', user: string): void {
    const type = `${channel.isPrivate ? 'group' : 'channel'}_${change}`
    this.#emit(channel, kindOf(channel, type), {
      type,
      channel: channel.id,
      ...(change === 'deleted' ? {} : { user }),
      event_ts: this.#workspace.nextTs(),
    })
  }

  /** Reports that somebody renamed a channel: https://docs.slack.dev/reference/events/group_rename */
  channelRenamed(channel: Channel): void {
    const type = channel.isPrivate ? 'group_rename' : 'channel_rename'
    this.#emit(channel, kindOf(channel, type), {
      type,
      channel: {
        id: channel.id,
        name: channel.name,
        name_normalized: channel.name,
        created: Math.floor(channel.createdAt / 1000),
        is_channel: !channel.isPrivate,
        is_mpim: false,
      },
      event_ts: this.#workspace.nextTs(),
    })
  }

  /** Reports that somebody removed the app from a channel: https://docs.slack.dev/reference/events/group_left */
  appPutOut(channel: Channel, user: string): void {
    const type = channel.isPrivate ? 'group_left' : 'channel_left'
    const { subscription, scope } = kindOf(channel, type)
    if (!this.#rules.scopes.has(scope)) return
    this.#send(subscription, { type, channel: channel.id, actor_id: user, event_ts: this.#workspace.nextTs() })
  }

  /**
   * Reports that a channel is shared with another organisation: https://docs.slack.dev/reference/events/channel_shared
   */
  channelShared(channel: Channel, team: string): void {
    const event = {
      type: 'channel_shared',
      channel: channel.id,
      connected_team_id: team,
      event_ts: this.#workspace.nextTs(),
    }
    this.#emit(channel, kindOf(channel, 'channel_shared'), event)
  }

  /** Reports changed members of a user group: https://docs.slack.dev/reference/events/subteam_members_changed */
  groupChanged(
    group: string,
    change: { readonly added: readonly string[]; readonly removed: readonly string[] },
  ): void {
    if (!this.#rules.scopes.has('usergroups:read')) return
    this.#send('subteam_members_changed', {
      type: 'subteam_members_changed',
      subteam_id: group,
      team_id: this.#workspace.team.id,
      added_users: change.added,
      added_users_count: change.added.length,
      removed_users: change.removed,
      removed_users_count: change.removed.length,
      event_ts: this.#workspace.nextTs(),
    })
  }

  close(): void {
    this.#closed = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  #membership(channel: Channel, type: string, membership: JsonObject): void {
    this.#emit(
      channel,
      { subscription: type, scope: `${familyOf(channel)}:read` },
      {
        type,
        ...membership,
        channel: channel.id,
        channel_type: channel.isPrivate ? 'G' : 'C',
        team: this.#workspace.team.id,
        event_ts: this.#workspace.nextTs(),
      },
    )
  }

  // Sends an event to the app, if the app is in the channel and its scopes and subscriptions cover the event.
  #emit(channel: Channel, kind: Kind, event: JsonObject): void {
    if (!channel.members.has(this.#workspace.app.userId) || !this.#rules.scopes.has(kind.scope)) return
    this.#send(kind.subscription, event, channel.isExternallyShared)
  }

  #send(subscription: string, event: JsonObject, isShared = false): void {
    const { team, app, enterprise } = this.#workspace
    const { subscribed } = this.#rules
    if (subscribed && !subscribed.includes(subscription)) return
    const payload: JsonObject = {
      token: 'legacy-verification-token',
      team_id: team.id,
      api_app_id: app.id,
      type: 'event_callback',
      event,
      event_id: this.#workspace.nextId('Ev'),
      event_time: Math.floor(this.#workspace.clock.wall() / 1000),
      authorizations: [
        {
          enterprise_id: enterprise?.id ?? null,
          team_id: team.id,
          user_id: app.userId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: isShared,
      event_context: this.#workspace.nextId('EC'),
    }
    void this.#deliver(payload)
  }

  // Sends a payload until it is acknowledged. Each retry has the same event_id, and its own number and reason.
  async #deliver(payload: JsonObject): Promise<void> {
    let ack = await this.#delivery.send({ type: 'events_api', payload, acceptsResponse: false })
    for (const [index, delay] of this.#rules.retryMs.entries()) {
      if (ack.ok || this.#closed) return
      await this.#pause(delay)
      ack = await this.#delivery.send({
        type: 'events_api',
        payload,
        acceptsResponse: false,
        retry: { attempt: index + 1, reason: reasonOf(ack) },
      })
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        resolve()
      }, ms)
      this.#timers.add(timer)
    })
  }
}

const reasonOf = (ack: Ack): string => (!ack.ok && ack.reason === 'timeout' ? 'timeout' : 'connection_failed')

const kindOf = (channel: Channel, subscription: string): Kind => ({ subscription, scope: `${familyOf(channel)}:read` })

const familyOf = (channel: Channel): string => {
  if (channel.isDirect) return 'im'
  return channel.isPrivate ? 'groups' : 'channels'
}

const channelType = (channel: Channel): string => {
  if (channel.isDirect) return 'im'
  return channel.isPrivate ? 'group' : 'channel'
}
