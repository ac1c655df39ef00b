import { accessSync, constants, statSync } from 'node:fs'
import { safeJson } from '@embargo/chat'
import type { Config } from '@embargo/config'
import { cveGap, TARGET_NAMES, targetModes } from '@embargo/core'
import type { Project, TargetName } from '@embargo/core'
import { repositoryAt } from '@embargo/github'
import { exitCodeOf, factsOf, lineOf } from './checks.ts'
import type { Check } from './checks.ts'
import type { CliContext } from './context.ts'

/** Says for each project and target what a publication does there, and which setting is missing. Calls no service. */
export async function doctorPublication({ config, output }: CliContext, json: boolean): Promise<number> {
  const known = config()
  const checks = known.policy.policy.projects.flatMap((project) => [
    ...TARGET_NAMES.map((target) => targetCheck(known, project, target)),
    ...idChecks(known, project),
  ])
  if (json) output.out(safeJson({ is: 'publication-doctor', checks: checks.map(factsOf) }))
  else for (const check of checks) output.out(lineOf(check))
  return exitCodeOf(checks)
}

const WORDS: Readonly<Record<TargetName, string>> = {
  versions: 'the check of the fixed versions',
  github: 'the advisory at GitHub',
  files: 'the files',
  cve: 'the CVE record',
}

function targetCheck(config: Config, project: Project, target: TargetName): Check {
  const mode = targetModes(project)[target]
  const written = project.targets?.[target]
  const what = `${project.id}: ${WORDS[target]}, ${mode}`
  if (mode === 'off' && written !== undefined && written !== 'off')
    return { what, ok: false, warning: true, todo: `The policy says ${written}, but ${NEEDS[target]}` }
  if (mode === 'off') return { what, ok: true }
  if (mode === 'prepare') return { what, ok: true, note: 'a person does it' }
  const missing = missingFor(config, project, target)
  return missing === undefined ? { what, ok: true } : { what, ok: false, todo: missing }
}

/** Completes “The policy says …, but”: why the project cannot have the target, and what to write in the policy. */
const NEEDS: Readonly<Record<TargetName, string>> = {
  versions: 'it names no packages of the project. Write `packages`.',
  github: 'the repository of the project is not at GitHub. Write `repository`.',
  files: 'the project has no files.',
  cve: 'the project is not a CNA, or names neither packages nor a repository. Write `cve: own` and `packages`.',
}

/**
 * What must be set or corrected before a publication can do its step for the target; undefined if nothing is missing.
 * With a missing setting, that step would never end or be left out.
 */
function missingFor(
  { github, publish, cveServices }: Config,
  project: Project,
  target: TargetName,
): string | undefined {
  switch (target) {
    case 'versions':
      return undefined
    case 'github': {
      if (github === undefined)
        return 'Set EMBARGO_GITHUB_APP and EMBARGO_GITHUB_KEY_FILE, or EMBARGO_GITHUB_TOKEN. Then: embargo doctor github'
      return repositoryAt(project.repository ?? '', github.apiUrl) === undefined
        ? `${project.repository ?? ''} is not the address of a repository. Write it like https://github.com/owner/name.`
        : undefined
    }
    case 'files':
      return publish?.folder === undefined ? 'Set EMBARGO_PUBLISH_FOLDER.' : folderProblem(publish.folder)
    case 'cve': {
      const gap = cveGap(project)
      if (gap !== undefined) return `The record is left out, because ${gap.because}. ${gap.instead}`
      const { github: advisory, files } = targetModes(project)
      if (advisory === 'off' && files === 'publish' && publish?.url === undefined)
        return 'Set EMBARGO_PUBLISH_URL, because the record links to the file of the advisory.'
      if (cveServices === undefined)
        return 'Set EMBARGO_CVE_ORG, EMBARGO_CVE_USER and EMBARGO_CVE_KEY. Then: embargo doctor cve'
      return cveServices.instance === 'test'
        ? 'The credentials are for the test instance, whose records are not real. Set EMBARGO_CVE_INSTANCE=production, and the credentials of that instance.'
        : undefined
    }
  }
}

/** Why files cannot be written into the folder, for example because its disk is not mounted. */
function folderProblem(folder: string): string | undefined {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    return `EMBARGO_PUBLISH_FOLDER is ${folder}, and there is no such folder. Mount its disk, or make the folder.`
  try {
    accessSync(folder, constants.W_OK)
    return undefined
  } catch {
    return `EMBARGO_PUBLISH_FOLDER is ${folder}, where this user may not write. Allow this user to write there.`
  }
}

/** Checks whether the project gets its CVE ids automatically. If it does not, says what is missing for that. */
function idChecks({ cveServices }: Config, { id, cve, cna, targets }: Project): readonly Check[] {
  const what = `${id}: CVE ids, from ${cve}`
  const byHand = (todo: string): readonly Check[] => [{ what, ok: false, warning: true, todo }]
  if (cve === 'own' && cveServices === undefined)
    return byHand('Without EMBARGO_CVE_ORG, EMBARGO_CVE_USER and EMBARGO_CVE_KEY, you reserve each id yourself.')
  if (cve === 'other' && cna?.address === undefined)
    return byHand('Without `cna: { address: … }`, you mail each request to the CNA yourself.')
  if (cve === 'github' && targets?.github !== 'publish')
    return byHand('Without `targets: { github: publish }`, you request each id at GitHub yourself.')
  return [{ what, ok: true }]
}
