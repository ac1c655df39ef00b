import type { Card, QuotaNews, QuotaReason } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line } from './spans.ts'

const BECAUSE: Readonly<Record<QuotaReason, string>> = {
  unread: 'More mail came, from one sender or from all, than can be read at once.',
  day: 'More mail came in a day, from one sender or from all, than is stored in one (2 GB).',
  disk: 'The disk of the database is nearly full. Free some space there; no restart is needed.',
}

/** New mail is refused for now and stays with its senders: why, and whose mail is still taken. */
export function quotaCard({ refusing }: QuotaNews): Card {
  return buildCard({
    kind: 'notice',
    title: refusing === undefined ? 'All new mail is taken again' : '⚠ Some new mail is turned away for now',
    lines:
      refusing === undefined
        ? [line('No mail was turned away for an hour. Senders try again with what they kept.')]
        : [
            line(BECAUSE[refusing]),
            line('Its senders keep it and try again for days; mail of open cases has room of its own.'),
            line('If it goes on, somebody floods you: have your mail server block them.'),
          ],
    notification: notificationOf(undefined),
  })
}
