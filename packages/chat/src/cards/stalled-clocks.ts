import type { Card, StalledClocksNews } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { code, faint, line, plain, strong } from './spans.ts'

/** So many are named in one message; a damaged database may stop hundreds. */
const MOST_NAMED = 10

/** Cases whose deadlines do not run: which ones, and what to do. Names their numbers and nothing else. */
export function stalledClocksCard({ cases, runAgain }: StalledClocksNews): Card {
  const [first = ''] = cases
  const more = cases.length - MOST_NAMED
  const names = strong(cases.slice(0, MOST_NAMED).join(', '))
  const named = cases.length === 1 ? [] : [line(names, ...(more > 0 ? [faint(` and ${more} more`)] : []))]
  const of = cases.length === 1 ? first : `${cases.length} cases`
  const notification = notificationOf(undefined)
  if (runAgain)
    return buildCard({
      kind: 'notice',
      title: `The clocks of ${of} run again`,
      lines: [...named, line('What came due meanwhile is told now, once.')],
      notification,
    })
  return buildCard({
    kind: 'notice',
    title: `The clocks of ${of} have stopped`,
    lines: [
      ...named,
      line('Embargo could not read what is due, or could not do it. All other cases go on.'),
      line('Nobody is reminded, no embargo ends, and no publication that was approved ahead begins.'),
      line(
        'Watch the deadlines yourselves until this is repaired. ',
        code('embargo log verify'),
        plain(
          ' says whether the log is intact; the program’s own log says what fails. It is tried again every minute.',
        ),
      ),
    ],
    notification,
  })
}
