import { outlook } from '@embargo/core'
import type { Card } from '@embargo/engine'
import type { CaseCall } from '../chat-command.ts'
import { time } from '../text/times.ts'
import { buildCard, notificationOf } from './card.ts'
import { clockAbout } from './clock-about.ts'
import { line, strong } from './spans.ts'

/** The clocks that run in a case, each with the person who is reminded. */
export function clocksCard({ case: seen, engine, invocation: { at } }: CaseCall<unknown>): Card {
  const running = outlook(engine.policy.policy, seen.world, at)?.clocks ?? []
  return buildCard({
    kind: 'status',
    title: `${seen.id} · clocks`,
    lines:
      running.length === 0
        ? [line('No clock runs.')]
        : running.map((one) =>
            line(strong(one.clock), `: ${one.owner}: `, clockAbout(one), ' · due ', time(one.due, at)),
          ),
    notification: notificationOf(seen.state),
  })
}
