import { policyFor, writtenDuration } from '@embargo/core'
import type { Policy, Project } from '@embargo/core'
import { securityMd, securityTxt, securityTxtExpires } from '@embargo/engine'
import { directoryPlaces } from '@embargo/mail'
import { z } from 'zod'
import type { CliContext } from './context.ts'
import { CliError } from './output.ts'

/** Prints the `security.txt` of a project, and says where to put it and until when it is valid. */
export async function initSecurityTxt(args: readonly string[], context: CliContext): Promise<number> {
  const { output } = context
  const { project } = projectNamed(args, context)
  const now = Date.now()
  const key = await keyOf(project, context)
  const { address, publisher } = project
  output.out(securityTxt({ address, now, key: key?.url, records: publisher?.records }).trimEnd())
  const expires = securityTxtExpires(now).slice(0, 10)
  output.err('Put it on your website as /.well-known/security.txt.')
  output.err(`It is valid until ${expires}. Write that into the policy, and Embargo reminds you a month before:`)
  output.err(`  securityTxt: { expires: ${expires} }`)
  if (key === undefined) output.err('It names no key. Make one for encrypted reports: embargo keys create')
  else if (project.securityTxt?.key === undefined)
    output.err(
      `Publish the key at the address that the file names. To write the files for this: embargo keys publish <folder>\nOr name another address in the policy:\n  securityTxt: { key: https://… }`,
    )
  return 0
}

/** Prints the `SECURITY.md` of a project, made from its policy. */
export async function initSecurityMd(args: readonly string[], context: CliContext): Promise<number> {
  const { project, policy } = projectNamed(args, context)
  const { acknowledge, decideValidity, updateReporter } = policy.clocks
  context.output.out(
    securityMd({
      project: project.name,
      address: project.address,
      key: await keyOf(project, context),
      answer: writtenDuration(acknowledge.target),
      decision: writtenDuration(decideValidity),
      nextWord: writtenDuration(updateReporter),
      embargo: writtenDuration(policy.embargo.standing),
      branches: project.branches,
      announce: project.announce,
    }).trimEnd(),
  )
  context.output.err('Put it into the repository as SECURITY.md.')
  return 0
}

function projectNamed([id, ...more]: readonly string[], { config }: CliContext): { project: Project; policy: Policy } {
  const { policy } = config().policy
  const { projects } = policy
  const project = id === undefined ? projects[0] : projects.find((one) => one.id === id)
  if (project === undefined || more.length > 0 || (id === undefined && projects.length > 1))
    throw new CliError(`Name one project: ${projects.map((one) => one.id).join(', ')}.`)
  return { project, policy: policyFor(policy, { project: project.id }) }
}

const Keys = z.array(z.object({ project: z.string(), fingerprint: z.string(), state: z.string() }))

/**
 * The project's current key and its URL. The URL is the one in the policy, otherwise the one in the Web Key Directory
 * of the project's mail domain.
 */
async function keyOf({ id, address, securityTxt: written }: Project, { ask }: CliContext) {
  // Before the first start there is no database, and therefore no key.
  const known = Keys.safeParse(await ask('keys', {}).catch(() => []))
  const current = known.data?.find(({ project, state }) => project === id && state === 'current')
  if (current === undefined) return undefined
  const places = directoryPlaces(address)
  const directory =
    places === undefined
      ? undefined
      : `https://${places.advanced.host}/${places.advanced.folder}/hu/${places.file}?l=${encodeURIComponent(places.local)}`
  return { fingerprint: current.fingerprint, url: written?.key ?? directory }
}
