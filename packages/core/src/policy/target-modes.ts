import type { TargetName } from '../shared/target-name.ts'
import type { Project } from './schema/project.ts'
import type { TargetMode } from './schema/targets.ts'

const GITHUB = /^https:\/\/(?:www\.)?github\.com\//u

/**
 * What a publication of this project does at each target. `versions` needs packages, `github` needs a repository at
 * GitHub, and `cve` needs packages or a repository. `files` is off by default unless the policy says where the records
 * are served.
 */
export function targetModes(
  project: Pick<Project, 'packages' | 'repository' | 'publisher' | 'cve' | 'targets'>,
): Readonly<Record<TargetName, TargetMode>> {
  const { packages, repository, publisher, cve, targets = {} } = project
  const described = packages !== undefined || repository !== undefined
  return {
    versions: packages === undefined ? 'off' : (targets.versions ?? 'prepare'),
    github: repository !== undefined && GITHUB.test(repository) ? (targets.github ?? 'prepare') : 'off',
    files: targets.files ?? (publisher?.records === undefined ? 'off' : 'prepare'),
    cve: described && cve === 'own' ? (targets.cve ?? 'prepare') : 'off',
  }
}
