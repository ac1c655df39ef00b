import { isAutomatic } from '../../deadlines/index.ts'
import { clocks } from '../../deadlines/running-clocks.ts'
import type { Clock } from '../../deadlines/clock.ts'
import type { Context } from '../../gates/gate.ts'
import type { Decision } from '../../vocabulary/decision.ts'
import { senseless, you } from '../decisions.ts'

/** The running clock whose id is `name`. Otherwise the only running clock whose id begins with `name` and a slash. */
export function resolveClock({ policy, state, release, others }: Context, name: string): Clock | Decision {
  const world = { case: state, ...(release === undefined ? {} : { release }), others }
  const running = clocks(policy, world).filter((clock) => !isAutomatic(clock))
  const query = name.toLowerCase()
  const exact = running.find(({ clock }) => clock.toLowerCase() === query)
  const alike = running.filter(({ clock }) => clock.toLowerCase().split('/')[0] === query)
  const [only] = alike
  if (exact !== undefined) return exact
  if (only !== undefined && alike.length === 1) return only
  const names = running.map(({ clock }) => clock).join(', ')
  return senseless(
    alike.length > 1 ? `Several clocks are called ${query}.` : `No clock ${query} runs in this case.`,
    you(names === '' ? 'none of its clocks runs now' : `name one of those that run: ${names}`),
  )
}
