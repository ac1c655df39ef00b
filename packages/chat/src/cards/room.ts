import { PLATFORM_WORDS } from '@embargo/core'
import type { Card, ChannelCapacityNews } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line } from './spans.ts'

/**
 * A platform that runs out of channels: which ones are removed in time, and what people can delete before there is no
 * room for new cases.
 */
export function roomCard({ platform, used, most, isOver }: ChannelCapacityNews): Card {
  const name = PLATFORM_WORDS[platform].called
  const notification = notificationOf(undefined)
  if (isOver)
    return buildCard({
      kind: 'notice',
      title: `${name} has room for channels again`,
      lines: [line(`The server holds ${used} channels of ${most}.`)],
      notification,
    })
  return buildCard({
    kind: 'notice',
    title: `⚠ ${name} runs out of channels: ${used} of ${most}`,
    lines: [
      line('For each case that opens, Embargo deletes the oldest archived channel of which it keeps what was said.'),
      line(
        'If it has none, delete channels that nobody needs: first the oldest in the category “Embargo archive”, then others. No case can be opened while the server is full.',
      ),
    ],
    notification,
  })
}
