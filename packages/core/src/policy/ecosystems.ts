/** The names that an ecosystem of OSV has in package URLs and at GitHub. */
export type Ecosystem = {
  /** The ecosystem's type in package URLs. Absent if a package's URL needs more than the package's name. */
  readonly purl?: string
  /** The ecosystem's name at GitHub, if GitHub has advisories for it. */
  readonly github?: string
}

/** Every ecosystem of OSV (https://ossf.github.io/osv-schema/#affectedpackage-field), as OSV writes its name. */
const ECOSYSTEMS: Readonly<Record<string, Ecosystem>> = {
  AlmaLinux: {},
  Alpaquita: {},
  Alpine: {},
  Android: {},
  'Azure Linux': {},
  'BellSoft Hardened Containers': {},
  Bioconductor: { purl: 'bioconductor' },
  Bitnami: { purl: 'bitnami' },
  Chainguard: {},
  CleanStart: {},
  ConanCenter: { purl: 'conan' },
  CRAN: { purl: 'cran' },
  'crates.io': { purl: 'cargo', github: 'rust' },
  Debian: {},
  'Docker Hardened Images': {},
  Echo: {},
  FreeBSD: {},
  GHC: {},
  'GitHub Actions': { purl: 'github', github: 'actions' },
  Go: { purl: 'golang', github: 'go' },
  Hackage: { purl: 'hackage' },
  Hex: { purl: 'hex', github: 'erlang' },
  Julia: {},
  Kubernetes: {},
  Linux: {},
  Mageia: {},
  Maven: { purl: 'maven', github: 'maven' },
  MinimOS: {},
  npm: { purl: 'npm', github: 'npm' },
  NuGet: { purl: 'nuget', github: 'nuget' },
  opam: { purl: 'opam' },
  openEuler: {},
  openSUSE: {},
  'OSS-Fuzz': {},
  Packagist: { purl: 'composer', github: 'composer' },
  'Photon OS': {},
  Pub: { purl: 'pub', github: 'pub' },
  PyPI: { purl: 'pypi', github: 'pip' },
  'Red Hat': {},
  'Rocky Linux': {},
  Root: {},
  RubyGems: { purl: 'gem', github: 'rubygems' },
  SUSE: {},
  SwiftURL: { purl: 'swift', github: 'swift' },
  TuxCare: {},
  Ubuntu: {},
  VSCode: {},
  Wolfi: {},
}

/** The names of all ecosystems. */
export const ECOSYSTEM_NAMES: readonly string[] = Object.keys(ECOSYSTEMS)

/** The ecosystem with this name. A colon may be followed by a release of the ecosystem, as in `Debian:12`. */
export function ecosystemOf(name: string): Ecosystem | undefined {
  const [family = '', ...release] = name.split(':')
  if (release.length > 0 && release.join(':') === '') return undefined
  return Object.hasOwn(ECOSYSTEMS, family) ? ECOSYSTEMS[family] : undefined
}

/** The ecosystem that was probably meant by another spelling, or by its name in package URLs or at GitHub. */
export function likelyEcosystem(written: string): string | undefined {
  const folded = written.toLowerCase()
  const [found] =
    Object.entries(ECOSYSTEMS).find(([name, { purl, github }]) =>
      [name.toLowerCase(), purl, github].includes(folded),
    ) ?? []
  return found
}
