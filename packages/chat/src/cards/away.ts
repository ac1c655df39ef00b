import { PLATFORM_WORDS } from '@embargo/core'
import type { OutageNews, Card } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line, strong } from './spans.ts'

const BACK = {
  all: (place: string) => `${place} is back`,
  opening: (place: string) => `Channels can be opened on ${place} again`,
  channel: (place: string) => `Embargo can do its work in every channel on ${place} again`,
} as const

const AWAY = {
  all: (place: string) => `⚠ Nothing can be posted on ${place}`,
  opening: (place: string) => `⚠ No channel can be opened on ${place}`,
  channel: (place: string) => `⚠ Something cannot be done in a case’s channel on ${place}`,
} as const

/** A chat platform or a mail relay that cannot be reached, with what to do, or that works again. Names no case. */
export function awayCard({ outside, what, why, passing }: OutageNews): Card {
  const isMail = outside === 'mail'
  const place = isMail ? 'the mail relay' : PLATFORM_WORDS[outside].called
  if (why === undefined)
    return buildCard({
      kind: 'notice',
      title: isMail ? 'Mail is going out again' : BACK[what](place),
      lines: [line(isMail ? 'What waited is sent now.' : 'What waited is posted now.')],
      notification: notificationOf(undefined),
    })
  const waits = isMail
    ? 'The mails wait, and none is lost. New mail is taken in, and deadlines go on.'
    : 'Messages wait, and none is lost. Mail and deadlines go on.'
  const mended = `Fix it in ${place}; Embargo notices. After a new token, start the program again.`
  return buildCard({
    kind: 'notice',
    title: isMail ? '⚠ Mail is not going out' : AWAY[what](place),
    lines: [line(strong(why)), line(waits), line(passing || isMail ? 'We try again every minute.' : mended)],
    notification: notificationOf(undefined),
  })
}
