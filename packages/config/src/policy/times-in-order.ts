import type { Policy } from '@embargo/core'
import type { Problem } from '../problems/problem.ts'
import { nameOf } from './explain.ts'
import type { Path, PolicyText } from './policy-text.ts'

type Hours = { readonly from?: string | undefined; readonly to?: string | undefined }

/** Hours that end before they begin: a window that is never open, a day on which nobody works. */
export function timesInOrder(policy: Policy, text: PolicyText): readonly Problem[] {
  const own = policy.projects.flatMap(({ policy: settled }, index): readonly (readonly [Path, Hours])[] => {
    const base = ['projects', index, 'policy']
    return [
      [[...base, 'releaseWindow'], { ...policy.releaseWindow, ...settled?.releaseWindow }],
      [[...base, 'calendar', 'workingHours'], { ...policy.calendar.workingHours, ...settled?.calendar?.workingHours }],
    ]
  })
  const all: readonly (readonly [Path, Hours])[] = [
    [['releaseWindow'], policy.releaseWindow],
    [['calendar', 'workingHours'], policy.calendar.workingHours],
    ...own,
  ]
  return all.flatMap(([path, hours]) => {
    const { from = '', to = '' } = hours
    // A project that settles none of its own repeats what was said of the whole already.
    if (from < to || (path[0] === 'projects' && text.found(path) === undefined)) return []
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
  })
}
