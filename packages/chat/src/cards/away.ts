import type { Platform } from '@embargo/core'
import type { AwayNews, Card } from '@embargo/engine'
import { buildCard } from './card.ts'
import { line, strong } from './spans.ts'

const CALLED: Readonly<Record<Platform, string>> = { slack: 'Slack', discord: 'Discord', terminal: 'the terminal' }

/** A chat platform where nothing can be said until somebody turns a switch: which. Names no case. */
export function awayCard({ platform, why }: AwayNews): Card {
  const where = CALLED[platform]
  if (why === undefined)
    return buildCard({
      kind: 'notice',
      title: `${where} is there again`,
      lines: [line('What waited to be said there is said now.')],
      notification: `${where} is there again`,
    })
  return buildCard({
    kind: 'notice',
    title: `Nothing can be said on ${where}`,
    lines: [
      line(strong(why)),
      line(`What was to be said on ${where} waits, and nothing of it is lost. Mail and deadlines go on.`),
      line(`What is mended in ${where} is noticed by itself; after a new token, start the program again.`),
    ],
    notification: `nothing can be said on ${where}; somebody must turn a switch there`,
  })
}
