import { describe, expect, it } from 'vitest'
import {
  brokenInvariants,
  clocks,
  CveId,
  flagsOf,
  HOUR,
  isCveKept,
  isoInstant,
  later,
  MINUTE,
  outlook,
  publicSince,
  stageOf,
} from '../../../src/index.ts'
import type { Clock } from '../../../src/index.ts'
import { milestonesOf } from '../../../src/views/milestones.ts'
import {
  openEffectNames,
  publishingRelease,
  PUBLISHES,
  steps,
  acceptEffects,
  withTargets,
} from '../../fixtures/publication.ts'
import { ana, person } from '../../fixtures/scenario.ts'
import { DATE, ONE, RELEASE, TWO } from '../../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../../fixtures/multi-case-scenario.ts'

const LINK = 'https://quillmark.example/by-hand'

const clockOf = (scenario: MultiCaseScenario, name: string): Clock | undefined =>
  clocks(scenario.policy, scenario.worldAt(ONE)).find(({ clock }) => clock.startsWith(name))

/** Lets time pass and fires every clock of the publication that becomes due. Returns the events. */
function waits(scenario: MultiCaseScenario, minutes: number): readonly string[] {
  scenario.wait(minutes * MINUTE)
  const events: string[] = []
  for (let due = dueStep(scenario); due !== undefined; due = dueStep(scenario)) {
    const { clock, round } = due
    events.push(...scenario.does({ verb: 'fire-clock', stream: ONE, clock, round, fraction: 1 }))
  }
  return events
}

function dueStep(scenario: MultiCaseScenario): Clock | undefined {
  const clock = clockOf(scenario, 'publication-step')
  return clock !== undefined && clock.due <= scenario.now ? clock : undefined
}

/** Lets every delivery succeed until none is left. Returns the names of the deliveries in order. */
function untilDone(scenario: MultiCaseScenario): readonly string[] {
  const order: string[] = []
  for (let [name] = openEffectNames(scenario); name !== undefined; [name] = openEffectNames(scenario)) {
    order.push(name)
    acceptEffects(scenario, name)
    expect(brokenInvariants(scenario.worldAt(ONE))).toEqual([])
  }
  return order
}

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
    expect(untilDone(scenario)).toEqual([
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
    expect(clockOf(scenario, 'publish-cve')).toBeUndefined()
    for (const one of [ONE, TWO]) acceptEffects(scenario, `fixed-versions>${one}`)
    expect(stageOf(scenario.caseState(ONE), scenario.releaseState())).toBe('disclosed')
    expect(seen()).toBe(later(DATE, 2 * HOUR))
    expect(clockOf(scenario, 'publish-cve')).toMatchObject({ start: later(DATE, 2 * HOUR) })
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
    untilDone(scenario)
    expect(scenario.caseState(ONE)).toMatchObject({
      advisoryLink: { published: { link: 'https://quillmark.example/github-advisory/SEC-2026-0001' } },
      cve: { recordLink: 'https://quillmark.example/cve-record/SEC-2026-0001', publishedAt: DATE },
    })
  })

  it('records the file as the advisory of a project that publishes no advisory at GitHub', () => {
    const scenario = publishingRelease({ ...PUBLISHES, github: 'off' })
    untilDone(scenario)
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

describe('fixed versions that do not appear', () => {
  it('delay everything else, and after 30 minutes people are asked', () => {
    const scenario = publishingRelease()
    acceptEffects(scenario, 'fixed-versions>SEC-2026-0001')
    expect(waits(scenario, 29)).toEqual([])
    expect(openEffectNames(scenario)).toEqual(['fixed-versions>SEC-2026-0002'])
    const clock = clockOf(scenario, 'fixed-versions')
    expect(clock?.moments.map(({ at, hears }) => `${isoInstant(at)} ${hears}`)).toEqual([
      '2026-05-19T14:30:00.000Z team',
      '2026-05-19T15:00:00.000Z admins',
    ])
    expect(clockOf(scenario, 'publication-step')).toBeUndefined()
  })

  it('continue when a person says where they are published', () => {
    const scenario = publishingRelease({ ...PUBLISHES, versions: 'prepare' })
    expect(openEffectNames(scenario)).toEqual([])
    const done = (id: typeof ONE) =>
      scenario.does({ verb: 'done.step', case: id, step: 'fixed-versions', link: LINK }, person(ana))
    expect(done(ONE)).toEqual(['DocumentDelivered'])
    expect(done(TWO)).toEqual(['DocumentDelivered', 'StepDone'])
    expect(openEffectNames(scenario)).toEqual(['github-advisory>SEC-2026-0001', 'github-advisory>SEC-2026-0002'])
  })

  it('keep even recipients waiting when they need a person', () => {
    const scenario = publishingRelease()
    expect(acceptEffects(scenario, 'fixed-versions>SEC-2026-0001', 'refused')).toEqual(['StepFailed', 'EffectParked'])
    expect(openEffectNames(scenario)).toEqual(['fixed-versions>SEC-2026-0002'])
  })
})

describe('a target that fails after the fix is public', () => {
  const fixPublic = (targets?: typeof PUBLISHES) => {
    const scenario = publishingRelease(targets)
    scenario.wait(3 * MINUTE)
    acceptEffects(scenario, 'fixed-versions')
    return scenario
  }

  it('delays the announcement for at most 15 minutes, for all targets together', () => {
    const scenario = fixPublic()
    expect(waits(scenario, 10)).toEqual([])
    acceptEffects(scenario, 'github-advisory')
    expect(waits(scenario, 4)).toEqual([])
    expect(openEffectNames(scenario)).toEqual(['file-tree>SEC-2026-0001', 'file-tree>SEC-2026-0002'])
    expect(waits(scenario, 1)).toEqual(['StepPassed', 'StepPassed', 'StepPassed'])
    expect(openEffectNames(scenario)).toContain('announcement>public:announce')
    expect(steps(scenario)).toEqual([
      'fixed-versions done',
      'github-advisory done',
      'file-tree passed',
      'cve-record passed',
      'records passed',
      'announce-mail begun',
      'oss-security-mail waits',
      'embargo-lifted waits',
      'thanks waits',
    ])
  })

  it('is completed later without a second announcement, and the publication ends with it', () => {
    const scenario = fixPublic()
    waits(scenario, 15)
    for (const name of ['announcement', 'oss-security', 'embargo-lifted', 'thanks']) acceptEffects(scenario, name)
    expect(scenario.releaseState().disclosedAt).toBeUndefined()
    const rest = untilDone(scenario)
    expect(rest.filter((name) => !name.includes('SEC-'))).toEqual([])
    expect(scenario.releaseState().disclosedAt).toBe(scenario.now)
    const announced = scenario.effects.filter(
      (effect) => effect.kind === 'send-mail' && effect.letter === 'announcement',
    )
    expect(announced).toHaveLength(1)
  })

  it('lets recipients be told at once when it needs a person, and nobody is told twice', () => {
    const scenario = fixPublic()
    expect(acceptEffects(scenario, 'github-advisory>SEC-2026-0001', 'refused')).toEqual([
      'StepFailed',
      'EffectParked',
      'StepAhead',
    ])
    expect(acceptEffects(scenario, 'github-advisory>SEC-2026-0002', 'in doubt')).toEqual(['EffectParked'])
    expect(openEffectNames(scenario)).toEqual([
      'embargo-lifted>recipient:distros/north',
      'embargo-lifted>recipient:distros/south',
    ])
    waits(scenario, 15)
    untilDone(scenario)
    scenario.does(
      { verb: 'settle.step', case: ONE, step: 'github-advisory', outcome: 'withdrawn', reason: 'down' },
      person(ana),
    )
    expect(scenario.releaseState().disclosedAt).toBe(scenario.now)
    expect(scenario.mails().filter((mail) => mail.startsWith('embargo-lifted'))).toEqual([
      'embargo-lifted north',
      'embargo-lifted south',
    ])
  })

  it('counts its 15 minutes from the moment when a person left the fixed versions out', () => {
    const scenario = publishingRelease()
    scenario.wait(MINUTE)
    scenario.does(
      { verb: 'settle.step', case: ONE, step: 'fixed-versions', outcome: 'withdrawn', reason: 'nothing to install' },
      person(ana),
    )
    expect(clockOf(scenario, 'publication-step')?.due).toBe(later(DATE, 16 * MINUTE))
  })

  it('waits at most 15 minutes for a person as well', () => {
    const scenario = fixPublic({ ...PUBLISHES, github: 'prepare', files: 'off', cve: 'off' })
    expect(openEffectNames(scenario)).toEqual([])
    expect(waits(scenario, 15)).toEqual(['StepPassed'])
    expect(openEffectNames(scenario)).toEqual(['announcement>public:announce'])
  })
})

describe('a mail that fails', () => {
  it('delays the next mail for at most 15 minutes', () => {
    const scenario = publishingRelease({ versions: 'off', github: 'off', files: 'off', cve: 'off' })
    acceptEffects(scenario, 'announcement', 'in doubt')
    expect(openEffectNames(scenario)).toEqual([
      'embargo-lifted>recipient:distros/north',
      'embargo-lifted>recipient:distros/south',
    ])
    expect(waits(scenario, 14)).toEqual([])
    expect(waits(scenario, 1)).toEqual(['StepPassed'])
    expect(openEffectNames(scenario)).toContain('oss-security>public:oss-security')
  })
})

describe('a step that a person names', () => {
  const parked = () => {
    const scenario = publishingRelease()
    acceptEffects(scenario, 'fixed-versions')
    acceptEffects(scenario, 'github-advisory>SEC-2026-0001', 'refused')
    return scenario
  }
  const step = 'github-advisory'

  it('can be marked as done by hand, with its link as evidence, which settles a doubt about it', () => {
    const scenario = parked()
    const action = 'settle the step “advisory at GitHub”'
    expect(outlook(scenario.policy, scenario.worldAt(ONE), scenario.now)?.next).toMatchObject({ action })
    acceptEffects(scenario, 'github-advisory>SEC-2026-0002')
    expect(scenario.does({ verb: 'done.step', case: ONE, step, link: LINK }, person(ana))).toEqual([
      'DoubtSettled',
      'DocumentDelivered',
      'StepDone',
      'AdvisoryPublished',
    ])
    expect(scenario.releaseState()).toMatchObject({ parked: [], deliveries: [{}, {}, {}, { link: LINK }] })
    expect(scenario.releaseState().steps.find((one) => one.step === step)?.evidence).toBe(`${LINK} (Ana)`)
  })

  it('can be tried again', () => {
    const scenario = parked()
    expect(scenario.does({ verb: 'settle.step', case: TWO, step, outcome: 'again' }, person(ana))).toEqual([
      'DoubtSettled',
    ])
    expect(scenario.releaseState().parked).toEqual([])
  })

  it('can be left out with a reason, and the next step begins', () => {
    const scenario = parked()
    const leave = { verb: 'settle.step', case: ONE, step, outcome: 'withdrawn', reason: 'not there' } as const
    expect(scenario.does(leave, person(ana))).toEqual(['DoubtSettled', 'StepLeftOut'])
    expect(openEffectNames(scenario)).toContain('file-tree>SEC-2026-0001')
    expect(scenario.releaseState().steps.find((one) => one.step === step)?.leftOut).toMatchObject({
      because: 'not there',
    })
  })

  it('keeps what a target did even if the step was left out meanwhile', () => {
    const scenario = publishingRelease()
    acceptEffects(scenario, 'fixed-versions')
    scenario.does({ verb: 'settle.step', case: ONE, step, outcome: 'withdrawn', reason: 'down' }, person(ana))
    expect(acceptEffects(scenario, 'github-advisory>SEC-2026-0001')).toEqual(['DocumentDelivered', 'AdvisoryPublished'])
  })

  it('stays done by hand even if Embargo cannot publish a document there afterwards', () => {
    const scenario = publishingRelease()
    acceptEffects(scenario, 'fixed-versions')
    for (const id of [ONE, TWO]) scenario.does({ verb: 'done.step', case: id, step, link: LINK }, person(ana))
    expect(acceptEffects(scenario, 'github-advisory>SEC-2026-0001', 'refused')).toEqual(['EffectParked', 'StepAhead'])
    expect(steps(scenario)).toContain('github-advisory done')
  })

  it('does not fail by a document that a person put there, while others are on their way', () => {
    const scenario = publishingRelease()
    acceptEffects(scenario, 'fixed-versions')
    scenario.does({ verb: 'done.step', case: ONE, step, link: LINK }, person(ana))
    expect(acceptEffects(scenario, 'github-advisory>SEC-2026-0001', 'refused')).toEqual(['EffectParked', 'StepAhead'])
    acceptEffects(scenario, 'github-advisory>SEC-2026-0002')
    expect(steps(scenario)).toContain('github-advisory done')
  })

  it('stays left out even if one of its documents cannot be published there afterwards', () => {
    const scenario = publishingRelease()
    acceptEffects(scenario, 'fixed-versions')
    scenario.does({ verb: 'settle.step', case: ONE, step, outcome: 'withdrawn', reason: 'down' }, person(ana))
    expect(acceptEffects(scenario, 'github-advisory>SEC-2026-0001', 'refused')).toEqual(['EffectParked', 'StepAhead'])
    expect(steps(scenario)).toContain('github-advisory left out')
  })

  it('with mails: a person says that those in doubt went', () => {
    const scenario = publishingRelease({ versions: 'off', github: 'off', files: 'off', cve: 'off' })
    acceptEffects(scenario, 'announcement', 'in doubt')
    expect(scenario.does({ verb: 'done.step', case: ONE, step: 'announce-mail', link: LINK }, person(ana))).toEqual([
      'DoubtSettled',
      'StepDone',
    ])
    expect(openEffectNames(scenario)).toContain('oss-security>public:oss-security')
  })
})

it('keeps a CVE id that arrives during the publication, and changes no text for it', () => {
  const scenario = publishingRelease()
  expect(scenario.does({ verb: 'cve.set', case: TWO, cve: CveId.parse('CVE-1900-0043') }, person(ana))).toEqual([
    'CveAssigned',
  ])
  expect(scenario.caseState(TWO).cve).toMatchObject({ id: 'CVE-1900-0043', kept: 'requested' })
  expect(isCveKept(scenario.caseState(TWO), scenario.releaseState())).toBe(true)
  untilDone(scenario)
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
  const { clock = 'release', round = 0 } = clockOf(scenario, 'release') ?? {}
  scenario.now = DATE
  scenario.does({ verb: 'fire-clock', stream: ONE, clock, round, fraction: 1 })
  expect(openEffectNames(scenario)).toEqual(['fixed-versions>SEC-2026-0001', 'fixed-versions>SEC-2026-0002'])
  expect(scenario.releaseState(RELEASE).documents).toHaveLength(9)
})
