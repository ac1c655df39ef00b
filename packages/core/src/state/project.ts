import type { CaseState } from './state.ts'
import type { Policy, Project } from '../policy/schema.ts'

/** The public lists on which a project publishes. Once a mail to one of them is sent, the vulnerability is public. */
export const publicLists = ({ announce, ossSecurity }: Project): readonly ('announce' | 'oss-security')[] => [
  ...(announce === undefined ? [] : (['announce'] as const)),
  ...(ossSecurity === undefined ? [] : (['oss-security'] as const)),
]

/**
 * The project of a case. @throws if the policy no longer has the project. That should not happen: a policy that drops a
 * project with open cases is refused when it is loaded.
 */
export function projectOf(policy: Policy, state: Pick<CaseState, 'project'>): Project {
  const found = policy.projects.find((project) => project.id === state.project)
  if (found === undefined) throw new Error(`the policy has no project "${state.project}"`)
  return found
}
