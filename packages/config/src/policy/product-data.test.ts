import { describe, expect, it } from 'vitest'
import { readPolicy } from './read-policy.ts'

const policyWith = (project: string): string => `profile: team
projects:
  - { id: lantern, name: Lantern, address: security@lantern.example, ${project} }
people: [{ id: ana, name: Ana, osUser: ana }, { id: ben, name: Ben, osUser: ben }]
`

const mistakes = (project: string): readonly string[] => {
  const reading = readPolicy('embargo.policy.yaml', policyWith(project))
  return reading.ok ? [] : reading.problems.map(({ because, instead }) => `${because} ${instead}`)
}

const projectOf = (project: string): unknown => {
  const reading = readPolicy('embargo.policy.yaml', policyWith(project))
  return reading.ok ? reading.policy.projects[0] : reading.problems
}

describe('the data of a product', () => {
  it('names packages, repository, vendor, product and publisher', () => {
    const written = `
      packages: [{ ecosystem: npm, name: "@lantern/core", purl: "pkg:npm/%40lantern/core" }, { ecosystem: "Debian:12", name: lantern }],
      repository: https://github.com/lantern/lantern, vendor: Lantern maintainers, product: Lantern Server,
      publisher: { name: Lantern Security, namespace: https://lantern.example }, cve: github`
    expect(projectOf(written)).toMatchObject({
      packages: [
        { ecosystem: 'npm', name: '@lantern/core', purl: 'pkg:npm/%40lantern/core' },
        { ecosystem: 'Debian:12', name: 'lantern' },
      ],
      repository: 'https://github.com/lantern/lantern',
      vendor: 'Lantern maintainers',
      product: 'Lantern Server',
      publisher: { name: 'Lantern Security', namespace: 'https://lantern.example' },
      cve: 'github',
    })
  })

  it.each(['github', 'own', 'other', 'form', 'none'])('gets its CVE ids from %s', (cve) => {
    expect(projectOf(`cve: ${cve}, repository: https://github.com/lantern/lantern`)).toMatchObject({ cve })
  })

  it('gets its CVE ids by the form of a CNA if the policy names no source, or has the former value “requested”', () => {
    expect(projectOf('cve: requested')).toMatchObject({ cve: 'form' })
    expect(projectOf('')).toMatchObject({ cve: 'form' })
  })

  it('takes another word for no source of CVE ids', () => {
    expect(mistakes('cve: mitre')).toEqual(["projects[0].cve can't be that. One of github, own, other, form, none."])
  })

  it.each(['', 'repository: https://gitlab.example/lantern/lantern'])(
    'gets no CVE ids from GitHub without a repository there (%s)',
    (repository) => {
      expect(mistakes(`cve: github, ${repository}`)).toEqual([
        'projects[0].cve takes CVE ids from advisories in a repository at GitHub, and no such repository is named. Write its address as repository: https://github.com/owner/name, or name another source.',
      ])
    },
  )

  it('has a prefix for ids that OSV has registered, or none', () => {
    expect(projectOf('osvPrefix: PSF')).toMatchObject({ osvPrefix: 'PSF' })
    for (const prefix of ['SEC', 'GHSA', 'CVE'])
      expect(mistakes(`osvPrefix: ${prefix}`)).toEqual([
        "projects[0].osvPrefix can't be that. A prefix here is one that OSV has registered, such as PSF; leave it out if you have none.",
      ])
  })

  it('names each package once', () => {
    expect(mistakes('packages: [{ ecosystem: npm, name: lantern }, { ecosystem: npm, name: lantern }]')).toEqual([
      'projects[0].packages[1] is the same as projects[0].packages[0]. Give each its own, or take one out.',
    ])
  })

  it.each([
    ['pip', 'Did you mean PyPI? Ecosystems are written as OSV writes them.'],
    ['cargo', 'Did you mean crates.io? Ecosystems are written as OSV writes them.'],
    ['NPM', 'Did you mean npm? Ecosystems are written as OSV writes them.'],
    [
      'lanternhub',
      'An ecosystem is one that OSV knows, such as npm, PyPI, crates.io, Go, Maven, RubyGems or Debian:12.',
    ],
    [
      '"Debian:"',
      'An ecosystem is one that OSV knows, such as npm, PyPI, crates.io, Go, Maven, RubyGems or Debian:12.',
    ],
  ])('says what to write instead of the ecosystem %s', (ecosystem, instead) => {
    expect(mistakes(`packages: [{ ecosystem: ${ecosystem}, name: lantern }]`)).toEqual([
      `projects[0].packages[0].ecosystem can't be that. ${instead}`,
    ])
  })

  it.each([
    ['npm/lantern', 'A package URL begins with pkg:, as in pkg:npm/quillmark.'],
    ['pkg:npm/lantern@1.2.3', 'A package URL here has no version: each case says which versions are affected.'],
    [
      'pkg:npm/lantern?arch=x86',
      'A package URL here ends with the name: remove spaces, and any ? or # with everything after it.',
    ],
    ['pkg:npm', 'A package URL has a name after the type, as in pkg:npm/quillmark.'],
    ['pkg:npm//lantern', 'A package URL has a name after each slash, as in pkg:npm/quillmark.'],
    ['pkg:NPM/lantern', 'After pkg: comes the type in small letters, then a slash, as in pkg:npm/quillmark.'],
    ['pkg:pypi/lantern', 'The package URL of a package of npm begins with pkg:npm/, not pkg:pypi/.'],
    ['pkg:npm/lamp', 'The package URL names lamp, but the package is lantern.'],
    ['pkg:npm/%zz/lantern', 'A % in a package URL is followed by two digits of a code, as in %40 for @.'],
  ])('says what is wrong with the package URL %s', (purl, instead) => {
    expect(mistakes(`packages: [{ ecosystem: npm, name: lantern, purl: "${purl}" }]`)).toEqual([
      `projects[0].packages[0].purl can't be that. ${instead}`,
    ])
  })

  it.each([
    ['Maven', 'example.lantern:core', 'pkg:maven/example.lantern/core'],
    ['PyPI', 'Lantern_Core', 'pkg:pypi/lantern-core'],
    ['Go', 'lantern.example/core', 'pkg:golang/lantern.example/core'],
    ['Debian:12', 'lantern', 'pkg:deb/debian/lantern'],
  ])('takes the package URL of a package of %s', (ecosystem, name, purl) => {
    const written = `packages: [{ ecosystem: "${ecosystem}", name: "${name}", purl: "${purl}" }]`
    expect(projectOf(written)).toMatchObject({ packages: [{ ecosystem, name, purl }] })
  })
})
