import type { Card, StalledClocksNews } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { code, faint, line, plain, strong } from './spans.ts'

/** Named in one message; a database that is damaged may stop hundreds. */
const MOST_NAMED = 10

/** Cases in which nothing is told and nothing ends by itself: which, and what to do. Says their numbers, and nothing of them. */
export function standingCard({ cases, runAgain }: StalledClocksNews): Card {
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
      lines: [...named, line('What was due meanwhile is told now, once.')],
      notification,
    })
  return buildCard({
    kind: 'notice',
    title: `The clocks of ${of} stand still`,
    lines: [
      ...named,
      line('Embargo could not read what is due there, or could not do it. All other cases go on.'),
      line('Nobody is reminded there, no embargo ends by itself, and what was approved ahead does not begin.'),
      line(
        'Look at the deadlines there yourselves until it is mended. ',
        code('embargo log verify'),
        plain(
          ' says whether the log is whole, and the program’s own log where it fails. It is tried again each minute.',
        ),
      ),
    ],
    notification,
  })
}
