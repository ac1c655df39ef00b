import { UPDATE_TEXT_MAX } from '../limits.ts'
import type { Channel, Message } from '../state.ts'
import { done, refused } from './answer.ts'
import type { Call, Lookup, Handler } from './call.ts'
import { canSee, liveChannel, visibleChannel } from './call.ts'
import { readContent, readMetadata } from './content.ts'
import { presentMessage } from './present.ts'

const blockIds = (call: Call) => (): string => call.workspace.nextId('b')

// The channel to post in: https://docs.slack.dev/reference/methods/chat.postMessage#channels. A user's id stands for
// the direct messages with this user. A public channel that the app is not in needs chat:write.public.
const postable = (call: Call): Lookup<Channel> => {
  const { workspace, scopes } = call
  const id = call.args.need('channel')
  const user = workspace.users.get(id)
  if (user && !user.isDeleted) return { ok: true, value: workspace.directChannel(id) }
  const channel = workspace.channels.get(id)
  if (channel && canSee(call, channel) && !channel.isPrivate && !channel.archived && scopes.has('chat:write.public')) {
    return { ok: true, value: channel }
  }
  return liveChannel(call)
}

const rootOf = (channel: Channel, threadTs: string | undefined): Message | undefined =>
  channel.messages.find((message) => message.ts === threadTs && !message.deleted)

/** https://docs.slack.dev/reference/methods/chat.postMessage */
export const postMessage: Handler = (call) => {
  const { args, workspace } = call
  const target = postable(call)
  if (!target.ok) return target.answer
  const content = readContent({ text: args.text('text'), blocks: args.json('blocks') }, { nextId: blockIds(call) })
  if (!content.ok) return content.answer
  const metadata = readMetadata(args.json('metadata'))
  if (!metadata.ok) return metadata.answer
  const threadTs = args.text('thread_ts')
  if (threadTs !== undefined && !rootOf(target.value, threadTs)) return refused('cannot_reply_to_message')
  const message = workspace.post(target.value, {
    channel: target.value.id,
    user: workspace.app.userId,
    fromApp: true,
    ...content.value,
    threadTs,
    metadata: metadata.value,
    unfurlLinks: args.flag('unfurl_links') ?? true,
    unfurlMedia: args.flag('unfurl_media') ?? true,
  })
  call.events.messagePosted(target.value, message)
  return done({ channel: target.value.id, ts: message.ts, message: presentMessage(workspace, message) })
}

/** https://docs.slack.dev/reference/methods/chat.postEphemeral */
export const postEphemeral: Handler = (call) => {
  const { args, workspace } = call
  const target = liveChannel(call)
  if (!target.ok) return target.answer
  const content = readContent({ text: args.text('text'), blocks: args.json('blocks') }, { nextId: blockIds(call) })
  if (!content.ok) {
    return content.answer['error'] === 'msg_blocks_too_long' ? refused('msg_too_long') : content.answer
  }
  const user = args.need('user')
  if (!target.value.members.has(user)) return refused('user_not_in_channel')
  const shown = workspace.whisper({ channel: target.value.id, user, interaction: undefined, ...content.value })
  return done({ message_ts: shown.ts })
}

const ownMessage = (call: Call, refusal: string): Lookup<{ channel: Channel; message: Message }> => {
  const found = visibleChannel(call)
  if (!found.ok) return found
  const message = rootOf(found.value, call.args.need('ts'))
  if (!message) return { ok: false, answer: refused('message_not_found') }
  if (!message.fromApp || !found.value.members.has(call.workspace.app.userId)) {
    return { ok: false, answer: refused(found.value.archived ? 'is_archived' : refusal) }
  }
  return { ok: true, value: { channel: found.value, message } }
}

/** https://docs.slack.dev/reference/methods/chat.update */
export const update: Handler = (call) => {
  const { args, workspace } = call
  const own = ownMessage(call, 'cant_update_message')
  if (!own.ok) return own.answer
  const { channel, message } = own.value
  if (channel.archived) return refused('is_archived')
  const content = readContent(
    { text: args.text('text'), blocks: args.json('blocks') },
    { nextId: blockIds(call), textMax: UPDATE_TEXT_MAX },
  )
  if (!content.ok) return content.answer
  const metadata = readMetadata(args.json('metadata'))
  if (!metadata.ok) return metadata.answer
  message.edits.push({ text: message.text, blocks: message.blocks })
  // An update with only text removes the blocks, and one with only blocks removes the text.
  message.text = content.value.text
  message.blocks = content.value.blocks
  if (args.has('metadata')) message.metadata = metadata.value
  workspace.changes.announce()
  return done({ channel: channel.id, ts: message.ts, text: message.text, message: presentMessage(workspace, message) })
}

/** https://docs.slack.dev/reference/methods/chat.delete */
export const remove: Handler = (call) => {
  const own = ownMessage(call, 'cant_delete_message')
  if (!own.ok) return own.answer['error'] === 'is_archived' ? refused('cant_delete_message') : own.answer
  own.value.message.deleted = true
  call.workspace.changes.announce()
  return done({ channel: own.value.channel.id, ts: own.value.message.ts })
}
