import { describe, expect, it } from 'vitest'
import { maySee, MessageId, PersonId, ReporterId } from '../../src/index.ts'
import type { MailTrust } from '../../src/index.ts'
import { ana, ben, CASE, person, Scenario } from '../fixtures/scenario.ts'

/** A report with Ben's address in From. */
function inBensName(trust: MailTrust = 'nothing-proven'): Scenario {
  const scenario = new Scenario()
  scenario.does({
    verb: 'open-case',
    case: CASE,
    project: 'quillmark',
    message: MessageId.parse('m'),
    receivedAt: scenario.now,
    reporter: ReporterId.parse('r'),
    identity: { address: 'ben@quillmark.example' },
    person: ben,
    trust,
    automatic: false,
  })
  return scenario
}
const seen = ({ world }: Scenario): boolean => world.case !== undefined && maySee(world.case, ben)
const notFromBen = { verb: 'people.not-reporter', case: CASE, person: ben } as const

describe('a report in the name of a team member', () => {
  it('bars the member from the case until another member says that they did not send it', () => {
    const scenario = inBensName()
    expect(scenario.refused({ verb: 'ack', case: CASE }, person(ben))).toMatchObject({
      gate: 'not-the-reporter',
      liftedBy: expect.arrayContaining([expect.objectContaining({ verb: 'people.not-reporter' })]),
    })
    expect(seen(scenario)).toBe(false)

    scenario.does(notFromBen, person(ana))
    expect(scenario.world.case?.reports[0]?.person).toBeUndefined()
    expect(seen(scenario)).toBe(true)
    scenario.does({ verb: 'ack', case: CASE }, person(ben))
    expect(scenario.world.case?.acknowledgedBy).toBe(ben)
  })

  it('restores nobody who declared a conflict of interest, or was removed for another reason', () => {
    const declared = inBensName()
    declared.happens(CASE, { type: 'ConflictDeclared', person: ben, reason: 'knows the reporter' })
    expect(declared.does(notFromBen, person(ana))).toEqual(['ImpersonationLogged'])
    expect(seen(declared)).toBe(false)

    const removed = inBensName()
    removed.happens(CASE, { type: 'PersonRemoved', person: ben })
    expect(removed.does(notFromBen, person(ana))).toEqual(['ImpersonationLogged'])
    expect(seen(removed)).toBe(false)
    removed.does({ verb: 'people.invite', case: CASE, person: ben }, person(ana))
    expect(seen(removed)).toBe(true)
  })

  it('cannot be disowned by anybody whom it names', () => {
    expect(inBensName().refused(notFromBen, person(ben))).toMatchObject({ gate: 'not-the-reporter' })
  })

  it.each(['domain-vouches', 'signed-by-sender'] as const)('stays theirs when the checks say so (%s)', (trust) => {
    expect(inBensName(trust).refused(notFromBen, person(ana))).toMatchObject({
      gate: 'makes-sense',
      because: expect.stringContaining('The checks of the mail say that Ben'),
    })
  })

  it('is not anybody else’s', () => {
    const other = { verb: 'people.not-reporter', case: CASE, person: PersonId.parse('mallory') } as const
    expect(inBensName().refused(other, person(ana)).because).toContain('in the name of mallory')
  })
})
