import { describe, expect, it } from 'vitest'
import { ANA, quillmark } from '@embargo/testkit/policy'
import type { Policy } from '../../policy/schema.ts'
import { withPlaceholders } from './placeholders.ts'

describe('the people that stand in for the members of a group', () => {
  it('are two people for each group of a platform in use, which is enough for a command that takes two people', () => {
    const groups: Policy['groups'] = [
      { platform: 'slack', group: 'S0TEAM', role: 'team' },
      { platform: 'discord', group: '200000000000000001', role: 'team' },
      { platform: 'slack', group: 'S0RELEASE', role: 'releaser' },
    ]
    const { people } = withPlaceholders(quillmark('team', { people: [ANA], platforms: ['slack'], groups }))
    expect(people.map(({ id, roles }) => [id, ...roles])).toEqual([
      ['ana', 'admin', 'team'],
      ['slack-S0TEAM-1', 'team'],
      ['slack-S0TEAM-2', 'team'],
      ['slack-S0RELEASE-1', 'releaser'],
      ['slack-S0RELEASE-2', 'releaser'],
    ])
  })

  it('does not change a policy without mapped groups', () => {
    const policy = quillmark('team')
    expect(withPlaceholders(policy)).toBe(policy)
  })
})
