import { PLATFORM_WORDS } from '@embargo/core'
import type { Card, ChannelCapacityNews } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line } from './spans.ts'

/**
 * Says that a platform is running out of channels, which channels Embargo deletes, and which channels people can delete
 * themselves. On a full platform, no case can be opened.
 */
export function roomCard({ platform, used, most, isOver }: ChannelCapacityNews): Card {
  const name = PLATFORM_WORDS[platform].called
  const notification = notificationOf(undefined)
  if (isOver)
    return buildCard({
      kind: 'notice',
      title: `${name} has room for channels again`,
      lines: [line(`The server has ${used} of ${most} channels.`)],
      notification,
    })
  return buildCard({
    kind: 'notice',
    title: `⚠ ${name} runs out of channels: ${used} of ${most}`,
    lines: [
      line('For each new case, Embargo deletes the oldest archived channel whose messages it has stored.'),
      line(
        'If there is no such channel, delete channels that nobody needs: first the oldest in the category “Embargo archive”, then others. While the server is full, no case can be opened.',
      ),
    ],
    notification,
  })
}
