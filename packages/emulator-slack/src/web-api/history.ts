import { HISTORY_LIMIT_DEFAULT, HISTORY_LIMIT_MAX, LIST_LIMIT_MAX } from '../limits.ts'
import { done, refused } from './answer.ts'
import type { Handler } from './call.ts'
import { insideChannel, visibleChannel } from './call.ts'
import { pageOf } from './pages.ts'
import { presentMessage } from './present.ts'

const TIMESTAMP = /^\d+(?:\.\d{1,6})?$/

/**
 * https://docs.slack.dev/reference/methods/conversations.history: newest first, without replies in threads, except
 * those that were also sent to the channel.
 */
export const history: Handler = (call) => {
  const { args, workspace } = call
  const found = visibleChannel(call)
  if (!found.ok) return found.answer
  const inside = insideChannel(call, found.value)
  if (!inside.ok) return inside.answer
  const oldest = args.text('oldest')
  const latest = args.text('latest')
  if (oldest !== undefined && !TIMESTAMP.test(oldest)) return refused('invalid_ts_oldest')
  if (latest !== undefined && !TIMESTAMP.test(latest)) return refused('invalid_ts_latest')
  const inclusive = args.flag('inclusive') ?? false
  const wanted = workspace
    .messagesIn(found.value.id)
    .filter(({ threadTs, ts, isBroadcast }) => threadTs === undefined || threadTs === ts || isBroadcast)
    .filter((message) => isAfter(message.ts, oldest, inclusive) && isBefore(message.ts, latest, inclusive))
    .toReversed()
  const page = pageOf(wanted, args, { standard: HISTORY_LIMIT_DEFAULT, max: HISTORY_LIMIT_MAX })
  if (!page.ok) return page.answer
  const withMetadata = args.flag('include_all_metadata') ?? false
  return done({
    messages: page.items.map((message) => presentMessage(workspace, message, withMetadata)),
    has_more: page.cursor !== '',
    pin_count: wanted.filter((message) => message.pinned).length,
    response_metadata: { next_cursor: page.cursor },
  })
}

/** https://docs.slack.dev/reference/methods/conversations.replies: the parent, then its replies, oldest first. */
export const replies: Handler = (call) => {
  const { args, workspace } = call
  const found = visibleChannel(call)
  if (!found.ok) return found.answer
  const inside = insideChannel(call, found.value)
  if (!inside.ok) return inside.answer
  const ts = args.need('ts')
  const thread = workspace.messagesIn(found.value.id).filter((each) => each.ts === ts || each.threadTs === ts)
  if (thread.length === 0) return refused('thread_not_found')
  const page = pageOf(thread, args, { standard: LIST_LIMIT_MAX, max: LIST_LIMIT_MAX })
  if (!page.ok) return page.answer
  const withMetadata = args.flag('include_all_metadata') ?? false
  return done({
    messages: page.items.map((message) => presentMessage(workspace, message, withMetadata)),
    has_more: page.cursor !== '',
    response_metadata: { next_cursor: page.cursor },
  })
}

// A timestamp in whole microseconds for comparisons, because seconds with six decimals do not fit a double exactly.
const micros = (ts: string): bigint => {
  const [seconds = '0', fraction = ''] = ts.split('.')
  return BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
}

const isAfter = (ts: string, bound: string | undefined, inclusive: boolean): boolean =>
  bound === undefined || micros(ts) > micros(bound) || (inclusive && micros(ts) === micros(bound))

const isBefore = (ts: string, bound: string | undefined, inclusive: boolean): boolean =>
  bound === undefined || micros(ts) < micros(bound) || (inclusive && micros(ts) === micros(bound))
