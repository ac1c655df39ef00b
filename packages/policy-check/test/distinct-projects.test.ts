import { describe, expect, it } from 'vitest'
import { PROFILES } from '@embargo/core'
import type { PolicySource } from '@embargo/core'
import { withDistinctProjects } from '../src/index.ts'
import { policyOf } from './sample-policy.ts'

const namesOf = (projects: PolicySource['projects'], policy: Partial<PolicySource> = {}): readonly string[] =>
  withDistinctProjects(policyOf('team', { ...policy, projects })).projects.map(({ name }) => name)

describe('the projects that differ in a rule', () => {
  const quillmark = { id: 'quillmark', name: 'Quillmark', address: 'security@quillmark.example' }
  const inkwell = { id: 'inkwell', name: 'Inkwell', address: 'security@inkwell.example', prefix: 'INK' }
  const apart = (more: object, policy: Partial<PolicySource> = {}): readonly string[] =>
    namesOf([quillmark, { ...inkwell, ...more }], policy)

  it.each<readonly [string, object]>([
    ['its name, address and prefix', {}],
    ['how its branches are called', { branches: [{ name: '4.2.x' }, { name: '5.1.x' }] }],
    ['at which page its repository is', { repository: 'https://git.inkwell.example' }],
    ['whom to ask', { contact: 'the desk' }],
    ['how long its clocks run', { policy: { clocks: { decideValidity: '2 working days' } } }],
    ['people who are everybody', { people: ['ana', 'ben', 'cleo'] }],
  ])('are treated as one if they differ only in %s', (_what, more) => {
    expect(apart(more)).toEqual(['Quillmark and Inkwell'])
  })

  it.each<readonly [string, object]>([
    ['whose it is', { people: ['ana'] }],
    ['its approvals', { policy: { approvals: { by: 'second-look' } } }],
    ['its window', { policy: { releaseWindow: { from: '16:00', to: '18:00' } } }],
    ['what of its commits is public', { policy: { publicCommits: 'open' } }],
    ['who gives its CVE ids', { cve: 'own' }],
    ['where it is announced', { announce: 'announce@inkwell.example' }],
    ['where the details go', { ossSecurity: 'details@lists.example' }],
    ['where its documents are published', { targets: { files: 'publish' } }],
    ['that its advisories are at GitHub', { repository: 'https://github.com/inkwell/inkwell' }],
    ['that no branch of it is supported', { branches: [{ name: 'main', supported: false }] }],
  ])('are treated as two if they differ in %s', (_what, more) => {
    expect(apart(more)).toEqual(['Quillmark', 'Inkwell'])
  })

  it('are treated as two if they differ in their texts', () => {
    expect(apart({}, { projectTemplates: { inkwell: { acknowledgment: 'Thank you.' } } })).toEqual([
      'Quillmark',
      'Inkwell',
    ])
  })

  it('are treated as two if a list of recipients is informed of only one of them', () => {
    const lists = [{ id: 'distros', name: 'Distributions', projects: ['inkwell'] }]
    expect(apart({}, { prenotification: { ...PROFILES.team.prenotification, lists } })).toEqual([
      'Quillmark',
      'Inkwell',
    ])
  })

  it('are named one by one if they are few, and only counted if they are many', () => {
    const projects = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        ...inkwell,
        id: `p${index}`,
        name: `P${index}`,
        prefix: `P${index}`,
        address: `p${index}@inkwell.example`,
      }))
    expect(namesOf(projects(3))).toEqual(['P0, P1 and P2'])
    expect(namesOf(projects(40))).toEqual(['P0 and 39 more like it'])
  })
})
