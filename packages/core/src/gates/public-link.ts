import type { Project } from '../policy/schema.ts'
import type { Refusal } from '../vocabulary/decision.ts'
import { listOr } from '../text/name-list.ts'
import { refuse } from './gate.ts'

/** What a link leads to. */
type LinkedPage = 'advisory' | 'fixed-versions' | 'cve-record'

/** Hosts that publish CVE records. */
const OF_CVE: readonly string[] = ['cve.org', 'nvd.nist.gov']

/**
 * Refuses a link that does not lead to an allowed host. This is checked because the link goes into mails to the public,
 * and only one person has looked at it.
 */
export function foreignLink(project: Project, link: string, what: LinkedPage): Refusal | undefined {
  const hosts = what === 'cve-record' ? OF_CVE : what === 'advisory' ? hostsOf(project) : placesOfVersions(project)
  const host = hostOf(link)
  if (host !== undefined && hosts.some((one) => host === one || host.endsWith(`.${one}`))) return undefined
  const because = `The link goes into mails to the public, so it must be at ${listOr(hosts)}${host === undefined ? '' : `, not at ${host}`}.`
  return refuse('makes-sense', because, [
    { who: 'you', how: 'name a link there' },
    ...(what !== 'cve-record'
      ? [
          {
            who: 'an admin',
            how: 'adds the place of the link to the policy, as repository or publisher.records of the project',
          },
        ]
      : []),
  ])
}

/** An example of a link that is accepted. */
export const sampleLink = (project: Project, what: LinkedPage): string =>
  `https://${(what === 'cve-record' ? OF_CVE : hostsOf(project))[0] ?? ''}/done`

/**
 * The web hosts of a project: those that its policy names, and the domains of its addresses. Without a repository in
 * the policy, GitHub is allowed too.
 */
function hostsOf({ repository, publisher, address, announce }: Project): readonly string[] {
  const { namespace, records } = publisher ?? {}
  const named = [repository, namespace, records].flatMap((one) => (one === undefined ? [] : (hostOf(one) ?? [])))
  const forges = repository === undefined ? ['github.com'] : []
  const domains = [address, announce].flatMap((one) => one?.split('@').at(-1)?.toLowerCase() ?? [])
  return [...new Set([...named, ...forges, ...domains])]
}

/** The web hosts of the registries, by the ecosystem of a package. */
const REGISTRIES: Readonly<Record<string, readonly string[]>> = {
  'crates.io': ['crates.io'],
  Go: ['pkg.go.dev'],
  Hex: ['hex.pm'],
  Maven: ['central.sonatype.com', 'repo1.maven.org'],
  npm: ['npmjs.com', 'registry.npmjs.org'],
  NuGet: ['nuget.org'],
  Packagist: ['packagist.org'],
  Pub: ['pub.dev'],
  PyPI: ['pypi.org'],
  RubyGems: ['rubygems.org'],
}

/** The hosts to which a link to fixed versions can lead: those of the project, and the registries of its packages. */
const placesOfVersions = (project: Project): readonly string[] => [
  ...new Set([
    ...hostsOf(project),
    ...(project.packages ?? []).flatMap(({ ecosystem }) => REGISTRIES[ecosystem] ?? []),
  ]),
]

/**
 * The host to which a link really leads. A user name before the host is skipped. A backslash ends the host, because
 * some programs read a backslash as a slash.
 */
const hostOf = (link: string): string | undefined =>
  /^https:\/\/(?:[^/?#\\]*@)?([^/:?#@\\]+)/iu.exec(link)?.[1]?.toLowerCase()
