import { ANA, BEN, cem } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import {
  clocks,
  CommandId,
  evolveRecorded,
  audienceOf,
  instant,
  later,
  nextInLine,
  outlook,
  PEOPLE,
  streamsFor,
} from '../../src/index.ts'
import type { CaseId, PersonId, PersonRequest, Request } from '../../src/index.ts'
import { ana, ben, CASE, DAY, person, policyOf, RELEASE, Scenario } from '../fixtures/scenario.ts'
import { MultiCaseScenario, TWO } from '../fixtures/multi-case-scenario.ts'
import { coordinator, handoff, coordinatedCase, PREVIEW, take, teamOfThree } from '../fixtures/team-of-three.ts'

const UNTIL = instant(Date.UTC(2026, 4, 18))

const says = (scenario: Scenario, who: PersonId, until: typeof UNTIL | 'back' = UNTIL, from?: typeof UNTIL) =>
  scenario.does({ verb: 'absence', stream: PEOPLE, until, ...(from === undefined ? {} : { from }) }, person(who))

const awayIn = (scenario: Scenario, id: CaseId = CASE) => {
  const state = scenario.states.get(id)
  return state?.kind === 'case' ? (state.away ?? {}) : undefined
}

describe('an absence that a person announces', () => {
  it('is recorded once, for that person only, and without a case', () => {
    const scenario = new Scenario(teamOfThree)
    expect(says(scenario, ana)).toEqual(['AbsenceSaid'])
    expect(says(scenario, ana)).toEqual([])
    expect(scenario.states.get(PEOPLE)).toMatchObject({ kind: 'people', away: { ana: { until: UNTIL } } })
    expect(scenario.effects).toEqual([])
  })

  it('can be withdrawn and announced again', () => {
    const scenario = new Scenario(teamOfThree)
    expect(says(scenario, ana, 'back')).toEqual([])
    says(scenario, ana)
    scenario.wait(DAY)
    expect(says(scenario, ana, 'back')).toEqual(['AbsenceSaid'])
    expect(says(scenario, ana, 'back')).toEqual([])
    expect(says(scenario, ana, UNTIL, later(scenario.now, DAY))).toEqual(['AbsenceSaid'])
  })

  const ROWS: readonly (readonly [string, PersonId | 'nobody', Request, string, string])[] = [
    [
      'an account of nobody',
      'nobody',
      { verb: 'absence', stream: PEOPLE, until: UNTIL },
      'role',
      'Your account on terminal belongs to no person that Embargo knows, so it cannot run commands.',
    ],
    [
      'a time that is over',
      ana,
      { verb: 'absence', stream: PEOPLE, until: instant(0) },
      'makes-sense',
      'That time is over already.',
    ],
    [
      'a time without an end',
      ana,
      { verb: 'absence', stream: PEOPLE, until: instant(Date.UTC(2028, 0, 1)) },
      'makes-sense',
      'That is more than 366 days away.',
    ],
  ]
  it.each(ROWS)('is refused for %s', (_name, who, request, gate, because) => {
    const actor = who === 'nobody' ? ({ kind: 'person', platform: 'terminal', account: 'x' } as const) : person(who)
    const decision = new Scenario(teamOfThree).ask(request, actor)
    expect(decision).toMatchObject({ ok: false, refusal: { gate, because } })
  })

  it('is stored only in the stream of people, never in the stream of a case', () => {
    const [said] = sayAndLog()
    expect(() => evolveRecorded(undefined, { ...said, stream: CASE })).toThrow('does not belong')
    const opened = new Scenario(teamOfThree).opens().log[0]
    if (opened === undefined) throw new Error('nothing was recorded')
    expect(() => evolveRecorded(undefined, { ...opened, stream: PEOPLE })).toThrow('does not belong')
  })
})

const sayAndLog = () => {
  const scenario = new Scenario(teamOfThree)
  says(scenario, ana)
  const [first] = scenario.log
  if (first === undefined) throw new Error('nothing was recorded')
  return [first] as const
}

describe('a case that opens while somebody is away', () => {
  it('knows the absence from the start: it is offered to the others, who are notified', () => {
    const scenario = new Scenario(teamOfThree)
    says(scenario, ana)
    scenario.opens()
    expect(awayIn(scenario)).toEqual({ ana: { from: scenario.now, until: UNTIL } })
    const { case: state } = scenario.world
    if (state === undefined) throw new Error('no case')
    expect(nextInLine(teamOfThree, state, scenario.now).map(({ id }) => id)).not.toContain(ana)
    expect(audienceOf(teamOfThree, state, { hears: 'team', at: scenario.now }).map(({ id }) => id)).toEqual([ben, cem])
    expect(nextInLine(teamOfThree, state, UNTIL).map(({ id }) => id)).toContain(ana)
  })

  it('notifies the only person present, or everybody if all are away', () => {
    const hear = (...away: readonly (typeof ana)[]) => {
      const scenario = new Scenario(teamOfThree)
      for (const one of away) says(scenario, one)
      scenario.opens()
      const state = scenario.world.case ?? fail()
      return audienceOf(teamOfThree, state, { hears: 'team', at: scenario.now }).map(({ id }) => id)
    }
    expect(hear(ana, ben)).toEqual([cem])
    expect(hear(ana, ben, cem)).toEqual([ana, ben, cem])
  })

  it('is never offered to an absent person while it has no owner', () => {
    const scenario = new Scenario(teamOfThree)
    says(scenario, ana)
    says(scenario, ben)
    scenario.opens()
    const offers = clocks(teamOfThree, scenario.world).find(({ clock }) => clock === 'offer-owner')
    const [moment] = offers?.moments ?? []
    if (offers === undefined || moment === undefined) throw new Error('nobody is offered the case')
    scenario.now = moment.at
    scenario.does({
      verb: 'fire-clock',
      stream: CASE,
      clock: 'offer-owner',
      round: offers.round,
      fraction: moment.fraction,
    })
    expect(clocks(teamOfThree, scenario.world).find(({ clock }) => clock === 'offer-owner')?.about).not.toMatch(
      /Ana|Ben/u,
    )
  })

  it('also knows the absence if a person opened it, split it from another case, or invited the absent person', () => {
    const scenario = new MultiCaseScenario(
      policyOf('team', { people: teamOfThree.people.filter(({ id }) => id !== cem) }),
    )
    says(scenario, ben)
    scenario.does({ verb: 'open', case: CASE, project: 'quillmark' }, person(ana))
    expect(awayIn(scenario)).toHaveProperty('ben')
    scenario.open(TWO)
    const [report] = scenario.caseState(TWO).reports
    if (report === undefined) throw new Error('no report')
    const into = 'SEC-2026-0009' as CaseId
    scenario.does(
      { verb: 'open.report', case: TWO, report: report.id, into, project: 'quillmark', reason: 'two' },
      person(ana),
    )
    expect(awayIn(scenario, into)).toHaveProperty('ben')
  })

  it('knows the absence of a guest from the moment they accept the invitation', () => {
    const guests = policyOf('team', {
      people: [
        ANA,
        BEN,
        { id: 'finn', name: 'Finn', roles: ['maintainer'], mail: 'finn@quillmark.example', osUser: 'finn' },
      ],
    })
    const finn = 'finn' as PersonId
    const scenario = new Scenario(guests).opens()
    says(scenario, finn)
    expect(scenario.does({ verb: 'people.invite', case: CASE, person: finn }, person(ana))).toEqual(['PersonInvited'])
    expect(scenario.does({ verb: 'people.consent', case: CASE, agreed: true }, person(finn))).toContain('PersonAway')
  })

  it('ignores an absence that is over by then', () => {
    const scenario = new Scenario(teamOfThree)
    says(scenario, ana)
    scenario.now = UNTIL
    scenario.opens()
    expect(awayIn(scenario)).toEqual({})
  })
})

describe('a case that is reopened', () => {
  const invalid = { verb: 'triage', case: CASE, disposition: 'invalid', reason: 'meant so' } as const
  const reopen: PersonRequest = { verb: 'reopen', case: CASE, reason: 'they sent a proof' }

  it('learns of absences announced while it was closed', () => {
    const scenario = new Scenario(teamOfThree).opens()
    scenario.does(invalid, person(ben))
    says(scenario, ana)
    expect(scenario.does(reopen, person(ben))).toEqual(['CaseReopened', 'PersonAway'])
  })

  it('does not treat a person who is back as away', () => {
    const scenario = new Scenario(teamOfThree)
    says(scenario, ana)
    scenario.opens()
    scenario.does(invalid, person(ben))
    scenario.wait(DAY)
    says(scenario, ana, 'back')
    scenario.does(reopen, person(ben))
    expect(awayIn(scenario)).toMatchObject({ ana: { until: scenario.now } })
    expect(
      audienceOf(teamOfThree, scenario.world.case ?? fail(), { hears: 'team', at: scenario.now }).map(({ id }) => id),
    ).toContain(ana)
  })

  it('keeps absences that people recorded only in the case itself', () => {
    const scenario = new Scenario(teamOfThree).opens()
    scenario.does({ verb: 'away', case: CASE, until: UNTIL }, person(ana))
    scenario.does(invalid, person(ben))
    says(scenario, cem)
    scenario.does(reopen, person(ben))
    expect(awayIn(scenario)).toMatchObject({ ana: { until: UNTIL }, cem: { until: UNTIL } })
  })
})

const fail = (): never => {
  throw new Error('no case')
}

describe('the commands that add people to a case', () => {
  it('check the announced absences; other commands do not', () => {
    const scenario = new Scenario(teamOfThree).opens()
    const seen = (request: Request) =>
      streamsFor({ commandId: CommandId.parse('x'), actor: person(ana), at: scenario.now, request }, scenario.world)
    expect(seen({ verb: 'people.invite', case: CASE, person: cem })).toContain(PEOPLE)
    expect(seen({ verb: 'reopen', case: CASE, reason: 'x' })).toContain(PEOPLE)
    expect(seen({ verb: 'ack', case: CASE })).toEqual([CASE])
  })
})

describe('somebody who is away', () => {
  const until = instant(Date.UTC(2026, 4, 11))
  const away = (more: { from?: typeof until; until: typeof until | 'back' }): PersonRequest => ({
    verb: 'away',
    case: CASE,
    ...more,
  })

  it('does not delay their tasks, which go to the next in line and return afterwards', () => {
    const scenario = coordinatedCase()
    expect(scenario.does(away({ until }), person(ana))).toEqual(['PersonAway'])
    expect(scenario.does(away({ until }), person(ana))).toEqual([])
    const owner = () => outlook(teamOfThree, scenario.world, scenario.now)?.next.owner
    expect(owner()).toBe('Ben')
    expect(coordinator(scenario)).toBe(ana)
    scenario.now = until
    expect(owner()).toBe('Ana')
  })

  it('is offered no case, and can be replaced as its owner', () => {
    const scenario = coordinatedCase()
    scenario.does(away({ until }), person(ben))
    expect(scenario.refused(handoff(), person(ana)).because).toContain('Ben is away')
    scenario.does(away({ until }), person(ana))
    expect(scenario.does(take, person(cem))).toContain('CoordinatorSet')
  })

  it('may have their absence planned in the policy, for every case', () => {
    const people = teamOfThree.people.map((one) =>
      one.id === ben ? { ...one, away: [{ from: '2026-05-01', back: '2026-05-11' }] } : one,
    )
    const scenario = coordinatedCase({ ...teamOfThree, people })
    expect(scenario.refused(handoff(), person(ana)).because).toContain('Ben is away')
    scenario.now = until
    expect(scenario.does(handoff(), person(ana))).toEqual(['HandoffOffered'])
  })

  it('is away from midnight in their own time zone', () => {
    const awayIn = (zone: string) => {
      const people = teamOfThree.people.map((one) =>
        one.id === ben ? { ...one, zone, away: [{ from: '2026-05-05', back: '2026-05-11' }] } : one,
      )
      return coordinatedCase({ ...teamOfThree, people })
    }
    const tokyo = awayIn('Asia/Tokyo')
    tokyo.now = instant(Date.UTC(2026, 4, 4, 15))
    expect(tokyo.refused(handoff(), person(ana)).because).toContain('Ben is away')
    tokyo.now = instant(Date.UTC(2026, 4, 10, 15))
    expect(tokyo.does(handoff(), person(ana))).toEqual(['HandoffOffered'])

    const honolulu = awayIn('Pacific/Honolulu')
    honolulu.now = instant(Date.UTC(2026, 4, 5, 9, 59))
    expect(honolulu.does(handoff(), person(ana))).toEqual(['HandoffOffered'])
  })

  it('may still approve', () => {
    const scenario = new Scenario(teamOfThree).untilReady()
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown: PREVIEW }, person(ana))
    scenario.does(away({ until: instant(scenario.now + DAY) }), person(ben))
    expect(scenario.does({ verb: 'approve', case: CASE, shown: PREVIEW }, person(ben))).toContain('ApprovalGiven')
  })

  it('returns when they say so, and cannot be away for ever or in the past', () => {
    const scenario = coordinatedCase()
    expect(scenario.does(away({ until: 'back' }), person(ben))).toEqual([])
    scenario.does(away({ until }), person(ben))
    scenario.does(away({ until: 'back' }), person(ben))
    expect(scenario.does(handoff(), person(ana))).toEqual(['HandoffOffered'])
    expect(scenario.refused(away({ until: instant(0) }), person(ben)).because).toContain('over already')
    expect(scenario.refused(away({ until: instant(scenario.now + 400 * DAY) }), person(ben)).because).toContain('366')
  })
})
