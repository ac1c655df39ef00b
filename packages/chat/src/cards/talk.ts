import { PLATFORM_WORDS } from '@embargo/core'
import type { CaseEvent, CaseState } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { fullTime } from '../text/dates.ts'
import { buildCard, notificationOf } from './card.ts'
import { line, strong } from './spans.ts'

type TalkEvent = Extract<CaseEvent, { type: 'TalkKept' | 'ChannelArchived' }>
export type TalkNotWhole = TalkEvent & Required<Pick<TalkEvent, 'gap'>>

export const isNotWhole = (event: TalkEvent): event is TalkNotWhole => event.gap !== undefined

/** A transcript should be stored, but the platform no longer had all messages. Names the case by its number only. */
export function talkNotWholeCard(state: CaseState, { platform, gap }: TalkNotWhole): Card {
  const place = PLATFORM_WORDS[platform].called
  return buildCard({
    kind: 'notice',
    title: `${state.id} · what was said in its channel on ${place} is not kept whole`,
    lines: [
      line(
        strong(`${place} no longer had the messages from ${fullTime(gap.since)} to ${fullTime(gap.until)}. `),
        'It deletes messages that are older than it is told to keep, or somebody deleted them. All that went through Embargo is in the log.',
      ),
      line(
        `If somebody has a copy, keep it with the case. Ask an admin of ${place} to keep the channels of cases for longer.`,
      ),
    ],
    notification: notificationOf(state),
  })
}
