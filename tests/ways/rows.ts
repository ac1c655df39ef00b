import { playLine, withTitles } from '../../packages/core/test/commands/play.ts'
import { ENTRIES } from '../../packages/core/test/commands/rows.ts'
import type { Situation } from './situation.ts'

/** Every row of core's tables in which a command is refused, by the command and the row's title. */
export const ROWS: readonly (readonly [string, () => Situation | undefined])[] = ENTRIES.flatMap(
  ([verb, { refused, ...row }]) =>
    withTitles(refused).map(
      ([title, line]) =>
        [
          `${verb}: ${title}`,
          (): Situation | undefined => {
            const { scenario, request, actor } = playLine({ refused, ...row }, line)
            const { policy, now, states } = scenario
            if (actor.kind !== 'person' || actor.person === undefined) return undefined
            return { policy, now, states: new Map(states), request, by: actor.person }
          },
        ] as const,
    ),
)
