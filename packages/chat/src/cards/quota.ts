import type { Card, QuotaNews, QuotaReason } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line } from './spans.ts'

const BECAUSE: Readonly<Record<QuotaReason, string>> = {
  unread: 'More mail came than can be read at once.',
  day: 'More mail came in a day than is stored in one (2 GB).',
  disk: 'The disk of the database is nearly full. Free some space there; no restart is needed.',
}

/** That mail is left with its senders, why, and whom it does not concern. */
export function quotaCard({ refusing }: QuotaNews): Card {
  return buildCard({
    kind: 'notice',
    title: refusing === undefined ? 'New mail is taken again' : 'New mail is turned away for now',
    lines:
      refusing === undefined
        ? [line('No mail was turned away for an hour. What senders kept meanwhile comes by and by.')]
        : [
            line(BECAUSE[refusing]),
            line('Its senders keep it and try again for days; mail of open cases is still taken.'),
            line('If this goes on, somebody floods you: have your mail server block the sender.'),
          ],
    notification: notificationOf(undefined),
  })
}
