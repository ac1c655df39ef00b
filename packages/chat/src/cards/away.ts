import { PLATFORM_WORDS } from '@embargo/core'
import type { AwayNews, Card } from '@embargo/engine'
import { buildCard } from './card.ts'
import { line, strong } from './spans.ts'

/** A chat platform where nothing can be said until somebody turns a switch: which. Names no case. */
export function awayCard({ platform, what, why }: AwayNews): Card {
  const where = PLATFORM_WORDS[platform].called
  if (why === undefined)
    return buildCard({
      kind: 'notice',
      title: what === 'all' ? `${where} is there again` : `Channels can be opened on ${where} again`,
      lines: [line('What waited to be said there is said now.')],
      notification: `${where} works again`,
    })
  return buildCard({
    kind: 'notice',
    title: what === 'all' ? `Nothing can be said on ${where}` : `No channel can be opened on ${where}`,
    lines: [
      line(strong(why)),
      line(`What was to be said on ${where} waits, and nothing of it is lost. Mail and deadlines go on.`),
      line(`What is mended in ${where} is noticed by itself; after a new token, start the program again.`),
    ],
    notification: `${where} needs somebody of the team`,
  })
}
