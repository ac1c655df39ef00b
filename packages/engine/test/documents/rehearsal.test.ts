import { describe, expect, it } from 'vitest'
import { CaseId, CveId, TARGET_NAMES } from '@embargo/core'
import type { Policy, TargetName } from '@embargo/core'
import { rehearse } from '../../src/documents/rehearsal.ts'
import { practiceAddress } from '../../src/index.ts'
import type { RehearsalTarget } from '../../src/ports/publication-target.ts'
import { createFakeTarget } from '../fakes/fake-target.ts'
import { CASE, createHouse, OWN, policyOf } from '../house.ts'
import { submit, untilReady } from '../story.ts'

const PRACTICE = CaseId.parse('PRACTICE-2026-0001')

function describing(): Policy {
  const policy = policyOf()
  const product = {
    packages: [{ ecosystem: 'npm', name: 'quillmark' }],
    repository: 'https://github.com/quillmark/quillmark',
    targets: { versions: 'publish', github: 'publish', files: 'publish' } as const,
  }
  return { ...policy, projects: policy.projects.map((one) => ({ ...one, ...product })) }
}

const testTarget = (name: TargetName, more: Partial<RehearsalTarget> = {}) => {
  const fake = createFakeTarget(name)
  return { fake, target: { ...fake, differs: `The real one is at ${name}.`, ...more } }
}

describe('a rehearsal', () => {
  it('does every step at its test target, says what differs, sends nothing and records nothing', async () => {
    const house = createHouse({ policy: describing() })
    await untilReady(house)
    const [events, mails] = [house.events().length, house.relay.mails.length]
    const [versions, files] = [testTarget('versions'), testTarget('files')]
    versions.fake.fates.push({ is: 'later', because: 'npm quillmark 4.3 is not there yet.' })
    const rehearsalTargets = new Map<TargetName, RehearsalTarget>([
      ['versions', versions.target],
      ['files', files.target],
    ])
    const rehearsal = await rehearse({ ...house.engine.deps, rehearsalTargets }, CASE)
    expect(rehearsal?.steps).toMatchObject([
      { title: 'Fixed versions public', isDone: false, result: 'npm quillmark 4.3 is not there yet.' },
      { title: 'Advisory at GitHub', isDone: false, result: expect.stringContaining('no test server is set') },
      {
        title: 'Advisory in the file tree',
        isDone: true,
        result: 'https://files.example/SEC-2026-0001',
        differs: 'The real one is at files.',
      },
      {
        title: 'Records for programs, in the file tree',
        isDone: true,
        result: expect.stringContaining('Left out. No OpenVEX document: nobody entered the publisher'),
      },
    ])
    expect(rehearsal?.mails).toEqual(['Announcement', 'oss-security', 'Thanks to the reporter'])
    expect([...files.fake.published.values()].join('\n')).not.toMatch(/draft/iu)
    await house.drain()
    expect([house.events().length, house.relay.mails.length]).toEqual([events, mails])
  })

  it('does the steps of all four targets, in the order of a publication', async () => {
    const policy = describing()
    const [project] = policy.projects
    if (project === undefined) throw new Error('there is no project')
    const own = { cve: 'own', vendor: 'Quillmark', targets: { ...project.targets, cve: 'publish' } } as const
    const house = createHouse({ policy: { ...policy, projects: [{ ...project, ...own }] } })
    await untilReady(house)
    await submit(house, 'ana', { verb: 'cve.set', case: CASE, cve: CveId.parse('CVE-1900-0042') })
    const targets = TARGET_NAMES.map((name) => testTarget(name))
    const rehearsalTargets = new Map(targets.map(({ target }) => [target.target, target]))
    const rehearsed = await rehearse({ ...house.engine.deps, rehearsalTargets }, CASE)
    expect(rehearsed?.steps.map(({ title, isDone, differs }) => `${isDone} ${title}: ${differs}`)).toEqual([
      'true Fixed versions public: The real one is at versions.',
      'true Advisory at GitHub: The real one is at github.',
      'true Advisory in the file tree: The real one is at files.',
      'true CVE record: The real one is at cve.',
      'true Records for programs, in the file tree: The real one is at files.',
    ])
    expect(rehearsed?.findings).toEqual([])
  })

  it('puts nothing secret where everybody can read it', async () => {
    const house = createHouse({ policy: describing() })
    await untilReady(house)
    const open = testTarget('files', { isPublic: true })
    const rehearsalTargets = new Map<TargetName, RehearsalTarget>([['files', open.target]])
    const rehearsed = await rehearse({ ...house.engine.deps, rehearsalTargets }, CASE)
    expect(rehearsed?.steps.at(-1)).toMatchObject({
      isDone: false,
      result: expect.stringContaining('everybody can read that test target'),
    })
    expect(open.fake.calls).toEqual([])
  })

  it('names the versions of a record that do not exist, and only where the target can look', async () => {
    const house = createHouse({ policy: describing() })
    await untilReady(house)
    const branch = { verb: 'triage.affects', case: CASE, branch: 'main', affected: true } as const
    await submit(house, 'ana', { ...branch, range: '>= 4.1, < 4.3 || >= 3.9.0, <= 3.9.11', fixedVersion: '4.3' })
    const findings = async (exists: (version: string) => boolean | undefined) => {
      const hasVersion = ({ version }: { readonly version: string }) => Promise.resolve(exists(version))
      const { target } = testTarget('versions', { hasVersion })
      const rehearsalTargets = new Map<TargetName, RehearsalTarget>([['versions', target]])
      return (await rehearse({ ...house.engine.deps, rehearsalTargets }, CASE))?.findings.map(({ because }) => because)
    }
    const there = ['4.1.0', '3.9.0']
    expect(await findings((version) => there.includes(version))).toEqual(['npm/quillmark has no version 3.9.11.'])
    expect(await findings((version) => [...there, '3.9.11'].includes(version))).toEqual([])
    expect(await findings(() => undefined)).toEqual([])
  })

  it('shows what a target answers, and what stops the publication', async () => {
    const house = createHouse({ policy: describing() })
    await untilReady(house)
    await submit(house, 'ana', {
      verb: 'advisory',
      case: CASE,
      component: 'the template loader',
      impact: 'rea@reporter.example found that files are read.',
    })
    const files = testTarget('files')
    files.fake.fates.push('refused')
    const rehearsalTargets = new Map<TargetName, RehearsalTarget>([['files', files.target]])
    const rehearsed = await rehearse({ ...house.engine.deps, rehearsalTargets }, CASE)
    expect(rehearsed?.steps[2]).toMatchObject({ isDone: false, result: 'It says no.' })
    expect(rehearsed?.findings.map(({ because }) => because)).toContain(
      'It names rea@reporter.example, who did not agree to that.',
    )
  })

  it('says what becomes of the CVE record of a case that has no id yet', async () => {
    const policy = describing()
    const own = { cve: 'own', targets: { cve: 'publish' } } as const
    const house = createHouse({ policy: { ...policy, projects: policy.projects.map((one) => ({ ...one, ...own })) } })
    await untilReady(house)
    const rehearsed = await rehearse(house.engine.deps, CASE)
    expect(rehearsed?.steps.at(-1)).toMatchObject({
      title: 'CVE record',
      isDone: false,
      result: expect.stringContaining('A publication now would have no CVE record'),
    })
  })

  it('says why the policy leaves out the CVE record of a case', async () => {
    const policy = describing()
    const own = { cve: 'own', targets: { cve: 'publish' } } as const
    const house = createHouse({ policy: { ...policy, projects: policy.projects.map((one) => ({ ...one, ...own })) } })
    await untilReady(house)
    await submit(house, 'ana', { verb: 'cve.set', case: CASE, cve: CveId.parse('CVE-1900-0042') })
    expect((await rehearse(house.engine.deps, CASE))?.steps.at(-1)).toMatchObject({
      title: 'CVE record',
      isDone: false,
      result: expect.stringContaining('the policy does not name the vendor'),
    })
  })

  it('does the CVE record of a practice case too, which never gets an id of its own', async () => {
    const policy = describing()
    const own = { cve: 'own', vendor: 'Quillmark', targets: { cve: 'publish' } } as const
    const house = createHouse({ policy: { ...policy, projects: policy.projects.map((one) => ({ ...one, ...own })) } })
    await house.receive({ to: practiceAddress(house.engine.deps) ?? OWN })
    const branch = { branch: 'main', affected: true, range: '< 4.3', fixedVersion: '4.3' } as const
    await submit(house, 'ana', { verb: 'ack', case: PRACTICE })
    await submit(house, 'ana', {
      verb: 'triage',
      case: PRACTICE,
      disposition: 'valid',
      severity: 'high',
      cwe: 'CWE-22',
    })
    await submit(house, 'ana', { verb: 'triage.affects', case: PRACTICE, ...branch })
    await submit(house, 'ana', { verb: 'advisory', case: PRACTICE, component: 'the loader', impact: 'Files are read.' })
    const cve = testTarget('cve', { isPublic: true })
    const rehearsalTargets = new Map<TargetName, RehearsalTarget>([['cve', cve.target]])
    const rehearsed = await rehearse({ ...house.engine.deps, rehearsalTargets }, PRACTICE)
    expect(rehearsed?.steps.at(-1)).toMatchObject({
      title: 'CVE record',
      isDone: true,
      differs: 'The real one is at cve.',
    })
    expect([...cve.fake.published.values()].join('\n')).toContain('Files are read.')
  })
})
