import type { Json, JsonObject } from '@embargo/emulator-kit'
import { asJson, asJsonObject } from '@embargo/emulator-kit'
import type { Channel, Home, Message, OpenView, User } from '../state.ts'
import type { Workspace } from '../workspace.ts'

const repliesTo = (workspace: Workspace, { ts, channel }: Message): number =>
  workspace.messagesIn(channel).filter((each) => each.threadTs === ts && each.ts !== ts).length

/** A message as Slack shows it to an app. */
export const presentMessage = (workspace: Workspace, message: Message, withMetadata = false): JsonObject =>
  asJsonObject({
    type: 'message',
    ...(message.isBroadcast ? { subtype: 'thread_broadcast' } : {}),
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: workspace.team.id,
    ...(message.fromApp ? { bot_id: workspace.app.botId, app_id: workspace.app.id } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(repliesTo(workspace, message) === 0
      ? {}
      : { thread_ts: message.ts, reply_count: repliesTo(workspace, message) }),
    ...(message.edits.length > 0 ? { edited: { user: message.user, ts: message.ts } } : {}),
    ...(message.pinned ? { pinned_to: [message.channel] } : {}),
    ...(message.files.length > 0 ? { files: message.files.map((id) => presentFile(workspace, id)) } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  })

/** A file as Slack shows it. */
export const presentFile = (workspace: Workspace, id: string): Json => {
  const file = workspace.files.get(id)
  return asJson({ id, name: file?.name, title: file?.title, size: file?.length, mimetype: file?.type })
}

/** A channel as Slack shows it. */
export const presentChannel = (workspace: Workspace, channel: Channel): JsonObject =>
  asJsonObject({
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    created: Math.floor(channel.createdAt / 1000),
    creator: channel.creator,
    is_channel: !channel.isPrivate,
    is_group: channel.isPrivate && !channel.isDirect,
    is_im: channel.isDirect,
    is_mpim: false,
    is_private: channel.isPrivate,
    is_archived: channel.archived,
    is_general: channel.name === 'general',
    is_shared: channel.isExternallyShared,
    is_ext_shared: channel.isExternallyShared,
    is_org_shared: false,
    is_member: channel.members.has(workspace.app.userId),
    context_team_id: workspace.team.id,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  })

/** A user as Slack shows it; the address only with users:read.email. */
export const presentUser = (workspace: Workspace, user: User, withEmail: boolean): JsonObject =>
  asJsonObject({
    id: user.id,
    team_id: user.isStranger ? `${workspace.team.id}ELSE` : workspace.team.id,
    name: user.name,
    real_name: user.realName,
    deleted: user.isDeleted,
    is_bot: user.isBot,
    is_restricted: user.isGuest,
    is_ultra_restricted: false,
    ...(user.isStranger ? { is_stranger: true } : {}),
    tz: user.timeZone,
    profile: {
      real_name: user.realName,
      display_name: user.name,
      ...(withEmail && user.email !== undefined ? { email: user.email } : {}),
    },
  })

/** A Home tab as Slack shows it. */
export const presentHome = (workspace: Workspace, home: Home): JsonObject =>
  asJsonObject({
    id: home.id,
    team_id: workspace.team.id,
    app_id: workspace.app.id,
    bot_id: workspace.app.botId,
    type: 'home',
    blocks: home.view.blocks,
    callback_id: home.view.callback_id ?? '',
    external_id: home.view.external_id ?? '',
    private_metadata: home.view.private_metadata ?? '',
    hash: home.hash,
    root_view_id: home.id,
    previous_view_id: null,
    state: { values: {} },
  })

/** A view as Slack shows it: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export const presentView = (workspace: Workspace, open: OpenView): JsonObject => {
  const { view } = open
  const values = [...open.values].map(([block, actions]) => [block, Object.fromEntries(actions)])
  return asJsonObject({
    id: open.id,
    team_id: workspace.team.id,
    app_id: workspace.app.id,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.app.botId,
    type: 'modal',
    title: view.title,
    blocks: view.blocks,
    submit: view.submit ?? null,
    close: view.close ?? null,
    callback_id: view.callback_id ?? '',
    external_id: view.external_id ?? '',
    private_metadata: view.private_metadata ?? '',
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    hash: open.hash,
    root_view_id: open.rootId,
    previous_view_id: open.previousId ?? null,
    state: { values: Object.fromEntries(values) },
  })
}
