import { describe, expect, it } from 'vitest'
import { CveId, flagsOf, HOUR, isCveKept, later, MINUTE, publicSince, stageOf } from '../../../src/index.ts'
import { milestonesOf } from '../../../src/views/milestones.ts'
import {
  openEffectNames,
  publishingRelease,
  PUBLISHES,
  acceptEffects,
  withTargets,
} from '../../fixtures/publication.ts'
import { ana, person } from '../../fixtures/scenario.ts'
import { DATE, ONE, RELEASE, TWO } from '../../fixtures/multi-case-scenario.ts'
import { LINK, clockNamed, acceptAll } from '../../fixtures/document-steps.ts'

describe('a publication to targets', () => {
  it('shows which document goes where, with its mode, and keeps what was approved', () => {
    const scenario = withTargets({ ...PUBLISHES, github: 'prepare' })
    scenario.does({ verb: 'cve.request', case: TWO }, person(ana))
    const { documents } = scenario.preview({ verb: 'disclose', case: ONE })
    expect(documents.map(({ step, case: of, mode }) => `${mode} ${step} ${of}`)).toEqual([
      'publish fixed-versions SEC-2026-0001',
      'publish fixed-versions SEC-2026-0002',
      'prepare github-advisory SEC-2026-0001',
      'prepare github-advisory SEC-2026-0002',
      'publish file-tree SEC-2026-0001',
      'publish file-tree SEC-2026-0002',
      'publish cve-record SEC-2026-0001',
      'publish records SEC-2026-0001',
      'publish records SEC-2026-0002',
    ])
  })

  it.each([
    ['publish', 'is there already', true],
    ['publish', 'is opened on the day', false],
    ['prepare', 'is opened by a person', true],
    ['off', 'is there already', false],
  ] as const)(
    'asks whether the private fork is merged if the advisory may have one: %s, and it %s',
    (github, advisory, expected) => {
      const scenario = withTargets({ ...PUBLISHES, github })
      const advisoryLink = { opened: { at: DATE, link: LINK } }
      if (advisory === 'is there already') scenario.states.set(ONE, { ...scenario.caseState(ONE), advisoryLink })
      const { sentences } = scenario.preview({ verb: 'disclose', case: ONE })
      const asked = 'Is all work in the private fork at GitHub merged? Publishing the advisory deletes the fork.'
      expect(sentences.includes(asked)).toBe(expected)
    },
  )

  it('asks for no fork if each advisory is public already', () => {
    const scenario = withTargets()
    for (const id of [ONE, TWO]) {
      const published = { at: DATE, link: LINK }
      scenario.states.set(id, { ...scenario.caseState(id), advisoryLink: { published } })
    }
    expect(scenario.preview({ verb: 'disclose', case: ONE }).sentences.join(' ')).not.toContain('fork')
  })

  it.each([
    ['neither packages nor a publisher', {}, ['file-tree']],
    ['a publisher', { publisher: { name: 'Q', namespace: 'https://q.example' } }, ['file-tree', 'records']],
  ] as const)('writes the files that can be written for a project with %s', (_what, publisher, expected) => {
    const project = { packages: undefined, cve: 'none', ...publisher } as const
    const scenario = withTargets({ files: 'publish', github: 'off' }, {}, project)
    const { documents } = scenario.preview({ verb: 'disclose', case: ONE })
    expect([...new Set(documents.map(({ step }) => step))]).toEqual(expected)
  })

  it('performs the steps in order, each for all cases, and sends the mails last', () => {
    const scenario = publishingRelease()
    expect(acceptAll(scenario)).toEqual([
      'fixed-versions>SEC-2026-0001',
      'fixed-versions>SEC-2026-0002',
      'github-advisory>SEC-2026-0001',
      'github-advisory>SEC-2026-0002',
      'file-tree>SEC-2026-0001',
      'file-tree>SEC-2026-0002',
      'cve-record>SEC-2026-0001',
      'records>SEC-2026-0001',
      'records>SEC-2026-0002',
      'announcement>public:announce',
      'oss-security>public:oss-security',
      'embargo-lifted>recipient:distros/north',
      'embargo-lifted>recipient:distros/south',
      'thanks>report:SEC-2026-0001/r1',
      'thanks>report:SEC-2026-0002/r1',
    ])
    expect(scenario.releaseState().disclosedAt).toBe(DATE)
  })

  it('is public once the fixed versions are, and the deadlines that follow a publication start then', () => {
    const scenario = publishingRelease()
    const seen = () => publicSince(scenario.caseState(ONE), scenario.releaseState())
    scenario.wait(2 * HOUR)
    expect(stageOf(scenario.caseState(ONE), scenario.releaseState())).toBe('publishing')
    expect(flagsOf(scenario.caseState(ONE), scenario.releaseState())).not.toContain('public')
    expect(seen()).toBeUndefined()
    expect(clockNamed(scenario, 'publish-cve')).toBeUndefined()
    for (const one of [ONE, TWO]) acceptEffects(scenario, `fixed-versions>${one}`)
    expect(stageOf(scenario.caseState(ONE), scenario.releaseState())).toBe('disclosed')
    expect(seen()).toBe(later(DATE, 2 * HOUR))
    expect(clockNamed(scenario, 'publish-cve')).toMatchObject({ start: later(DATE, 2 * HOUR) })
    expect(milestonesOf(scenario.policy, scenario.caseState(ONE), scenario.releaseState()).disclosedAt).toBe(seen())
  })

  it('is public when people go on without the fixed versions', () => {
    const scenario = publishingRelease()
    scenario.wait(HOUR)
    scenario.does(
      { verb: 'settle.step', case: ONE, step: 'fixed-versions', outcome: 'withdrawn', reason: 'no registry' },
      person(ana),
    )
    expect(publicSince(scenario.caseState(ONE), scenario.releaseState())).toBe(later(DATE, HOUR))
  })

  it('records in the case the addresses of its advisory and its CVE record', () => {
    const scenario = publishingRelease()
    acceptAll(scenario)
    expect(scenario.caseState(ONE)).toMatchObject({
      advisoryLink: { published: { link: 'https://quillmark.example/github-advisory/SEC-2026-0001' } },
      cve: { recordLink: 'https://quillmark.example/cve-record/SEC-2026-0001', publishedAt: DATE },
    })
  })

  it('records the file as the advisory of a project that publishes no advisory at GitHub', () => {
    const scenario = publishingRelease({ ...PUBLISHES, github: 'off' })
    acceptAll(scenario)
    expect(scenario.caseState(ONE).advisoryLink?.published?.link).toBe(
      'https://quillmark.example/file-tree/SEC-2026-0001',
    )
  })

  it('consists only of mails if the project does not describe itself, and stores nothing about documents', () => {
    const scenario = withTargets()
    scenario.policy = {
      ...scenario.policy,
      projects: scenario.policy.projects.map(({ packages: _p, repository: _r, targets: _t, ...one }) => one),
    }
    expect(scenario.preview({ verb: 'disclose', case: ONE }).documents).toEqual([])
  })
})

it('keeps a CVE id that arrives during the publication, and changes no text for it', () => {
  const scenario = publishingRelease()
  expect(scenario.does({ verb: 'cve.set', case: TWO, cve: CveId.parse('CVE-1900-0043') }, person(ana))).toEqual([
    'CveAssigned',
  ])
  expect(scenario.caseState(TWO).cve).toMatchObject({ id: 'CVE-1900-0043', kept: 'requested' })
  expect(isCveKept(scenario.caseState(TWO), scenario.releaseState())).toBe(true)
  acceptAll(scenario)
  expect(isCveKept(scenario.caseState(TWO), scenario.releaseState())).toBe(false)
})

it('begins a publication approved in advance with the approved documents', () => {
  const scenario = withTargets()
  scenario.does({ verb: 'cve.request', case: TWO }, person(ana))
  scenario.request({ verb: 'prenotify', case: ONE, at: DATE })
  scenario.approve()
  for (const name of ['prenotification', 'heads-up']) acceptEffects(scenario, name)
  scenario.now = later(DATE, -60 * MINUTE)
  scenario.request({ verb: 'disclose', case: ONE })
  scenario.approve()
  expect(openEffectNames(scenario)).toEqual([])
  const { clock = 'release', round = 0 } = clockNamed(scenario, 'release') ?? {}
  scenario.now = DATE
  scenario.does({ verb: 'fire-clock', stream: ONE, clock, round, fraction: 1 })
  expect(openEffectNames(scenario)).toEqual(['fixed-versions>SEC-2026-0001', 'fixed-versions>SEC-2026-0002'])
  expect(scenario.releaseState(RELEASE).documents).toHaveLength(9)
})
