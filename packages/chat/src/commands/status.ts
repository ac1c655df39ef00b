import { z } from 'zod'
import { defineCommand } from '../define-command.ts'
import { about, wholeNumber } from '../option.ts'
import { refuse } from '../answers.ts'
import { manyCasesView } from '../views/many-cases.ts'
import { statusCard } from '../cards/status.ts'
import { ON_THE_CASE } from './shared/roles.ts'

export const status = defineCommand({
  verb: 'status',
  summary: 'Where a case stands, and what comes next',
  about: 'anything',
  allowed: ON_THE_CASE,
  options: {
    which: z
      .enum(['case', 'all', 'mine'])
      .exactOptional()
      .register(about, { label: 'Which', shownAs: 'case|all|mine' }),
    whole: z
      .enum(['yes'])
      .exactOptional()
      .register(about, { label: 'All of it, for who asks', hidden: true, takes: 'named' }),
    page: wholeNumber({ most: 99_999, because: 'a page is a number' })
      .exactOptional()
      .register(about, { label: 'Page' }),
  },
  run: async (call) => {
    const { which, page, whole } = call.values
    const seen = call.case
    if (which === 'all' || which === 'mine') return manyCasesView({ setting: call, which, page: Number(page ?? 1) })
    if (seen === undefined) {
      if (which === undefined) return manyCasesView({ setting: call, which: 'mine', page: 1 })
      return refuse(call, {
        gate: 'makes-sense',
        because: 'It is not clear which case this is about.',
        facts: {},
        liftedBy: [{ who: 'you', how: 'name the case, or ask in its channel' }],
      })
    }
    const { invocation, engine } = call
    const { person } = invocation.actor
    const { channel } = seen.state.channels[invocation.place.platform] ?? {}
    const inItsChannel = whole === undefined && isItsChannel(invocation.place.channel, channel)
    const card = statusCard({
      state: seen.state,
      world: seen.world,
      policy: engine.policy.policy,
      commands: call.commands,
      at: invocation.at,
      ...(await engine.queries.mailBacklog(seen.id)),
      platform: invocation.place.platform,
      ...(invocation.place.root === undefined ? {} : { root: invocation.place.root }),
      ...(person === undefined || inItsChannel ? {} : { viewer: person }),
    })
    return {
      audience: inItsChannel ? 'channel' : 'caller',
      card,
      ofCase: true,
    }
  },
})

/** Outside the case's own channel, only the caller may read it. */
const isItsChannel = (here: string | undefined, its: string | undefined): boolean => here !== undefined && here === its
