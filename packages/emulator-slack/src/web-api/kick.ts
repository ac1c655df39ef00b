import { GENERAL } from '../seeds.ts'
import { done, refused } from './answer.ts'
import type { Handler } from './call.ts'
import { insideChannel, visibleChannel } from './call.ts'

/** https://docs.slack.dev/reference/methods/conversations.kick */
export const kick: Handler = (call) => {
  const { args, workspace } = call
  const visible = visibleChannel(call)
  if (!visible.ok) return visible.answer
  const found = insideChannel(call, visible.value)
  if (!found.ok) return found.answer
  const channel = found.value
  if (channel.isDirect) return refused('method_not_supported_for_channel_type')
  if (channel.id === GENERAL) return refused('cant_kick_from_general')
  const user = args.need('user')
  if (user === workspace.app.userId) return refused('cant_kick_self')
  if (!workspace.users.has(user)) return refused('user_not_found')
  if (!channel.members.delete(user)) return refused('not_in_channel')
  call.events.memberLeft(channel, user)
  workspace.changes.announce()
  return done({ errors: {} })
}
