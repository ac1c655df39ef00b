import type { Project } from '../policy/schema.ts'
import type { Refusal } from '../vocabulary/decision.ts'
import { listOr } from '../text/name-list.ts'
import { refuse } from './gate.ts'

/** Where CVE records are public. */
const OF_CVE: readonly string[] = ['cve.org', 'nvd.nist.gov']

/**
 * The refusal of a link that does not lead to a place of the project. Mails to the public repeat the link, although one
 * person typed it and nobody else has seen it.
 */
export function foreignLink(project: Project, link: string, what: 'advisory' | 'cve-record'): Refusal | undefined {
  const hosts = what === 'cve-record' ? OF_CVE : hostsOf(project)
  const host = hostOf(link)
  if (host !== undefined && hosts.some((one) => host === one || host.endsWith(`.${one}`))) return undefined
  const because = `The link goes into mails to the public, so it must be at ${listOr(hosts)}, and ${host ?? 'this'} is not.`
  return refuse('makes-sense', because, [
    { who: 'you', how: 'name a link there' },
    ...(what === 'advisory'
      ? [{ who: 'an admin', how: 'names the place in the policy, as repository or publisher.records of the project' }]
      : []),
  ])
}

/** A sample of a link that is not refused. */
export const sampleLink = (project: Project, what: 'advisory' | 'cve-record'): string =>
  `https://${(what === 'cve-record' ? OF_CVE : hostsOf(project))[0] ?? ''}/done`

/**
 * The web servers of a project: those that its policy names, and those of the domains of its addresses. A project that
 * names no repository may have its advisory at GitHub.
 */
function hostsOf({ repository, publisher, address, announce }: Project): readonly string[] {
  const { namespace, records } = publisher ?? {}
  const named = [repository, namespace, records].flatMap((one) => (one === undefined ? [] : (hostOf(one) ?? [])))
  const forges = repository === undefined ? ['github.com'] : []
  const domains = [address, announce].flatMap((one) => one?.split('@').at(-1)?.toLowerCase() ?? [])
  return [...new Set([...named, ...forges, ...domains])]
}

/**
 * The host of a link. It must not be hidden by a user name before it, or by a backslash that some programs read as a
 * slash.
 */
const hostOf = (link: string): string | undefined =>
  /^https:\/\/(?:[^/?#\\]*@)?([^/:?#@\\]+)/iu.exec(link)?.[1]?.toLowerCase()
