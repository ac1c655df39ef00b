import { describe, expect, it } from 'vitest'
import { affectedPackages, missingFactsOf } from '../../src/index.ts'
import type { CaseState, PersonRequest, Policy } from '../../src/index.ts'
import { ana, ben, BLOB, CASE, HASH, person, policyOf, Scenario } from '../fixtures/scenario.ts'

const CORE = { ecosystem: 'npm', name: '@quillmark/core' }
const CLI = { ecosystem: 'npm', name: 'quillmark' }
const PYTHON = { ecosystem: 'PyPI', name: 'quillmark' }

const packaged = (...packages: readonly { readonly ecosystem: string; readonly name: string }[]): Policy => {
  const policy = policyOf()
  return { ...policy, projects: policy.projects.map((project) => ({ ...project, packages: [...packages] })) }
}

function stateOf({ world }: Scenario): CaseState {
  if (world.case === undefined) throw new Error('the case is open')
  return world.case
}

type Affects = Extract<PersonRequest, { verb: 'triage.affects' }>

const affects = (more: Partial<Affects> = {}): Affects => ({
  verb: 'triage.affects',
  case: CASE,
  branch: 'main',
  affected: true,
  ...more,
})

function triaged(policy: Policy = packaged(CORE, CLI)): Scenario {
  const scenario = new Scenario(policy).opens()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
  return scenario
}

const versionsIn = (scenario: Scenario) =>
  stateOf(scenario).branches.flatMap((branch) =>
    affectedPackages(branch, scenario.policy.projects[0]?.packages).map((one) =>
      [one.package?.name, one.range, one.fixedVersion].filter((part) => part !== undefined).join(' '),
    ),
  )

describe('the affected versions of a branch', () => {
  it.each([
    ['>=2.0,<2.4.1', '>= 2.0, < 2.4.1'],
    ['introduced 2.0 fixed 2.4.1', '>= 2.0, < 2.4.1'],
    ['all of 2.x, if includes are on', 'all of 2.x, if includes are on'],
  ])('are recorded from “%s” as “%s”', (range, recorded) => {
    const scenario = triaged()
    scenario.does(affects({ range }), person(ana))
    expect(stateOf(scenario).branches).toMatchObject([{ name: 'main', range: recorded }])
    expect(scenario.does(affects({ range }), person(ana))).toEqual([])
  })

  it.each([
    [{ range: '>= 2.4.1, < 2.0' }, 'A range must end after it begins, but 2.0 is not after 2.4.1.'],
    [
      { range: '>= 2.0, < 2.4.1', fixedVersion: '2.4.0' },
      '2.4.0 is said to be fixed, but it is in the affected range.',
    ],
  ])('cannot be %j', (versions, because) => {
    expect(triaged().refused(affects(versions), person(ana)).because).toBe(because)
  })

  it('must be consistent with the versions recorded before, until the branch is not affected', () => {
    const scenario = triaged()
    scenario.does(affects({ fixedVersion: '2.4.0' }), person(ana))
    expect(scenario.refused(affects({ range: '< 2.4.1' }), person(ana)).because).toContain('2.4.0')
    expect(scenario.does(affects({ affected: false, range: '< 2.4.1' }), person(ana))).toEqual(['AffectedBranchSet'])
  })

  it('are compared with the version that comes with a patch, also those of a package', () => {
    const patch = (fixedVersion: string) =>
      ({
        verb: 'patch',
        case: CASE,
        sha256: HASH,
        blob: BLOB,
        fileName: 'a.patch',
        branch: 'main',
        fixedVersion,
      }) as const
    const scenario = triaged()
    scenario.does(affects({ range: '< 2.4.1' }), person(ana))
    scenario.does(affects({ package: 'quillmark', range: '< 3.1' }), person(ana))
    expect(scenario.refused(patch('2.4.0'), person(ben))).toMatchObject({
      gate: 'makes-sense',
      because: '2.4.0 is said to be fixed, but it is in the affected range.',
      liftedBy: [{ verb: 'patch' }],
    })
    expect(scenario.refused(patch('2.4.1'), person(ben)).because).toContain('2.4.1 is said to be fixed')
    expect(scenario.does(patch('3.1'), person(ben))).toContain('PatchSubmitted')
  })

  it('hold for each package, without packages for the project', () => {
    const scenario = triaged()
    scenario.does(affects({ range: '< 2.4.1', fixedVersion: '2.4.1' }), person(ana))
    expect(versionsIn(scenario)).toEqual(['@quillmark/core < 2.4.1 2.4.1', 'quillmark < 2.4.1 2.4.1'])
    const without = triaged(policyOf())
    without.does(affects({ range: '< 2.4.1' }), person(ana))
    expect(versionsIn(without)).toEqual(['< 2.4.1'])
  })
})

describe('a branch that was named by mistake', () => {
  const remove = { verb: 'triage.affects', case: CASE, branch: 'main', remove: true } as const

  it('is removed, with its versions and packages', () => {
    const scenario = triaged()
    scenario.does(affects({ range: '< 2.4.1' }), person(ana))
    scenario.does(affects({ package: 'quillmark', range: '< 1.9' }), person(ana))
    expect(scenario.does(remove, person(ana))).toEqual(['AffectedBranchRemoved'])
    expect(stateOf(scenario).branches).toEqual([])
    expect(scenario.does(remove, person(ana))).toEqual([])
  })

  it('keeps its patch and loses only its versions', () => {
    const scenario = triaged()
    scenario.does(affects({ range: '< 2.4.1' }), person(ana))
    scenario.does({ verb: 'patch', case: CASE, branch: 'main', sha256: HASH, blob: BLOB, fileName: 'a' }, person(ben))
    scenario.does(remove, person(ana))
    expect(stateOf(scenario).branches).toMatchObject([{ name: 'main', affected: true, fix: { is: 'submitted' } }])
    expect(versionsIn(scenario)).toEqual(['@quillmark/core', 'quillmark'])
    expect(scenario.does(remove, person(ana))).toEqual([])
  })
})

describe('one package of a branch', () => {
  it('has versions of its own; packages that nobody named are then not affected', () => {
    const scenario = triaged()
    scenario.does(affects({ package: 'quillmark', range: '< 1.9', fixedVersion: '1.9' }), person(ana))
    expect(stateOf(scenario).branches).toMatchObject([{ name: 'main', affected: true }])
    expect(versionsIn(scenario)).toEqual(['quillmark < 1.9 1.9'])
    scenario.does(affects({ package: 'npm/@quillmark/core', range: '< 2.4.1' }), person(ana))
    expect(versionsIn(scenario)).toEqual(['@quillmark/core < 2.4.1', 'quillmark < 1.9 1.9'])
    expect(missingFactsOf(stateOf(scenario), scenario.policy).rangesOf).toEqual([])
  })

  it('uses the versions of the branch if it has none of its own', () => {
    const scenario = triaged()
    scenario.does(affects({ range: '< 2.4.1', fixedVersion: '2.4.1' }), person(ana))
    scenario.does(affects({ package: 'quillmark', range: '>= 2.0, < 2.4.1' }), person(ana))
    expect(versionsIn(scenario)).toEqual(['quillmark >= 2.0, < 2.4.1 2.4.1'])
  })

  it('is recorded as not affected when a person says so; the other packages are affected', () => {
    const scenario = triaged()
    scenario.does(affects({ range: '< 2.4.1' }), person(ana))
    scenario.does(affects({ package: 'quillmark', affected: false }), person(ana))
    expect(stateOf(scenario).branches).toMatchObject([{ name: 'main', affected: true, range: '< 2.4.1' }])
    expect(versionsIn(scenario)).toEqual(['@quillmark/core < 2.4.1'])
    expect(scenario.does(affects({ package: 'quillmark', affected: false }), person(ana))).toEqual([])
  })

  it('is removed if it was named by mistake, and has the versions of its branch again', () => {
    const scenario = triaged()
    const remove = { verb: 'triage.affects', case: CASE, branch: 'main', package: 'quillmark', remove: true } as const
    scenario.does(affects({ range: '< 2.4.1' }), person(ana))
    scenario.does(affects({ package: 'quillmark', range: '< 1.9' }), person(ana))
    expect(versionsIn(scenario)).toEqual(['quillmark < 1.9'])
    expect(scenario.does(remove, person(ana))).toEqual(['AffectedBranchRemoved'])
    expect(stateOf(scenario).branches).toEqual([{ name: 'main', affected: true, supported: true, range: '< 2.4.1' }])
    expect(versionsIn(scenario)).toEqual(['@quillmark/core < 2.4.1', 'quillmark < 2.4.1'])
    expect(scenario.does(remove, person(ana))).toEqual([])
  })

  it('is removed only if its name is clear', () => {
    const scenario = triaged(packaged(CLI, PYTHON))
    for (const named of ['npm/quillmark', 'PyPI/quillmark'])
      scenario.does(affects({ package: named, range: '< 1.9' }), person(ana))
    const remove = { verb: 'triage.affects', case: CASE, branch: 'main', package: 'quillmark', remove: true } as const
    expect(scenario.refused(remove, person(ana)).because).toBe('Several packages are called "quillmark".')
    scenario.does({ ...remove, package: 'PyPI/quillmark' }, person(ana))
    expect(versionsIn(scenario)).toEqual(['quillmark < 1.9'])
  })

  it.each([
    [packaged(CORE, CLI), affects({ package: 'inkwell' }), 'The project has no package "inkwell".', 'npm/quillmark'],
    [
      packaged(CLI, PYTHON),
      affects({ package: 'quillmark' }),
      'Several packages are called "quillmark".',
      'PyPI/quillmark',
    ],
    [policyOf(), affects({ package: 'quillmark' }), 'The project has no package "quillmark".', 'add the package'],
    [
      packaged(CORE, CLI),
      affects({ package: 'quillmark', affected: false }),
      'main is not recorded as affected.',
      'record first',
    ],
  ])('is refused if the request does not fit it', (policy, request, because, how) => {
    const refusal = triaged(policy).refused(request, person(ana))
    expect(refusal.because).toBe(because)
    expect(refusal.liftedBy.map((one) => one.how).join()).toContain(how)
  })
})
