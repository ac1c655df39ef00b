import { PLATFORM_WORDS } from '@embargo/core'
import type { OutageNews, Card } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line, strong } from './spans.ts'

const BACK = {
  all: (where: string) => `${where} is back`,
  opening: (where: string) => `Channels can be opened on ${where} again`,
  channel: (where: string) => `Embargo can do its work in every channel on ${where} again`,
} as const

const AWAY = {
  all: (where: string) => `⚠ Nothing can be said on ${where}`,
  opening: (where: string) => `⚠ No channel can be opened on ${where}`,
  channel: (where: string) => `⚠ Something cannot be done in a case’s channel on ${where}`,
} as const

/** A chat platform or a mail relay that cannot be reached, with what to do, or that works again. Names no case. */
export function awayCard({ outside, what, why, passing }: OutageNews): Card {
  const isMail = outside === 'mail'
  const where = isMail ? 'the mail relay' : PLATFORM_WORDS[outside].called
  if (why === undefined)
    return buildCard({
      kind: 'notice',
      title: isMail ? 'Mail is going out again' : BACK[what](where),
      lines: [line(isMail ? 'What waited is sent now.' : 'What waited to be said there is said now.')],
      notification: notificationOf(undefined),
    })
  const waits = isMail
    ? 'The mails wait, and none is lost. New mail is taken in, and deadlines go on.'
    : 'Messages wait, and none is lost. Mail and deadlines go on.'
  const mended = `Mend it in ${where}: we notice it. After a new token, start the program again.`
  return buildCard({
    kind: 'notice',
    title: isMail ? '⚠ Mail is not going out' : AWAY[what](where),
    lines: [line(strong(why)), line(waits), line(passing || isMail ? 'We try again every minute.' : mended)],
    notification: notificationOf(undefined),
  })
}
