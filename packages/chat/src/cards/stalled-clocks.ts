import type { Card, StalledClocksNews } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { code, faint, line, plain, strong } from './spans.ts'

/** One message names at most this many cases, because a damaged database can stop the clocks of hundreds of cases. */
const MAX_NAMED = 10

/** Says which cases have deadlines that stopped, and what to do. Cases are named only by their numbers. */
export function stalledClocksCard({ cases, runAgain }: StalledClocksNews): Card {
  const [first = ''] = cases
  const more = cases.length - MAX_NAMED
  const names = strong(cases.slice(0, MAX_NAMED).join(', '))
  const named = cases.length === 1 ? [] : [line(names, ...(more > 0 ? [faint(` and ${more} more`)] : []))]
  const of = cases.length === 1 ? first : `${cases.length} cases`
  const notification = notificationOf(undefined)
  if (runAgain)
    return buildCard({
      kind: 'notice',
      title: `The deadlines of ${of} run again`,
      lines: [...named, line('Reminders that came due meanwhile are sent now, one for each deadline.')],
      notification,
    })
  return buildCard({
    kind: 'notice',
    title: `⚠ The deadlines of ${of} have stopped`,
    lines: [
      ...named,
      line('Embargo cannot read what is due, or cannot do it. All other cases continue.'),
      line(
        strong('Watch them yourselves:'),
        ' nobody is reminded, no embargo ends, and no approved publication begins.',
      ),
      line(
        'Run ',
        code('embargo audit verify'),
        plain(
          ', which says whether the log is intact. The program’s own log says what fails. We try again every minute.',
        ),
      ),
    ],
    notification,
  })
}
