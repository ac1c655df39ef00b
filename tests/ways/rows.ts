import { playLine, withTitles } from '../../packages/core/test/commands/play.ts'
import { ENTRIES } from '../../packages/core/test/commands/rows.ts'
import type { Situation } from './situation.ts'

/**
 * Every row of core's test tables that says when a command is refused. Each has a name, made of the command and the
 * row's title, and a function that builds the situation. The function returns undefined if no person types the command.
 */
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
