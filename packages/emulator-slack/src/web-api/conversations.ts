import { CHANNEL_NAME_MAX, LIST_LIMIT_DEFAULT, LIST_LIMIT_MAX, TOPIC_MAX } from '../limits.ts'
import { GENERAL } from '../seeds.ts'
import type { Channel } from '../state.ts'
import type { Answer } from './answer.ts'
import { done, refused } from './answer.ts'
import type { Handler } from './call.ts'
import { canSee, insideChannel, liveChannel, missingScope, scopesFor, visibleChannel } from './call.ts'
import { pageOf } from './pages.ts'
import { presentChannel } from './present.ts'

// https://docs.slack.dev/reference/methods/conversations.create#naming
const badName = (name: string): Answer | undefined => {
  if (name === '') return refused('invalid_name_required')
  if (name.length > CHANNEL_NAME_MAX) return refused('invalid_name_maxlength')
  if (!/^[\p{Ll}\p{Lo}\p{M}\p{N}_-]+$/u.test(name)) return refused('invalid_name_specials')
  return /[\p{L}\p{N}]/u.test(name) ? undefined : refused('invalid_name_punctuation')
}

/** https://docs.slack.dev/reference/methods/conversations.create */
export const create: Handler = (call) => {
  const { args, workspace, scopes } = call
  const isPrivate = args.flag('is_private') ?? false
  const needed = scopesFor(call.methodScopes, isPrivate ? 'groups' : 'channels')
  if (!needed.some((scope) => scopes.has(scope))) return missingScope(needed, scopes)
  const name = args.need('name')
  const bad = badName(name)
  if (bad) return bad
  // The name of an archived channel stays taken.
  if (workspace.channelNamed(name)) return refused('name_taken')
  const channel: Channel = {
    id: workspace.nextId('C'),
    name,
    isPrivate,
    isDirect: false,
    isExternallyShared: false,
    creator: workspace.app.userId,
    createdAt: workspace.clock.wall(),
    members: new Set([workspace.app.userId]),
    topic: '',
    archived: false,
    appEjected: false,
    messages: [],
  }
  workspace.channels.set(channel.id, channel)
  workspace.changes.announce()
  return done({ channel: presentChannel(workspace, channel) })
}

/** https://docs.slack.dev/reference/methods/conversations.info */
export const info: Handler = (call) => {
  const found = visibleChannel(call)
  if (!found.ok) return found.answer
  const members = call.args.flag('include_num_members') === true ? { num_members: found.value.members.size } : {}
  return done({ channel: { ...presentChannel(call.workspace, found.value), ...members } })
}

/** https://docs.slack.dev/reference/methods/conversations.members */
export const members: Handler = (call) => {
  const found = visibleChannel(call)
  if (!found.ok) return found.answer
  const page = pageOf([...found.value.members], call.args, { standard: LIST_LIMIT_DEFAULT, max: LIST_LIMIT_MAX })
  if (!page.ok) return page.answer
  return done({ members: page.items, response_metadata: { next_cursor: page.cursor } })
}

const KINDS: Readonly<Record<string, string>> = {
  public_channel: 'channels',
  private_channel: 'groups',
  im: 'im',
  mpim: 'mpim',
}

/** https://docs.slack.dev/reference/methods/conversations.list */
export const list: Handler = (call) => {
  const { args, workspace, scopes } = call
  const kinds = (args.text('types') ?? 'public_channel').split(',').map((type) => KINDS[type.trim()])
  for (const kind of kinds) {
    if (kind === undefined) return refused('invalid_types')
    const needed = scopesFor(call.methodScopes, kind)
    if (!needed.some((scope) => scopes.has(scope))) return missingScope(needed, scopes)
  }
  const kindOf = (channel: Channel): string => {
    if (channel.isDirect) return 'im'
    return channel.isPrivate ? 'groups' : 'channels'
  }
  const all = [...workspace.channels.values()].filter(
    (channel) =>
      canSee(call, channel) &&
      kinds.includes(kindOf(channel)) &&
      !(args.flag('exclude_archived') === true && channel.archived),
  )
  const page = pageOf(all, args, { standard: LIST_LIMIT_DEFAULT, max: LIST_LIMIT_MAX })
  if (!page.ok) return page.answer
  const channels = page.items.map((channel) => presentChannel(workspace, channel))
  return done({ channels, response_metadata: { next_cursor: page.cursor } })
}

/** https://docs.slack.dev/reference/methods/conversations.setTopic */
export const setTopic: Handler = (call) => {
  const found = liveChannel(call)
  if (!found.ok) return found.answer
  if (found.value.isDirect) return refused('method_not_supported_for_channel_type')
  const topic = call.args.need('topic')
  if (topic.length > TOPIC_MAX) return refused('too_long')
  found.value.topic = topic
  call.workspace.changes.announce()
  return done({ channel: presentChannel(call.workspace, found.value) })
}

/** https://docs.slack.dev/reference/methods/conversations.rename */
export const rename: Handler = (call) => {
  const { args, workspace } = call
  const found = liveChannel(call)
  if (!found.ok) return found.answer
  const channel = found.value
  if (channel.isDirect) return refused('method_not_supported_for_channel_type')
  // Only the channel's creator or an admin may rename it, and an app is not an admin.
  if (channel.creator !== workspace.app.userId) return refused('not_authorized')
  const name = args.need('name')
  const bad = badName(name)
  if (bad) return bad
  const holder = workspace.channelNamed(name)
  if (holder && holder !== channel) return refused('name_taken')
  channel.name = name
  workspace.changes.announce()
  return done({ channel: presentChannel(workspace, channel) })
}

/** https://docs.slack.dev/reference/methods/conversations.archive: a bot that archives a channel is removed from it. */
export const archive: Handler = (call) => {
  const { workspace } = call
  const found = visibleChannel(call)
  if (!found.ok) return found.answer
  const channel = found.value
  if (channel.isDirect) return refused('method_not_supported_for_channel_type')
  if (channel.id === GENERAL) return refused('cant_archive_general')
  if (channel.archived) return refused('already_archived')
  const inside = insideChannel(call, channel)
  if (!inside.ok) return inside.answer
  channel.archived = true
  channel.appEjected = true
  channel.members.delete(workspace.app.userId)
  workspace.changes.announce()
  return done()
}
