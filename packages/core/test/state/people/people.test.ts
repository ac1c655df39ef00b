import { describe, expect, it } from 'vitest'
import { clocks, instant, maySee, nextInLine, outlook, PersonId, teamShortage } from '../../../src/index.ts'
import { actingCoordinator } from '../../../src/state/people/access.ts'
import { ana, ben, CASE, DAY, person, policyOf, RELEASE, Scenario } from '../../fixtures/scenario.ts'
import {
  cem,
  conflict,
  coordinator,
  handoff,
  coordinatedCase,
  remove,
  PREVIEW,
  take,
  teamOfThree,
} from '../../fixtures/team-of-three.ts'
import type { Row } from '../../fixtures/team-of-three.ts'

const ROWS: readonly Row[] = [
  { gate: 'role', given: coordinatedCase, request: handoff(cem), by: ben, says: 'Ana coordinates this case' },
  {
    gate: 'on-the-case',
    given: coordinatedCase,
    request: handoff(PersonId.parse('zoe')),
    by: ana,
    says: 'zoe is not on the team',
  },
  {
    gate: 'on-the-case',
    given: () => {
      const scenario = coordinatedCase()
      scenario.does(conflict(), person(ben))
      return scenario
    },
    request: handoff(ben),
    by: ana,
    says: 'Ben is not on the team',
  },
  {
    gate: 'makes-sense',
    given: () => new Scenario(teamOfThree).opens(),
    request: handoff(ana),
    by: ana,
    says: 'cannot offer the case to yourself',
  },
  { gate: 'fits-the-stage', given: coordinatedCase, request: take, by: ben, says: 'Ana coordinates this case' },
  {
    gate: 'case-open',
    given: () => {
      const scenario = coordinatedCase()
      scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
      return scenario
    },
    request: take,
    by: ben,
    says: 'closed',
  },
  { gate: 'role', given: coordinatedCase, request: remove(cem), by: ben, says: 'Only its coordinator and the admins' },
  { gate: 'role', given: coordinatedCase, request: conflict(cem), by: ben, says: 'declare only your own conflict' },
  {
    gate: 'makes-sense',
    given: coordinatedCase,
    request: conflict(PersonId.parse('nobody')),
    by: ana,
    says: 'Nobody of that name',
  },
  {
    gate: 'on-the-case',
    given: () => new Scenario(policyOf('solo')).opens(),
    request: conflict(),
    by: ana,
    says: 'No team member who can work on this case would be left',
  },
]

describe('who is on a case', () => {
  it.each(ROWS)('refuses $request.verb by $gate: $says', (row) => {
    const refusal = row.given().refused(row.request, person(row.by))
    expect(refusal).toMatchObject({ gate: row.gate, because: expect.stringContaining(row.says) })
    expect(refusal.liftedBy.length).toBeGreaterThan(0)
  })
})

describe('a hand-off', () => {
  it('takes effect when the other person accepts, and not before', () => {
    const scenario = coordinatedCase()
    expect(scenario.does(handoff(), person(ana))).toEqual(['HandoffOffered'])
    expect(scenario.does(handoff(), person(ana))).toEqual([])
    expect(coordinator(scenario)).toBe(ana)
    expect(scenario.refused(take, person(cem)).gate).toBe('fits-the-stage')
    expect(scenario.does(take, person(ben))).toEqual(['HandoffAccepted', 'CoordinatorSet'])
    expect(coordinator(scenario)).toBe(ben)
    expect(scenario.does(take, person(ben))).toEqual([])
    expect(scenario.world.case?.offer).toBeUndefined()
  })

  it('lapses when the case closes', () => {
    const scenario = coordinatedCase()
    scenario.does(handoff(), person(ana))
    scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
    expect(scenario.world.case?.offer).toBeUndefined()
  })

  it('is not needed if nothing has happened for as long as the policy lets a case lie', () => {
    const scenario = coordinatedCase()
    scenario.wait(6 * DAY)
    expect(scenario.refused(take, person(ben)).gate).toBe('fits-the-stage')
    scenario.wait(2 * DAY)
    expect(scenario.does(take, person(ben))).toContain('CoordinatorSet')
  })

  it('goes to the first of two people who take an unowned case at the same time', () => {
    const scenario = new Scenario(teamOfThree).opens()
    scenario.does(take, person(ben))
    expect(scenario.refused(take, person(cem)).because).toContain('Ben coordinates')
    expect(scenario.world.case?.acknowledgedAt).toBeUndefined()
  })
})

describe('a former team member', () => {
  const demoted = (...roles: readonly ('observer' | 'maintainer')[]): Scenario => {
    const scenario = coordinatedCase(policyOf())
    scenario.does(handoff(), person(ana))
    scenario.does(take, person(ben))
    const { policy } = scenario
    scenario.policy = {
      ...policy,
      people: policy.people.map((one) => (one.id === ben ? { ...one, roles: [...roles] } : one)),
    }
    return scenario
  }
  const next = ({ policy, world, now }: Scenario) => outlook(policy, world, now)?.next

  it.each([['observer'], ['maintainer']] as const)(
    'holds no seat as %s: what was theirs is offered to others',
    (role) => {
      const scenario = demoted(role)
      expect(coordinator(scenario)).toBe(ben)
      expect(next(scenario)).toMatchObject({ verb: 'take', owner: 'Ana' })
      const offered = clocks(scenario.policy, scenario.world).find(({ clock }) => clock === 'offer-owner')
      expect(offered).toMatchObject({ owner: 'Ana' })
      expect(
        scenario.world.case && teamShortage(scenario.policy, scenario.world.case)?.left.map(({ id }) => id),
      ).toEqual([ana])
      expect(scenario.does(take, person(ana))).toContain('CoordinatorSet')
    },
  )

  it('does not count as the second person who could close the case', () => {
    expect(demoted('observer').refused(remove(ana), person(ana)).gate).toBe('on-the-case')
  })
})

describe('a removal', () => {
  it('takes effect at once: the person runs nothing, sees nothing, and is removed from the channel', () => {
    const scenario = coordinatedCase()
    expect(scenario.does(remove(ben), person(ana))).toEqual(['PersonRemoved'])
    expect(scenario.does(remove(ben), person(ana))).toEqual([])
    expect(scenario.world.case !== undefined && maySee(scenario.world.case, ben)).toBe(false)
    expect(scenario.refused({ verb: 'triage', case: CASE, disposition: 'valid' }, person(ben)).gate).toBe('on-the-case')
    expect(scenario.effects).toContainEqual(expect.objectContaining({ kind: 'remove', people: [ben] }))
  })

  it('voids their open questions, and gives nobody else their patches', () => {
    const scenario = coordinatedCase()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
    scenario.does({ verb: 'triage.affects', case: CASE, branch: 'main', affected: true }, person(ana))
    scenario.does({ verb: 'triage.affects', case: CASE, branch: '4.2', affected: true }, person(ana))
    scenario.does({ verb: 'assign-patch', case: CASE, to: ben, branches: [] }, person(ana))
    scenario.does(
      { verb: 'waive', case: CASE, rule: 'fix', branch: '4.2', reason: 'ends soon', shown: PREVIEW },
      person(ben),
    )
    expect(scenario.does(remove(ben), person(ana))).toEqual(['PersonRemoved', 'ApprovalVoided'])
    expect(scenario.refused({ verb: 'approve', case: CASE, shown: PREVIEW }, person(cem)).gate).toBe('makes-sense')
    expect(scenario.world.case?.branches.map(({ fix }) => fix)).toEqual([undefined, undefined])
    expect(outlook(teamOfThree, scenario.world, scenario.now)?.next).toMatchObject({
      owner: 'Ana',
      verb: 'assign-patch',
    })
  })

  it.each([
    ['asked for', ben],
    ['approved', ana],
  ] as const)('takes back a publication that they %s ahead of its instant', (_how, asker) => {
    const scenario = new Scenario(teamOfThree).untilPrenotified(RELEASE)
    scenario.now = instant(RELEASE - DAY / 2)
    scenario.does({ verb: 'disclose', case: CASE, shown: PREVIEW }, person(asker))
    scenario.does({ verb: 'approve', case: CASE, shown: PREVIEW }, person(asker === ben ? cem : ben))
    expect(scenario.world.release?.ahead).toMatchObject({ from: RELEASE })
    expect(scenario.does(remove(ben), person(ana))).toEqual(['PersonRemoved', 'DisclosureHeld'])
    expect(scenario.world.release?.ahead).toBeUndefined()
  })

  it('keeps what they wrote and reviewed unchanged', () => {
    const scenario = new Scenario(teamOfThree).untilReady()
    const ready = scenario.now
    scenario.wait(DAY).does(remove(ben), person(ana))
    expect(scenario.world.case?.cs.fixReady).toBe(ready)
    expect(scenario.world.case?.branches[0]?.fix).toMatchObject({ is: 'verified', author: { person: ben } })
  })

  it('leaves the case without a coordinator, and offers it to the next in line within the policy’s time', () => {
    const scenario = coordinatedCase()
    scenario.does(remove(ana), person(ana))
    expect(coordinator(scenario)).toBeUndefined()
    expect(outlook(teamOfThree, scenario.world, scenario.now)?.next).toMatchObject({ verb: 'take' })
    const offer = clocks(teamOfThree, scenario.world).find(({ clock }) => clock === 'offer-owner')
    expect(offer?.start).toBe(scenario.now)
    expect(['Ben', 'Cem']).toContain(offer?.owner)
    expect(scenario.does(take, person(cem))).toContain('CoordinatorSet')
  })
})

describe('a conflict of interest', () => {
  it('bars both roles permanently, and is not undone by an invitation', () => {
    const scenario = new Scenario(teamOfThree).untilReady()
    scenario.does(conflict(ben), person(ana))
    expect(scenario.does(conflict(ben), person(ana))).toEqual([])
    expect(scenario.refused({ verb: 'prenotify', case: CASE, at: RELEASE, shown: PREVIEW }, person(ben)).gate).toBe(
      'no-conflict',
    )
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown: PREVIEW }, person(ana))
    expect(scenario.refused({ verb: 'approve', case: CASE, shown: PREVIEW }, person(ben)).gate).toBe('no-conflict')
    expect(scenario.does({ verb: 'approve', case: CASE, shown: PREVIEW }, person(cem))).toContain('ApprovalGiven')
    expect(scenario.world.case !== undefined && maySee(scenario.world.case, ben)).toBe(false)
  })

  it('is reported to leave too few people for an approval, with the admins who can add one', () => {
    const scenario = coordinatedCase()
    const few = () => scenario.world.case && teamShortage(teamOfThree, scenario.world.case)
    scenario.does(conflict(), person(cem))
    expect(few()).toBeUndefined()
    scenario.does(conflict(), person(ben))
    expect(few()).toMatchObject({ left: [{ id: ana }], admins: [{ id: ana }] })
    expect(scenario.refused(conflict(), person(ana)).gate).toBe('on-the-case')
    expect(scenario.refused(remove(ana), person(ana)).gate).toBe('on-the-case')
  })

  it('voids what the person asked', () => {
    const scenario = new Scenario(teamOfThree).untilReady()
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown: PREVIEW }, person(ben))
    expect(scenario.does(conflict(), person(ben))).toEqual(['ConflictDeclared', 'ApprovalVoided'])
  })
})

describe('a person who was removed from the policy', () => {
  const gone = { ...teamOfThree, people: teamOfThree.people.filter(({ id }) => id !== ana) }

  it('no longer owns a case: it is offered to the others at once, and they may take it', () => {
    const scenario = coordinatedCase()
    scenario.wait(60_000)
    scenario.policy = gone
    const offer = clocks(gone, scenario.world).find(({ clock }) => clock === 'offer-owner')
    expect(['Ben', 'Cem']).toContain(offer?.owner)
    expect(outlook(gone, scenario.world, scenario.now)?.next).toMatchObject({ verb: 'take' })
    expect(scenario.does(take, person(ben))).toContain('CoordinatorSet')
  })
})

describe('the next in line', () => {
  const state = coordinatedCase().world.case
  if (state === undefined) throw new Error('no case')
  const names = (at = instant(0), last?: PersonId) => nextInLine(teamOfThree, state, at, last).map(({ id }) => id)

  it('rotates, starting after the last person', () => {
    expect(names(instant(0), ana)).toEqual([ben, cem])
    expect(names(instant(0), cem)).toEqual([ana, ben])
    expect(new Set(names())).toEqual(new Set([ana, ben, cem]))
  })

  it('skips people who are away, unless all are', () => {
    const away = (...who: readonly PersonId[]) =>
      Object.fromEntries(who.map((id) => [id, { from: instant(10), until: instant(20) }] as const))
    const at = (now: number, ...who: readonly PersonId[]) =>
      nextInLine(teamOfThree, { ...state, away: away(...who) }, instant(now), ana).map(({ id }) => id)
    expect(at(15, ben)).toEqual([cem])
    expect(at(20, ben)).toEqual([ben, cem])
    expect(at(15, ben, cem)).toEqual([ben, cem])
  })

  it('starts with the first to return if all are away, who may be the coordinator', () => {
    const until = (back: Readonly<Record<string, number>>) =>
      Object.fromEntries(Object.entries(back).map(([id, day]) => [id, { from: instant(10), until: instant(day) }]))
    const seen = { ...state, away: until({ [ana]: 40, [ben]: 30, [cem]: 20 }) }
    expect(nextInLine(teamOfThree, seen, instant(15), ana).map(({ id }) => id)).toEqual([cem, ben])
    expect(actingCoordinator(teamOfThree, { ...seen, coordinator: ana }, instant(15))?.id).toBe(cem)
    const sooner = { ...seen, away: until({ [ana]: 18, [ben]: 30, [cem]: 20 }), coordinator: ana }
    expect(actingCoordinator(teamOfThree, sooner, instant(15))?.id).toBe(ana)
  })
})
