import type { Card, QuotaNews, QuotaReason } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line } from './spans.ts'

const BECAUSE: Readonly<Record<QuotaReason, string>> = {
  unread: 'More mail came than can be read at once, from one sender or from all senders together.',
  day: 'More mail came in one day than Embargo stores in a day (2 GB), from one sender or from all senders together.',
  disk: 'The disk of the database is nearly full. Free some space there; no restart is needed.',
}

/**
 * Says that some new mail is refused for now, and why, or that all new mail is accepted again. The refused mail stays
 * with the servers of its senders, which retry.
 */
export function quotaCard({ refusing }: QuotaNews): Card {
  return buildCard({
    kind: 'notice',
    title: refusing === undefined ? 'All new mail is accepted again' : '⚠ Some new mail is turned away for now',
    lines:
      refusing === undefined
        ? [
            line(
              'In the last hour, no mail was turned away. The senders’ servers retry the mails that were turned away before.',
            ),
          ]
        : [
            line(BECAUSE[refusing]),
            line('The senders’ servers keep it and retry for days. Mail to open cases is counted separately.'),
            ...(refusing === 'disk'
              ? []
              : [line('If this goes on, somebody is flooding you: have your mail server block them.')]),
          ],
    notification: notificationOf(undefined),
  })
}
