import { asJson } from '@embargo/emulator-kit'
import { done, refused } from './answer.ts'
import type { Handler } from './call.ts'
import { insideChannel, liveChannel, visibleChannel } from './call.ts'
import { presentMessage } from './present.ts'

/** https://docs.slack.dev/reference/methods/pins.add */
export const add: Handler = (call) => {
  const found = liveChannel(call)
  if (!found.ok) return found.answer
  const ts = call.args.text('timestamp')
  if (ts === undefined || ts === '') return refused('no_item_specified')
  if (!/^\d+\.\d{6}$/.test(ts)) return refused('bad_timestamp')
  const message = call.workspace.messagesIn(found.value.id).find((each) => each.ts === ts)
  if (!message) return refused('message_not_found')
  if (message.pinned) return refused('already_pinned')
  message.pinned = true
  call.workspace.changes.announce()
  return done()
}

/** https://docs.slack.dev/reference/methods/pins.list */
export const list: Handler = (call) => {
  const found = visibleChannel(call)
  if (!found.ok) return found.answer
  const inside = insideChannel(call, found.value)
  if (!inside.ok) return inside.answer
  const items = call.workspace
    .messagesIn(found.value.id)
    .filter((message) => message.pinned)
    .toReversed()
    .map((message) =>
      asJson({
        type: 'message',
        channel: found.value.id,
        created_by: call.workspace.app.userId,
        message: presentMessage(call.workspace, message),
      }),
    )
  return done({ items })
}
