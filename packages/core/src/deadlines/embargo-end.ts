import { embargoInForce } from '../state/embargo/evolve.ts'
import { DAY, later } from '../shared/instant.ts'
import type { Moment } from './clock.ts'
import { defineDeadline } from './definition.ts'

/**
 * Two weeks before the end, there is time to finish a fix. One day before the end, there is still time to publish
 * without a fix.
 */
const WARNINGS_DAYS_AHEAD = [14, 7, 1]

/**
 * Runs to the end of the embargo. People are warned before the embargo ends. The end of the embargo publishes nothing,
 * unless a publication was approved in advance and its time has come.
 */
export const embargoEnd = defineDeadline({
  name: 'embargo-end',
  words: 'the embargo ends',
  channelWords: 'publish before the embargo ends',
  starts: 'the report comes in',
  due: 'at the end of the embargo, with warnings 14, 7 and 1 days before',
  priority: 1,
  mailedAtOnce: true,
  atEnd: 'embargo-ends',
  beginsPublication: true,
  runs: ({ state }) => {
    if (!embargoInForce(state.em)) return []
    const start = state.openedAt
    const due = state.em.end
    const warnings = WARNINGS_DAYS_AHEAD.map((days) => later(due, -days * DAY))
      .filter((moment) => moment > start)
      .toSorted((a, b) => a - b)
      // The last warning goes to the whole team, because there is no time for another warning.
      .map((at, index, all): Moment => {
        const hears = index === all.length - 1 ? 'team' : 'owner'
        return { fraction: (at - start) / (due - start), at, hears }
      })
    const end: Moment = { fraction: 1, at: due, breach: true, hears: 'admins' }
    return [{ start, due, round: due, moments: [...warnings, end] }]
  },
})
