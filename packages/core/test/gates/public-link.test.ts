import { describe, expect, it } from 'vitest'
import { foreignLink, sampleLink } from '../../src/gates/public-link.ts'
import { policyOf } from '../fixtures/scenario.ts'

const [bare] = policyOf().projects
if (bare === undefined) throw new Error('there is no project')
const project = {
  ...bare,
  address: 'security@quillmark.example',
  announce: 'announce@lists.example',
  repository: 'https://github.com/quillmark/quillmark',
  publisher: { name: 'Quillmark', namespace: 'https://foundation.example', records: 'https://csaf.example/q' },
}

describe('a link that mails to the public repeat', () => {
  it.each([
    'https://github.com/quillmark/quillmark/security/advisories/GHSA-2222-3333-4444',
    'https://www.quillmark.example/security/1',
    'https://LISTS.example/1',
    'https://foundation.example',
    'https://csaf.example:8443/q/1',
    sampleLink(project, 'advisory'),
  ])('may lead to a place of the project: %s', (link) => {
    expect(foreignLink(project, link, 'advisory')).toBeUndefined()
  })

  it.each([
    ['another host', 'https://evil.example/1'],
    ['a host that begins alike', 'https://github.com.evil.example/1'],
    ['a host that ends alike', 'https://evilgithub.com/1'],
    ['a user name that looks like the host', 'https://github.com@evil.example/1'],
    ['a backslash that browsers take for a slash', String.raw`https://evil.example\@github.com/1`],
    ['the host in the path', 'https://evil.example/github.com'],
    ['the host in the query', 'https://evil.example?x=@github.com'],
    ['a link without encryption', 'http://github.com/1'],
    ['a script', 'javascript:alert(1)//github.com'],
  ])('attack: %s is refused', (_what, link) => {
    expect(foreignLink(project, link, 'advisory')).toMatchObject({ gate: 'makes-sense' })
  })

  it('is refused with a list of the permitted places', () => {
    expect(foreignLink(project, 'https://evil.example/1', 'advisory')?.because).toBe(
      'The link goes into mails to the public, so it must be at github.com, foundation.example, csaf.example, quillmark.example or lists.example, not at evil.example.',
    )
    const { repository: _none, publisher: _nobody, ...least } = project
    expect(foreignLink(least, 'https://github.com/quillmark', 'advisory')).toBeUndefined()
  })

  it('to fixed versions may also lead to the registries of the packages', () => {
    const own = { ...project, packages: [{ ecosystem: 'npm', name: 'quillmark' }] }
    for (const link of ['https://www.npmjs.com/package/quillmark/v/4.3.0', sampleLink(own, 'fixed-versions')])
      expect(foreignLink(own, link, 'fixed-versions')).toBeUndefined()
    for (const link of ['https://evil.example/1', 'https://pypi.org/project/quillmark/'])
      expect(foreignLink(own, link, 'fixed-versions')).toMatchObject({ gate: 'makes-sense' })
    expect(foreignLink(own, 'https://www.npmjs.com/package/quillmark', 'advisory')).toBeDefined()
  })

  it('to a CVE record must lead to a site for CVE records', () => {
    for (const link of ['https://www.cve.org/CVERecord?id=CVE-1900-0042', 'https://nvd.nist.gov/vuln/detail/x'])
      expect(foreignLink(project, link, 'cve-record')).toBeUndefined()
    expect(foreignLink(project, 'https://quillmark.example/1', 'cve-record')).toMatchObject({ gate: 'makes-sense' })
    expect(foreignLink(project, sampleLink(project, 'cve-record'), 'cve-record')).toBeUndefined()
  })
})
