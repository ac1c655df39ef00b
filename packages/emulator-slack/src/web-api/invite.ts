import { INVITEES_MAX } from '../limits.ts'
import type { Channel } from '../state.ts'
import { done, refused, refusedBecause } from './answer.ts'
import type { Call, Handler } from './call.ts'
import { liveChannel } from './call.ts'
import { presentChannel } from './present.ts'

const problemWith = (call: Call, channel: Channel, id: string): string | undefined => {
  const user = call.workspace.users.get(id)
  if (!user) return 'user_not_found'
  if (id === call.workspace.app.userId) return 'cant_invite_self'
  if (user.isDeleted) return 'cant_invite'
  return channel.members.has(id) ? 'already_in_channel' : undefined
}

/**
 * https://docs.slack.dev/reference/methods/conversations.invite: if one id is invalid, nobody is invited, unless
 * `force` requests to invite the valid ones.
 */
export const invite: Handler = (call) => {
  const { args, workspace } = call
  const found = liveChannel(call)
  if (!found.ok) return found.answer
  const channel = found.value
  if (channel.isDirect) return refused('method_not_supported_for_channel_type')
  const ids = args
    .need('users')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
  if (ids.length === 0) return refused('no_user')
  if (ids.length > INVITEES_MAX) {
    return refusedBecause('invalid_arguments', [`no more than ${INVITEES_MAX} items allowed [json-pointer:/users]`])
  }
  const problems = ids.flatMap((user) => {
    const error = problemWith(call, channel, user)
    return error === undefined ? [] : [{ user, ok: false, error }]
  })
  const good = ids.filter((id) => !problems.some((problem) => problem.user === id))
  const first = problems[0]
  if (first && (args.flag('force') !== true || good.length === 0)) return refused(first.error, { errors: problems })
  for (const id of good) {
    channel.members.add(id)
    call.events.memberJoined(channel, id, workspace.app.userId)
  }
  workspace.changes.announce()
  return done({
    channel: presentChannel(workspace, channel),
    ...(problems.length > 0 ? { errors: problems } : {}),
  })
}
