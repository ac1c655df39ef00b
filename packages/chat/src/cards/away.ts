import { PLATFORM_WORDS } from '@embargo/core'
import type { AwayNews, Card } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line, strong } from './spans.ts'

const BACK = {
  all: (where: string) => `${where} is there again`,
  opening: (where: string) => `Channels can be opened on ${where} again`,
  channel: (where: string) => `Embargo can do its work in every channel on ${where} again`,
} as const

const AWAY = {
  all: (where: string) => `Nothing can be said on ${where}`,
  opening: (where: string) => `No channel can be opened on ${where}`,
  channel: (where: string) => `Something cannot be done in a case’s channel on ${where}`,
} as const

/** A chat platform where nothing can be said until somebody turns a switch: which. Names no case. */
export function awayCard({ platform, what, why }: AwayNews): Card {
  const where = PLATFORM_WORDS[platform].called
  if (why === undefined)
    return buildCard({
      kind: 'notice',
      title: BACK[what](where),
      lines: [line('What waited to be said there is said now.')],
      notification: notificationOf(undefined),
    })
  return buildCard({
    kind: 'notice',
    title: AWAY[what](where),
    lines: [
      line(strong(why)),
      line(`What was to be said on ${where} waits, and nothing of it is lost. Mail and deadlines go on.`),
      line(`What is mended in ${where} is noticed by itself; after a new token, start the program again.`),
    ],
    notification: notificationOf(undefined),
  })
}
