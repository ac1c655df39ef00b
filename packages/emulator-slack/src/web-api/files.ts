import type { JsonObject } from '@embargo/emulator-kit'
import { isObject, textAt } from '@embargo/emulator-kit'
import { ALT_TEXT_MAX } from '../limits.ts'
import type { Channel, StoredFile } from '../state.ts'
import { done, refused, refusedBecause } from './answer.ts'
import type { Call, Lookup, Handler } from './call.ts'
import { canSee } from './call.ts'
import { presentFile } from './present.ts'

/** https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
export const getUploadURLExternal: Handler = ({ args, files }) => {
  const length = args.number('length') ?? 0
  if (length === 0) return refused('missing_argument')
  if ((args.text('alt_txt') ?? '').length > ALT_TEXT_MAX) return refused('alt_txt_too_large')
  const { file, url } = files.issue(args.need('filename'), length)
  return done({ upload_url: url, file_id: file.id })
}

const wantedFiles = (call: Call): Lookup<{ file: StoredFile; title: string | undefined }[]> => {
  const given = call.args.json('files')
  if (!Array.isArray(given) || given.length === 0 || !given.every((each): each is JsonObject => isObject(each))) {
    return { ok: false, answer: refusedBecause('invalid_arguments', ['must provide an array [json-pointer:/files]']) }
  }
  const requested: { file: StoredFile; title: string | undefined }[] = []
  for (const each of given) {
    const file = call.workspace.files.get(textAt(each, 'id') ?? '')
    if (!file || file.completed || file.content === undefined) return { ok: false, answer: refused('file_not_found') }
    requested.push({ file, title: textAt(each, 'title') })
  }
  return { ok: true, value: requested }
}

const CHANNELS_MAX = 100

const wantedChannels = (call: Call): Lookup<Channel[]> => {
  const single = call.args.text('channel_id')
  const ids = single === undefined ? (call.args.text('channels') ?? '').split(',') : [single]
  const named = ids.map((id) => id.trim()).filter((id) => id !== '')
  if (named.length > CHANNELS_MAX) return { ok: false, answer: refused('channels_limit_exceeded') }
  const channels: Channel[] = []
  for (const id of named) {
    const channel = call.workspace.channels.get(id)
    if (!channel || !canSee(call, channel)) return { ok: false, answer: refused('channel_not_found') }
    if (channel.archived) return { ok: false, answer: refused('is_archived') }
    if (!channel.members.has(call.workspace.app.userId)) return { ok: false, answer: refused('not_in_channel') }
    channels.push(channel)
  }
  return { ok: true, value: channels }
}

/** https://docs.slack.dev/reference/methods/files.completeUploadExternal: all files of a channel are in one message. */
export const completeUploadExternal: Handler = (call) => {
  const { args, workspace } = call
  const requested = wantedFiles(call)
  if (!requested.ok) return requested.answer
  const channels = wantedChannels(call)
  if (!channels.ok) return channels.answer
  for (const { file, title } of requested.value) {
    file.completed = true
    file.title = title ?? file.title
    file.channels = channels.value.map((channel) => channel.id)
  }
  const ids = requested.value.map(({ file }) => file.id)
  for (const channel of channels.value) {
    const message = workspace.post(channel, {
      channel: channel.id,
      user: workspace.app.userId,
      fromApp: true,
      text: args.text('initial_comment') ?? '',
      blocks: [],
      threadTs: args.text('thread_ts'),
      files: ids,
    })
    call.events.messagePosted(channel, message)
  }
  workspace.changes.announce()
  return done({ files: ids.map((id) => presentFile(workspace, id)) })
}
