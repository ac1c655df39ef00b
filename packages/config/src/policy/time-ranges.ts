import type { Policy } from '@embargo/core'
import type { Problem } from '../problems/problem.ts'
import { nameOf } from './path-name.ts'
import type { Path, PolicyText } from './policy-text.ts'
import { setsAny, scopesOf } from './scopes.ts'

type Hours = { readonly from: string; readonly to: string }

const HOURS: readonly { readonly at: Path; readonly of: (policy: Policy) => Hours }[] = [
  { at: ['releaseWindow'], of: ({ releaseWindow }) => releaseWindow },
  { at: ['calendar', 'workingHours'], of: ({ calendar }) => calendar.workingHours },
]

/** Finds time ranges that end before they begin, such as a release window that never opens. */
export function reversedTimeRanges(policy: Policy, text: PolicyText): readonly Problem[] {
  return scopesOf(policy).flatMap((place) =>
    HOURS.flatMap(({ at, of }): readonly Problem[] => {
      const { from, to } = of(place.own)
      if (
        from < to ||
        !setsAny(text, place, [
          [...at, 'from'],
          [...at, 'to'],
        ])
      )
        return []
      const path = [...place.base, ...at]
      const end = [...path, 'to']
      const found = text.found(end)
      return [
        {
          at: text.place(end),
          ...(found === undefined ? {} : { found }),
          because: `${nameOf(path)} ends at ${to}, which is not after ${from}.`,
          instead: 'Write an end that comes later on the same day.',
        },
      ]
    }),
  )
}
