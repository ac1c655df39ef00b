import type { Card, UnreadMailNews } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { code, line } from './spans.ts'

/** Says how many mails in a mailbox could not be read. One of these mails may be a report. Names nobody. */
export function unreadMailCard({ count }: UnreadMailNews): Card {
  const mails = count === 1 ? '1 mail' : `${count} mails`
  return buildCard({
    kind: 'notice',
    title: count === 0 ? 'Every mail in the mailbox was read' : `⚠ ${mails} in the mailbox cannot be read`,
    lines:
      count === 0
        ? [line('No mail there waits to be read.')]
        : [
            line(
              'The mail server does not deliver the text, or a mail is larger than 25 MB. Embargo tries again every hour.',
            ),
            line(
              code('embargo read mails'),
              ' says in which mailbox. Look there with your mail program: it may be a report.',
            ),
          ],
    notification: notificationOf(undefined),
  })
}
