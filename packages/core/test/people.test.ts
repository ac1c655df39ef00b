import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { clocks, instant, maySee, MessageId, nextInLine, outlook, PersonId, ReporterId, tooFew } from '../src/index.ts'
import type { GateId, PersonRequest } from '../src/index.ts'
import { ana, ben, BLOB, CASE, DAY, OTHER_HASH, person, policyOf, RELEASE, Scenario } from './scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }
const cem = PersonId.parse('cem')
/** Three of the team, of whom only Ana is an admin. */
const three = policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['team'] }] })
const handoff = (to = ben): PersonRequest => ({ verb: 'handoff', case: CASE, to })
const take: PersonRequest = { verb: 'take', case: CASE }
const remove = (who: PersonId): PersonRequest => ({ verb: 'remove', case: CASE, person: who, reason: 'left the firm' })
const conflict = (who?: PersonId): PersonRequest => ({
  verb: 'conflict',
  case: CASE,
  reason: 'works for the vendor',
  ...(who === undefined ? {} : { person: who }),
})

/** Ana looks after it. */
function owned(policy = three): Scenario {
  const scenario = new Scenario(policy).opens()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  return scenario
}
const coordinator = ({ world }: Scenario) => world.case?.coordinator

type Row = { gate: GateId; given: () => Scenario; request: PersonRequest; by: PersonId; says: string }
const ROWS: readonly Row[] = [
  { gate: 'role', given: owned, request: handoff(cem), by: ben, says: 'Ana looks after this case' },
  {
    gate: 'on-the-case',
    given: owned,
    request: handoff(PersonId.parse('zoe')),
    by: ana,
    says: 'zoe is not of the team',
  },
  {
    gate: 'on-the-case',
    given: () => {
      const scenario = owned()
      scenario.does(conflict(), person(ben))
      return scenario
    },
    request: handoff(ben),
    by: ana,
    says: 'Ben is not of the team',
  },
  {
    gate: 'makes-sense',
    given: () => new Scenario(three).opens(),
    request: handoff(ana),
    by: ana,
    says: 'no offer of your own',
  },
  { gate: 'fits-the-stage', given: owned, request: take, by: ben, says: 'Ana looks after this case' },
  {
    gate: 'case-open',
    given: () => {
      const scenario = owned()
      scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
      return scenario
    },
    request: take,
    by: ben,
    says: 'closed',
  },
  { gate: 'role', given: owned, request: remove(cem), by: ben, says: 'for its coordinator and the admins' },
  { gate: 'role', given: owned, request: conflict(cem), by: ben, says: 'one’s own to declare' },
  {
    gate: 'makes-sense',
    given: owned,
    request: conflict(PersonId.parse('nobody')),
    by: ana,
    says: 'Nobody of that name',
  },
  {
    gate: 'on-the-case',
    given: () => new Scenario(policyOf('solo')).opens(),
    request: conflict(),
    by: ana,
    says: 'Nobody who may work on this case would be left',
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
  it('counts when the other one takes it, and not before', () => {
    const scenario = owned()
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
    const scenario = owned()
    scenario.does(handoff(), person(ana))
    scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
    expect(scenario.world.case?.offer).toBeUndefined()
  })

  it('is not needed where nothing has happened for as long as the policy lets a case lie', () => {
    const scenario = owned()
    scenario.wait(6 * DAY)
    expect(scenario.refused(take, person(ben)).gate).toBe('fits-the-stage')
    scenario.wait(2 * DAY)
    expect(scenario.does(take, person(ben))).toContain('CoordinatorSet')
  })

  it('goes to one of two who take an unowned case at once', () => {
    const scenario = new Scenario(three).opens()
    scenario.does(take, person(ben))
    expect(scenario.refused(take, person(cem)).because).toContain('Ben looks after')
    expect(scenario.world.case?.acknowledgedAt).toBeUndefined()
  })
})

describe('a removal', () => {
  it('works at once: they run nothing, see nothing, and are taken out of the channel', () => {
    const scenario = owned()
    expect(scenario.does(remove(ben), person(ana))).toEqual(['PersonRemoved'])
    expect(scenario.does(remove(ben), person(ana))).toEqual([])
    expect(scenario.world.case !== undefined && maySee(scenario.world.case, ben)).toBe(false)
    expect(scenario.refused({ verb: 'triage', case: CASE, disposition: 'valid' }, person(ben)).gate).toBe('on-the-case')
    expect(scenario.effects).toContainEqual(expect.objectContaining({ kind: 'remove', people: [ben] }))
  })

  it('makes void what they asked and nobody answered, and gives their patches to nobody', () => {
    const scenario = owned()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
    scenario.does({ verb: 'affects', case: CASE, branch: 'main', affected: true }, person(ana))
    scenario.does({ verb: 'affects', case: CASE, branch: '4.2', affected: true }, person(ana))
    scenario.does({ verb: 'assign-patch', case: CASE, to: ben, branches: [] }, person(ana))
    scenario.does(
      { verb: 'waive', case: CASE, rule: 'fix-ready', branch: '4.2', reason: 'ends soon', shown },
      person(ben),
    )
    expect(scenario.does(remove(ben), person(ana))).toEqual(['PersonRemoved', 'ApprovalVoided'])
    expect(scenario.refused({ verb: 'approve', case: CASE, shown }, person(cem)).gate).toBe('makes-sense')
    expect(scenario.world.case?.branches.map(({ fix }) => fix)).toEqual([undefined, undefined])
    expect(outlook(three, scenario.world, scenario.now)?.next).toMatchObject({ owner: 'Ana', verb: 'assign-patch' })
  })

  it.each([
    ['asked for', ben],
    ['approved', ana],
  ] as const)('takes back a publication that they %s ahead of its instant', (_how, asker) => {
    const scenario = new Scenario(three).untilPrenotified(RELEASE)
    scenario.now = instant(RELEASE - DAY / 2)
    scenario.does({ verb: 'disclose', case: CASE, shown }, person(asker))
    scenario.does({ verb: 'approve', case: CASE, shown }, person(asker === ben ? cem : ben))
    expect(scenario.world.release?.ahead).toBeDefined()
    expect(scenario.does(remove(ben), person(ana))).toEqual(['PersonRemoved', 'DisclosureHeld'])
    expect(scenario.world.release?.ahead).toBeUndefined()
  })

  it('leaves what they wrote and looked at as it is', () => {
    const scenario = new Scenario(three).untilReady()
    scenario.does(remove(ben), person(ana))
    expect(scenario.world.case?.cs.fixReady).toBeDefined()
    expect(scenario.world.case?.branches[0]?.fix).toMatchObject({ is: 'verified', author: { person: ben } })
  })

  it('empties the seat of a coordinator, and offers the case to the next in line within the policy’s time', () => {
    const scenario = owned()
    scenario.does(remove(ana), person(ana))
    expect(coordinator(scenario)).toBeUndefined()
    expect(outlook(three, scenario.world, scenario.now)?.next).toMatchObject({ verb: 'take' })
    const offer = clocks(three, scenario.world).find(({ clock }) => clock === 'offer-owner')
    expect(offer?.start).toBe(scenario.now)
    expect(['Ben', 'Cem']).toContain(offer?.owner)
    expect(scenario.does(take, person(cem))).toContain('CoordinatorSet')
  })
})

describe('a conflict of interest', () => {
  it('bars both seats for good, and is not taken back by being invited', () => {
    const scenario = new Scenario(three).untilReady()
    scenario.does(conflict(ben), person(ana))
    expect(scenario.does(conflict(ben), person(ana))).toEqual([])
    expect(scenario.refused({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ben)).gate).toBe(
      'no-conflict',
    )
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ana))
    expect(scenario.refused({ verb: 'approve', case: CASE, shown }, person(ben)).gate).toBe('no-conflict')
    expect(scenario.does({ verb: 'approve', case: CASE, shown }, person(cem))).toContain('ApprovalGiven')
    expect(scenario.world.case !== undefined && maySee(scenario.world.case, ben)).toBe(false)
  })

  it('is said to leave too few for two people, with the admins who can add one', () => {
    const scenario = owned()
    const few = () => scenario.world.case && tooFew(three, scenario.world.case)
    scenario.does(conflict(), person(cem))
    expect(few()).toBeUndefined()
    scenario.does(conflict(), person(ben))
    expect(few()).toMatchObject({ left: [{ id: ana }], admins: [{ id: ana }] })
    expect(scenario.refused(conflict(), person(ana)).gate).toBe('on-the-case')
    expect(scenario.refused(remove(ana), person(ana)).gate).toBe('on-the-case')
  })

  it('makes void what they asked', () => {
    const scenario = new Scenario(three).untilReady()
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ben))
    expect(scenario.does(conflict(), person(ben))).toEqual(['ConflictDeclared', 'ApprovalVoided'])
  })
})

describe('somebody who left the policy', () => {
  const gone = { ...three, people: three.people.filter(({ id }) => id !== ana) }

  it('owns no case any more: it is offered to the others at once, and they may take it', () => {
    const scenario = owned()
    scenario.wait(60_000)
    scenario.policy = gone
    const offer = clocks(gone, scenario.world).find(({ clock }) => clock === 'offer-owner')
    expect(['Ben', 'Cem']).toContain(offer?.owner)
    expect(outlook(gone, scenario.world, scenario.now)?.next).toMatchObject({ verb: 'take' })
    expect(scenario.does(take, person(ben))).toContain('CoordinatorSet')
  })
})

describe('the next in line', () => {
  const state = owned().world.case
  if (state === undefined) throw new Error('no case')
  const names = (at = instant(0), last?: PersonId) => nextInLine(three, state, at, last).map(({ id }) => id)

  it('goes round, beginning after the last one', () => {
    expect(names(instant(0), ana)).toEqual([ben, cem])
    expect(names(instant(0), cem)).toEqual([ana, ben])
    expect(new Set(names())).toEqual(new Set([ana, ben, cem]))
  })

  it('leaves out who is away, unless all are', () => {
    const away = (...who: readonly PersonId[]) =>
      Object.fromEntries(who.map((id) => [id, { from: instant(10), until: instant(20) }] as const))
    const at = (now: number, ...who: readonly PersonId[]) =>
      nextInLine(three, { ...state, away: away(...who) }, instant(now), ana).map(({ id }) => id)
    expect(at(15, ben)).toEqual([cem])
    expect(at(20, ben)).toEqual([ben, cem])
    expect(at(15, ben, cem)).toEqual([ben, cem])
  })
})

const dora = PersonId.parse('dora')
/** Dora maintains a part, and has mail; Eli observes. */
const guests = policyOf('team', {
  people: [
    ANA,
    BEN,
    { id: 'dora', name: 'Dora', roles: ['maintainer'], mail: 'dora@quillmark.example' },
    { id: 'eli', name: 'Eli', roles: ['observer'] },
    { id: 'finn', name: 'Finn', roles: ['team'] },
  ],
})
const invite = (who: PersonId, role?: 'team' | 'maintainer'): PersonRequest => ({
  verb: 'invite',
  case: CASE,
  person: who,
  ...(role === undefined ? {} : { role }),
})
const consent = (agreed: boolean): PersonRequest => ({ verb: 'consent', case: CASE, agreed })
const seen = ({ world }: Scenario, who: PersonId) => world.case !== undefined && maySee(world.case, who)

describe('an invitation', () => {
  const REFUSED: readonly Row[] = [
    {
      gate: 'makes-sense',
      given: () => owned(guests),
      request: invite(PersonId.parse('zoe')),
      by: ana,
      says: 'Nobody of that name',
    },
    {
      gate: 'makes-sense',
      given: () => owned(guests),
      request: invite(dora, 'team'),
      by: ana,
      says: 'Dora is maintainer',
    },
    { gate: 'role', given: () => owned(guests), request: invite(ben), by: dora, says: 'Dora is maintainer' },
    {
      gate: 'no-conflict',
      given: () => {
        const scenario = owned(guests)
        scenario.does(conflict(), person(ben))
        return scenario
      },
      request: invite(ben),
      by: ana,
      says: 'Ben has a conflict of interest',
    },
    {
      gate: 'not-the-reporter',
      given: () => {
        const scenario = new Scenario(guests)
        scenario.does({
          verb: 'open-case',
          case: CASE,
          project: 'quillmark',
          message: MessageId.parse('m'),
          receivedAt: scenario.now,
          reporter: ReporterId.parse('r'),
          identity: { address: 'ben@quillmark.example' },
          person: ben,
          trust: 'signed-by-sender',
          automatic: false,
        })
        return scenario
      },
      request: invite(ben),
      by: ana,
      says: 'Ben reported this',
    },
    { gate: 'on-the-case', given: () => owned(guests), request: consent(true), by: dora, says: 'not among the people' },
  ]
  it.each(REFUSED)('is refused by $gate: $says', (row) => {
    const refusal = row.given().refused(row.request, person(row.by))
    expect(refusal).toMatchObject({ gate: row.gate, because: expect.stringContaining(row.says) })
    expect(refusal.liftedBy.length).toBeGreaterThan(0)
  })

  it('tells the terms first: they see nothing, and may do nothing but answer, before they agreed', () => {
    const scenario = owned(guests)
    expect(scenario.does(invite(dora), person(ana))).toEqual(['PersonInvited'])
    expect(scenario.does(invite(dora), person(ben))).toEqual([])
    expect(scenario.effects).toContainEqual(
      expect.objectContaining({ kind: 'send-mail', letter: 'invitation', to: { kind: 'person', person: dora } }),
    )
    const invitedTo = () =>
      scenario.effects.filter((effect) => effect.kind === 'invite' && effect.people.includes(dora)).length
    expect([seen(scenario, dora), invitedTo()]).toEqual([false, 0])
    const advisory = { verb: 'advisory', case: CASE, component: 'loader', impact: 'Reads files.' } as const
    expect(scenario.refused(advisory, person(dora)).gate).toBe('on-the-case')
    expect(scenario.does(consent(true), person(dora))).toEqual(['ConsentGiven'])
    expect([seen(scenario, dora), invitedTo()]).toEqual([true, 1])
    expect(scenario.does(consent(true), person(dora))).toEqual([])
    expect(scenario.refused(consent(false), person(dora)).gate).toBe('makes-sense')
  })

  it('ends with a no, and may be made again', () => {
    const scenario = owned(guests)
    const eli = PersonId.parse('eli')
    scenario.does(invite(eli), person(ana))
    expect(scenario.does(consent(false), person(eli))).toEqual(['ConsentDeclined'])
    expect(seen(scenario, eli)).toBe(false)
    expect(scenario.does(invite(eli), person(ana))).toEqual(['PersonInvited'])
    expect(scenario.does(remove(eli), person(ana))).toEqual(['PersonRemoved'])
    expect(scenario.refused(consent(true), person(eli)).gate).toBe('on-the-case')
  })

  it('brings back at once who is of the team, whose terms are standing', () => {
    const scenario = owned(guests)
    const finn = PersonId.parse('finn')
    scenario.does(remove(finn), person(ana))
    scenario.does(invite(finn), person(ana))
    expect(seen(scenario, finn)).toBe(true)
    expect(scenario.effects.at(-2)).toMatchObject({ kind: 'invite', people: [finn] })
  })
})

describe('somebody who is away', () => {
  const until = instant(Date.UTC(2026, 4, 11))
  const away = (more: { from?: typeof until; until: typeof until | 'back' }): PersonRequest => ({
    verb: 'away',
    case: CASE,
    ...more,
  })

  it('does not hold up what is theirs: it goes to the next in line, and comes back to them', () => {
    const scenario = owned()
    expect(scenario.does(away({ until }), person(ana))).toEqual(['PersonAway'])
    expect(scenario.does(away({ until }), person(ana))).toEqual([])
    const owner = () => outlook(three, scenario.world, scenario.now)?.next.owner
    expect(owner()).toBe('Ben')
    expect(coordinator(scenario)).toBe(ana)
    scenario.now = until
    expect(owner()).toBe('Ana')
  })

  it('is offered no case, and may be relieved of one', () => {
    const scenario = owned()
    scenario.does(away({ until }), person(ben))
    expect(scenario.refused(handoff(), person(ana)).because).toContain('Ben is away')
    scenario.does(away({ until }), person(ana))
    expect(scenario.does(take, person(cem))).toContain('CoordinatorSet')
  })

  it('may be known from the policy, in every case', () => {
    const people = three.people.map((one) =>
      one.id === ben ? { ...one, away: [{ from: '2026-05-01', back: '2026-05-11' }] } : one,
    )
    const scenario = owned({ ...three, people })
    expect(scenario.refused(handoff(), person(ana)).because).toContain('Ben is away')
    scenario.now = until
    expect(scenario.does(handoff(), person(ana))).toEqual(['HandoffOffered'])
  })

  it('may approve all the same', () => {
    const scenario = new Scenario(three).untilReady()
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ana))
    scenario.does(away({ until: instant(scenario.now + DAY) }), person(ben))
    expect(scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))).toContain('ApprovalGiven')
  })

  it('is back when they say so, and cannot be away for ever or in the past', () => {
    const scenario = owned()
    expect(scenario.does(away({ until: 'back' }), person(ben))).toEqual([])
    scenario.does(away({ until }), person(ben))
    scenario.does(away({ until: 'back' }), person(ben))
    expect(scenario.does(handoff(), person(ana))).toEqual(['HandoffOffered'])
    expect(scenario.refused(away({ until: instant(0) }), person(ben)).because).toContain('over already')
    expect(scenario.refused(away({ until: instant(scenario.now + 400 * DAY) }), person(ben)).because).toContain('366')
  })
})
