import { describe, expect, it } from 'vitest'
import { rolesFor, USUAL_ROLES } from './roles.ts'
import type { RolesPolicy } from './roles.ts'

const rolesUnder = (change: Partial<RolesPolicy>) => ({ roles: { ...USUAL_ROLES, ...change } })

describe('the roles that may run a command', () => {
  it.each([
    ['ack', ['admin', 'team']],
    ['patch', ['admin', 'team', 'maintainer']],
    ['disclose', ['admin', 'team', 'releaser']],
    ['away', ['admin', 'team', 'maintainer', 'releaser']],
    ['people.consent', ['admin', 'team', 'maintainer', 'releaser', 'observer']],
  ] as const)('%s: %j', (verb, roles) => {
    expect(rolesFor(rolesUnder({}), verb)).toEqual(roles)
  })

  it('are those that the policy assigns to the set to which the command belongs', () => {
    const policy = rolesUnder({ publish: ['releaser'] })
    expect(rolesFor(policy, 'release.move')).toEqual(['releaser'])
    expect(rolesFor(policy, 'ack')).toEqual(['admin', 'team'])
  })

  it('are only the admins for a verb in `adminOnly` with all its sub-commands, or for a sub-command that is listed there alone', () => {
    const policy = rolesUnder({ adminOnly: ['disclose', 'embargo.end'] })
    for (const verb of ['disclose', 'disclose.interim', 'embargo.end'] as const)
      expect(rolesFor(policy, verb)).toEqual(['admin'])
    expect(rolesFor(policy, 'embargo.until')).toEqual(['admin', 'team'])
  })
})
