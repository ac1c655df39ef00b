import { ANA, BEN } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { maySee, MessageId, PersonId, ReporterId } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { ana, ben, CASE, person, policyOf, Scenario } from '../fixtures/scenario.ts'
import { conflict, coordinatedCase, remove } from '../fixtures/team-of-three.ts'
import type { Row } from '../fixtures/team-of-three.ts'

const dora = PersonId.parse('dora')
/** Dora maintains a part of the software and has a mail address. Eli is an observer. */
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
  verb: 'people.invite',
  case: CASE,
  person: who,
  ...(role === undefined ? {} : { role }),
})
const consent = (agreed: boolean): PersonRequest => ({ verb: 'people.consent', case: CASE, agreed })
const seen = ({ world }: Scenario, who: PersonId) => world.case !== undefined && maySee(world.case, who)

describe('an invitation', () => {
  const REFUSED: readonly Row[] = [
    {
      gate: 'makes-sense',
      given: () => coordinatedCase(guests),
      request: invite(PersonId.parse('zoe')),
      by: ana,
      says: 'Nobody of that name',
    },
    {
      gate: 'makes-sense',
      given: () => coordinatedCase(guests),
      request: invite(dora, 'team'),
      by: ana,
      says: 'Dora is maintainer',
    },
    { gate: 'role', given: () => coordinatedCase(guests), request: invite(ben), by: dora, says: 'Dora is maintainer' },
    {
      gate: 'no-conflict',
      given: () => {
        const scenario = coordinatedCase(guests)
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
    {
      gate: 'on-the-case',
      given: () => coordinatedCase(guests),
      request: consent(true),
      by: dora,
      says: 'not on this case',
    },
  ]
  it.each(REFUSED)('is refused by $gate: $says', (row) => {
    const refusal = row.given().refused(row.request, person(row.by))
    expect(refusal).toMatchObject({ gate: row.gate, because: expect.stringContaining(row.says) })
    expect(refusal.liftedBy.length).toBeGreaterThan(0)
  })

  it('shows the terms first: until they accept, the person sees nothing and can only answer', () => {
    const scenario = coordinatedCase(guests)
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

  it('ends when it is declined, and can be repeated', () => {
    const scenario = coordinatedCase(guests)
    const eli = PersonId.parse('eli')
    scenario.does(invite(eli), person(ana))
    expect(scenario.does(consent(false), person(eli))).toEqual(['ConsentDeclined'])
    expect(seen(scenario, eli)).toBe(false)
    expect(scenario.does(invite(eli), person(ana))).toEqual(['PersonInvited'])
    expect(scenario.does(remove(eli), person(ana))).toEqual(['PersonRemoved'])
    expect(scenario.refused(consent(true), person(eli)).gate).toBe('on-the-case')
  })

  it('immediately restores a team member whose accepted terms still apply', () => {
    const scenario = coordinatedCase(guests)
    const finn = PersonId.parse('finn')
    scenario.does(remove(finn), person(ana))
    scenario.does(invite(finn), person(ana))
    expect(seen(scenario, finn)).toBe(true)
    expect(scenario.effects.at(-2)).toMatchObject({ kind: 'invite', people: [finn] })
  })
})
