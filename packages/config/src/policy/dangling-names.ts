import type { Policy } from '@embargo/core'
import { listed, nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'
import { nameOf } from './path-name.ts'
import { isPlaceholder } from './repair.ts'
import type { Path, PolicyText } from './policy-text.ts'

/** Finds names that the policy does not define: of people in a project, and of projects in a list. */
export function danglingNames(policy: Policy, text: PolicyText): readonly Problem[] {
  const people: readonly string[] = policy.people.map(({ id }) => id)
  const projects = policy.projects.map(({ id }) => id)
  return [
    ...policy.projects.flatMap((project, index) =>
      unknown({ named: project.people, known: people, base: ['projects', index, 'people'], kind: 'person' }, text),
    ),
    ...policy.prenotification.lists.flatMap((list, index) =>
      unknown(
        {
          named: list.projects,
          known: projects,
          base: ['prenotification', 'lists', index, 'projects'],
          kind: 'project',
        },
        text,
      ),
    ),
  ]
}

type Names = {
  readonly named: readonly string[] | undefined
  readonly known: readonly string[]
  readonly base: Path
  readonly kind: string
}

function unknown({ named = [], known, base, kind }: Names, text: PolicyText): readonly Problem[] {
  const all = `The policy has: ${listed(known)}.`
  if (known.some(isPlaceholder)) return []
  const names = new Set(known)
  return named.flatMap((name, index): readonly Problem[] => {
    if (names.has(name)) return []
    const path = [...base, index]
    const suggestion = nearest(name, known)
    return [
      {
        at: text.place(path),
        found: name,
        because: `${nameOf(path)} names no ${kind} of this policy.`,
        instead: suggestion === undefined ? all : `Did you mean ${suggestion}? ${all}`,
      },
    ]
  })
}
