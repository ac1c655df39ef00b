import { describe, expect, it } from 'vitest'
import { DAY, HOUR, PEOPLE, PersonId } from '../../../src/index.ts'
import type { Request, RoleName } from '../../../src/index.ts'
import { bothPlatforms, LinkingScenario } from '../../fixtures/linking.ts'
import { BLOB, CASE, OTHER_HASH } from '../../fixtures/scenario.ts'

const person = (id: string, roles: RoleName[]) => ({
  id: PersonId.parse(id),
  name: id.charAt(0).toUpperCase() + id.slice(1),
  roles,
  slack: `U0${id.toUpperCase()}`,
  mail: `${id}@quillmark.example`,
})
const BEN_ON_DISCORD = '100000000000000002'
const house = () =>
  new LinkingScenario(
    bothPlatforms({
      people: [
        person('ana', ['admin', 'team']),
        { ...person('ben', ['team']), discord: BEN_ON_DISCORD, osUser: 'ben' },
        person('cem', ['team']),
        person('fay', ['team']),
        person('eva', ['admin']),
        person('dov', ['maintainer']),
      ],
    }),
  )
const ben = PersonId.parse('ben')
const LOCKOUT: Request = { verb: 'lockout', stream: PEOPLE, person: ben, reason: 'his phone was stolen' }
const UNDO: Request = { verb: 'lockout.undo', stream: PEOPLE, person: ben }

describe('a person whose account was taken over', () => {
  it('is locked out by one admin: no account acts for them, and they have neither roles nor addresses', () => {
    const team = house()
    expect(team.says(LOCKOUT, 'slack', 'U0ANA')).toEqual(['PersonLockedOut'])
    expect(team.by('slack', 'U0BEN').person).toBeUndefined()
    expect(team.by('discord', BEN_ON_DISCORD).person).toBeUndefined()
    expect(team.by('terminal', 'ben').person).toBeUndefined()
    expect(team.policy.people.find(({ id }) => id === ben)).toEqual({
      id: 'ben',
      name: 'Ben',
      roles: [],
      lockedOut: {
        accounts: [
          { platform: 'slack', account: 'U0BEN' },
          { platform: 'discord', account: BEN_ON_DISCORD },
          { platform: 'terminal', account: 'ben' },
        ],
        mail: 'ben@quillmark.example',
        since: team.now,
      },
    })
    expect(team.hears(LOCKOUT, 'slack', 'U0EVA')).toBe('Ben has been locked out since 2026-05-04T09:00:00.000Z.')
  })

  it('is locked out by two team members within a day, and by nobody else', () => {
    const team = house()
    expect(team.hears(LOCKOUT, 'slack', 'U0DOV')).toBe(
      'role: Locking somebody out takes an admin, or two team members.',
    )
    expect(team.says(LOCKOUT, 'slack', 'U0CEM')).toEqual(['LockoutAsked'])
    expect(team.hears(LOCKOUT, 'slack', 'U0CEM')).toBe(
      'Nothing has changed yet. Ben is locked out as soon as an admin or another team member runs the same command: lockout ben.',
    )
    expect(team.by('slack', 'U0BEN').person).toBe('ben')
    team.wait(DAY)
    expect(team.says(LOCKOUT, 'slack', 'U0FAY')).toEqual(['LockoutAsked'])
    team.wait(HOUR)
    expect(team.says(LOCKOUT, 'slack', 'U0CEM')).toEqual(['PersonLockedOut'])
    expect(team.by('slack', 'U0BEN').person).toBeUndefined()
  })

  it('is not recognised by another account either, whatever the policy lists later', () => {
    const team = house()
    team.says(LOCKOUT, 'slack', 'U0ANA')
    const written = { ...team.written, people: [{ ...person('ben', ['admin']), slack: 'U0NEW' }] }
    expect(team.currentPeople(written).people[0]).toMatchObject({ id: 'ben', roles: [] })
    const renamed = { ...team.written, people: [{ ...person('benny', ['admin']), slack: 'U0BEN' }] }
    expect(team.currentPeople(renamed).people[0]).toMatchObject({ id: 'benny', roles: [] })
  })

  it('is readmitted by two admins, to the same cases', () => {
    const team = house()
    team.says(LOCKOUT, 'slack', 'U0ANA')
    expect(team.hears(UNDO, 'slack', 'U0CEM')).toBe('role: A lockout is undone by two admins.')
    expect(team.says(UNDO, 'slack', 'U0ANA')).toEqual(['LockoutUndoAsked'])
    expect(team.hears(UNDO, 'slack', 'U0ANA')).toBe(
      'Nothing has changed yet. Ben gets access again as soon as another admin runs the same command: lockout undo ben.',
    )
    expect(team.says(UNDO, 'slack', 'U0EVA')).toEqual(['LockoutUndone'])
    expect(team.by('slack', 'U0BEN').person).toBe('ben')
    expect(team.hears(UNDO, 'slack', 'U0EVA')).toBe('Ben is not locked out.')
    expect(team.people).toContain(`ben team U0BEN ${BEN_ON_DISCORD}`)
  })

  it('has their open requests voided when somebody approves them', () => {
    const team = house().opens()
    const about = { case: CASE } as const
    team.says({ verb: 'ack', ...about }, 'slack', 'U0ANA')
    team.says({ verb: 'triage', ...about, disposition: 'valid', severity: 'high' }, 'slack', 'U0ANA')
    for (const branch of ['main', '4.2'])
      team.says({ verb: 'triage.affects', ...about, branch, affected: true }, 'slack', 'U0ANA')
    const shown = { digest: OTHER_HASH, blob: BLOB }
    team.says({ verb: 'waive', ...about, rule: 'fix', branch: '4.2', reason: 'ends soon', shown }, 'slack', 'U0BEN')
    team.says(LOCKOUT, 'slack', 'U0ANA')
    expect(team.says({ verb: 'approve', ...about, shown }, 'slack', 'U0CEM')).toEqual(['ApprovalVoided'])
  })

  it('is not locked out if nobody of the team would be left', () => {
    const alone = new LinkingScenario(
      bothPlatforms({ people: [person('ben', ['admin', 'team']), person('dov', ['maintainer'])] }),
    )
    expect(alone.hears(LOCKOUT, 'slack', 'U0BEN')).toBe('makes-sense: No team member would be left.')
  })
})
