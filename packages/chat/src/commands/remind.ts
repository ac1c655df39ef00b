import { z } from 'zod'
import { outlook } from '@embargo/core'
import { send } from '../answers.ts'
import { buildCard, notificationOf } from '../cards/card.ts'
import { clockAbout } from '../cards/clock-about.ts'
import { line, strong } from '../cards/spans.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { time } from '../text/times.ts'
import { TEAM } from './shared/roles.ts'

export const remind = defineCommand({
  verb: 'remind',
  summary: 'List the clocks of a case, or remind of one now',
  about: 'case',
  allowed: TEAM,
  options: {
    clock: z.string().max(120).exactOptional().register(about, { label: 'Clock', suggests: 'clock' }),
  },
  run: async (call) => {
    const { clock } = call.values
    if (clock !== undefined) return send(call, { verb: 'remind', case: call.case.id, clock }, 'Reminded.')
    const { at } = call.invocation
    const running = outlook(call.engine.policy.policy, call.case.world, at)?.clocks ?? []
    return {
      audience: 'caller',
      card: buildCard({
        kind: 'status',
        title: `${call.case.id} · clocks`,
        lines:
          running.length === 0
            ? [line('No clock runs.')]
            : running.map((one) =>
                line(strong(one.clock), `: ${one.owner}: `, clockAbout(one), ' · due ', time(one.due, at)),
              ),
        actions: [],
        notification: notificationOf(call.case.state),
      }),
    }
  },
})
