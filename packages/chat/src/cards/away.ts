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

/**
 * Says that a chat platform or a mail relay cannot be reached and what to do, or that it works again. Names no case.
 */
export function awayCard({ outside, what, why, passing }: OutageNews): Card {
  if (outside === 'mailbox') return mailboxCard(why, passing)
  if (outside === 'private-reports') return privateReportsCard(why, passing)
  if (what === 'return') return testMailCard(why)
  if (what === 'keys') return endingKeysCard(why)
  if (what === 'security-txt') return securityTxtCard(why)
  const isMail = outside === 'mail'
  const place = isMail ? 'the mail relay' : PLATFORM_WORDS[outside].called
  if (why === undefined)
    return buildCard({
      kind: 'notice',
      title: isMail ? 'Mail is going out again' : BACK[what](place),
      lines: [line(isMail ? 'The waiting mails are sent now.' : 'The waiting messages are posted now.')],
      notification: notificationOf(undefined),
    })
  const waits = isMail
    ? 'Outgoing mails wait, and none is lost. Incoming mail is accepted, and deadlines keep running.'
    : 'Messages wait, and none is lost. Mail is still handled, and deadlines keep running.'
  const mended = `Fix this in ${place}; Embargo notices when it works again. If you set a new token, restart the program.`
  return buildCard({
    kind: 'notice',
    title: isMail ? '⚠ Mail is not going out' : AWAY[what](place),
    lines: [line(strong(why)), line(waits), line(passing || isMail ? 'We try again every minute.' : mended)],
    notification: notificationOf(undefined),
  })
}

function mailboxCard(why: string | undefined, passing: boolean): Card {
  return buildCard({
    kind: 'notice',
    title: why === undefined ? 'Every mailbox can be read again' : '⚠ A mailbox cannot be read',
    lines:
      why === undefined
        ? [line('The mails that waited there are read now.')]
        : [
            line(strong(why)),
            line('New mail stays in the mailbox, and none is lost. Cases and deadlines go on.'),
            line(passing ? 'We try again every few minutes.' : 'Fix this, then restart the program.'),
          ],
    notification: notificationOf(undefined),
  })
}

const privateReportsCard = (why: string | undefined, passing: boolean): Card =>
  buildCard({
    kind: 'notice',
    title: why === undefined ? 'Private reports can be read again' : '⚠ Private reports cannot be read',
    lines:
      why === undefined
        ? [line('The reports that waited there are read now.')]
        : [
            line(strong(why)),
            line(
              'New reports stay on the site where they were submitted, and none is lost. Until they can be read again, look there yourself.',
            ),
            line(passing ? 'We try again every few minutes.' : 'Fix this, then restart the program.'),
          ],
    notification: notificationOf(undefined),
  })

/** Says that the daily test mail to our own address did not arrive, or that it arrives again. */
const testMailCard = (why: string | undefined): Card =>
  buildCard({
    kind: 'notice',
    title: why === undefined ? 'The test mail arrives again' : '⚠ The test mail does not arrive',
    lines:
      why === undefined
        ? [line('Mail goes out and comes in.')]
        : [
            line(strong(why)),
            line('Reports might not arrive either. Deadlines keep running.'),
            line('We try again every hour.'),
          ],
    notification: notificationOf(undefined),
  })

const endingKeysCard = (why: string | undefined): Card =>
  buildCard({
    kind: 'notice',
    title: why === undefined ? 'No OpenPGP key expires soon' : '⚠ OpenPGP keys expire soon',
    lines:
      why === undefined
        ? [line('Every key that was about to expire was extended or replaced.')]
        : [line(strong(why)), line('Mails to the owner of an expired key wait until there is a new key.')],
    notification: notificationOf(undefined),
  })

const securityTxtCard = (why: string | undefined): Card =>
  buildCard({
    kind: 'notice',
    title: why === undefined ? 'No security.txt expires soon' : '⚠ A security.txt expires soon',
    lines: [line(why === undefined ? 'The new expiry date is in the policy.' : strong(why))],
    notification: notificationOf(undefined),
  })
