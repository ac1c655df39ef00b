import { foreignLink, instant, policyFor, projectOf } from '@embargo/core'
import type { CaseId, Project } from '@embargo/core'
import type { Deps } from '../deps.ts'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { OutsideError } from '../ports/chat-platform.ts'
import type { FixedVersion, PublicationTarget } from '../ports/publication-target.ts'
import { arrange } from '../projections/world.ts'
import { approvedContentOf, versionInWords } from './step-documents.ts'

/** The fixed versions that are not public, and what is wrong with the link that a person gave for them. */
export type MissingVersions = { readonly versions: readonly string[]; readonly because?: string }

/**
 * Looks once for the fixed versions of a case: first where a publication looks for them, then at the link that a person
 * gave. Undefined if there is nothing to look for, or no way to look.
 */
export async function missingVersions(
  deps: Pick<Deps, 'policy' | 'loadWorld' | 'rehearsalTargets'>,
  theCase: CaseId,
  link: string,
): Promise<MissingVersions | undefined> {
  const target = deps.rehearsalTargets?.get('versions')
  const { case: state, release } = arrange(await deps.loadWorld(theCase), theCase)
  if (target?.hasVersion === undefined || target.statusOf === undefined) return undefined
  if (state === undefined || state.practice === true) return undefined
  const { hasVersion, statusOf } = target
  const { policy } = deps
  const project = projectOf(policyFor(policy.policy, state), state)
  const versions = versionsOf(() => approvedContentOf('fixed-versions', { policy, state, release }, instant(0)))
  if (versions.length === 0) return undefined
  const seen = await Promise.all(versions.map((one) => isSeen(hasVersion, one, project)))
  const others = versions.filter((_one, index) => !seen[index])
  const answers = await Promise.all(linksFor(link, others).map((one) => wrongWith(statusOf, one, project)))
  const missing = others.filter((_one, index) => answers[index] !== undefined)
  const because = answers.find((one) => one !== undefined)
  return { versions: missing.map(versionInWords), ...(because === undefined ? {} : { because }) }
}

type Looks = Required<Pick<PublicationTarget, 'hasVersion' | 'statusOf'>>

function versionsOf(content: () => { readonly versions: readonly FixedVersion[] }): readonly FixedVersion[] {
  try {
    return content().versions
  } catch (error) {
    if (error instanceof CannotPerform) return []
    throw error
  }
}

/**
 * Whether the version is where a publication looks for it. If the registry does not answer, the version counts as not
 * seen.
 */
async function isSeen(hasVersion: Looks['hasVersion'], version: FixedVersion, project: Project): Promise<boolean> {
  try {
    return (await hasVersion(version, project)) === true
  } catch (error) {
    if (error instanceof OutsideError) return false
    throw error
  }
}

/**
 * The link of each version. A person gives the link of one version. The links of the others are made from it by
 * replacing the version. Undefined if the given link names none of the versions.
 */
function linksFor(link: string, versions: readonly FixedVersion[]): readonly (string | undefined)[] {
  const url = URL.parse(link)
  const named = url === null ? undefined : versions.find(({ version }) => patternOf(version).test(url.pathname))
  return versions.map(({ version }) => {
    if (url === null || named === undefined) return undefined
    const other = new URL(url)
    other.pathname = url.pathname.replaceAll(patternOf(named.version), () => encodeURIComponent(version))
    return other.href
  })
}

/** Matches a version in a path, but not a part of another version: 4.3 matches v4.3.0, but not 14.3 or 4.3.1. */
function patternOf(version: string): RegExp {
  const spellings = [version, encodeURIComponent(version)]
    .map((one) => one.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`))
    .join('|')
  return new RegExp(String.raw`(?<!\d|\d\.)(?:${spellings})(?=(?:\.0)*(?!\d|\.\d))`, 'gu')
}

/** What is wrong with the link of a version, in a sentence; undefined if the page is there. */
async function wrongWith(
  statusOf: Looks['statusOf'],
  link: string | undefined,
  project: Project,
): Promise<string | undefined> {
  if (link === undefined) return 'The link does not have the version in its path.'
  const foreign = foreignLink(project, link, 'fixed-versions')
  if (foreign !== undefined) return foreign.because
  try {
    const status = await statusOf(link, project)
    return status === 200 ? undefined : `The page of the version answers ${status}.`
  } catch (error) {
    if (error instanceof OutsideError) return error.message
    throw error
  }
}
