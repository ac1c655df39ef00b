import type { CaseState } from '@embargo/core'
import type { Action, Card, Line, UnusedCves } from '@embargo/engine'
import { timeThisYear } from '../text/times.ts'
import { buildCard, notificationOf } from './card.ts'
import { code, line, plain } from './spans.ts'

/** A card has room for at most this many ids. The newest come first. */
const MOST = 10

/**
 * How many of the newest ids get a button. Older ids get no button, because people open this card to find out whether
 * the last reservation succeeded.
 */
const MOST_BUTTONS = 3

/** Lists the ids that are reserved at the service and used by no case, so that a person can choose one. */
export function unusedCvesCard(state: CaseState, { instance, ids }: UnusedCves): Card {
  const { is, host, organization } = instance
  const shown = ids.slice(0, MOST)
  const wants = state.cve?.id === undefined
  return buildCard({
    kind: 'notice',
    title: `${state.id} · ${ids.length === 0 ? 'no unused CVE ids' : 'unused CVE ids'}`,
    lines: [
      line(`Reserved for ${organization} at the ${is} instance of CVE Services (${host}), and used by no case:`),
      ...shown.map(({ id, reservedAt }): Line => line(code(id), plain(' · reserved '), timeThisYear(reservedAt))),
      ...(ids.length > shown.length ? [line(`… ${ids.length - shown.length} older ones.`)] : []),
      ...(ids.length === 0 ? [line('There is no such id.')] : []),
    ],
    actions: wants
      ? shown.slice(0, MOST_BUTTONS).map(({ id }): Action => ({
          label: `Take ${id}`,
          verb: 'cve',
          input: { case: state.id, what: 'set', id },
        }))
      : [],
    notification: notificationOf(state),
  })
}
