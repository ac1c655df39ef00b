import { PLATFORM_WORDS } from '@embargo/core'
import type { CaseEvent, CaseState } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { fullTime } from '../text/dates.ts'
import { buildCard, notificationOf } from './card.ts'
import { line, strong } from './spans.ts'

type TalkEvent = Extract<CaseEvent, { type: 'TalkKept' | 'ChannelArchived' }>
export type TalkNotWhole = TalkEvent & Required<Pick<TalkEvent, 'gap'>>

export const isNotWhole = (event: TalkEvent): event is TalkNotWhole => event.gap !== undefined

/**
 * Says that a transcript could not be stored whole, because the platform no longer had all messages. Gives only the
 * number of the case.
 */
export function talkNotWholeCard(state: CaseState, { platform, gap }: TalkNotWhole): Card {
  const place = PLATFORM_WORDS[platform].called
  return buildCard({
    kind: 'notice',
    title: `${state.id} · messages of its channel on ${place} are missing from the transcript`,
    lines: [
      line(
        strong(`${place} no longer had the messages from ${fullTime(gap.since)} to ${fullTime(gap.until)}. `),
        'They were older than its retention time, or somebody deleted them. Everything that went through Embargo is in the log.',
      ),
      line(
        `If somebody has a copy, keep it with the case. Ask an admin of ${place} for a longer retention time in the channels of cases.`,
      ),
    ],
    notification: notificationOf(state),
  })
}
