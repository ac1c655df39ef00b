import { beforeEach, describe, expect, it } from 'vitest'
import { bootSlack } from '../boot-slack.ts'
import { ANA, BEN, EVE, policy } from '../workspace.ts'
import type { workspace } from '../workspace.ts'

const on = bootSlack({
  workspace: { userGroups: [{ id: 'S0TEAM', handle: 'team', users: [ANA, BEN] }] },
  bot: {
    policy: { ...policy, policy: { ...policy.policy, groups: [{ platform: 'slack', group: 'S0TEAM', role: 'team' }] } },
  },
})
/** Resolves when the bot has reported the members of the mapped group, as it does at the start. */
const groupTold = async (): Promise<void> => {
  await on.engine.carriedOut(1)
  on.engine.forget()
}
beforeEach(groupTold)

/** Closes the workspace of the test, and opens another one with these options. */
const replaced = async (options: Parameters<typeof workspace>[0]): Promise<void> => {
  await on.close()
  await on.open(options)
  await groupTold()
}

const requestsHandled = async (count = 1) => (await on.engine.carriedOut(count)).map(({ request }) => request)
/** Resolves when everything that was sent before has been handled. */
const settled = async (): Promise<void> => {
  await (await on.ana().command('/ack', '', 'general')).shown()
}

describe('a user group that the policy maps to a role', () => {
  const members = (...people: readonly (readonly [string, string])[]) => ({
    verb: 'notice-members',
    stream: 'PEOPLE',
    platform: 'slack',
    role: 'team',
    members: people.map(([account, name]) => ({ account, name })),
  })

  it('is reported at the start and after each change', async () => {
    on.ana().setGroup('S0TEAM', [BEN])
    expect(await requestsHandled()).toEqual([members([BEN, 'ben'])])
    on.ana().setGroup('S0TEAM', [])
    expect(await requestsHandled(2)).toEqual([members([BEN, 'ben']), members()])
  })

  it('gives its role to full members of the workspace alone, and says who else is in it', async () => {
    const outsiders = [
      ['UCONNECT', 'cora', { isStranger: true }, 'other-organisation'],
      ['UBOTTOM', 'robo', { isBot: true }, 'bot'],
      ['UGONE', 'gone', { isDeleted: true }, 'deactivated'],
      ['UVISIT', 'vic', { isGuest: true }, 'guest'],
    ] as const
    await replaced({
      users: [
        { id: ANA, name: 'ana' },
        { id: BEN, name: 'ben' },
        ...outsiders.map(([id, name, is]) => ({ id, name, ...is })),
      ],
    })
    on.ana().setGroup('S0TEAM', [BEN, ...outsiders.map(([id]) => id), 'U0NOBODY'])
    expect(await requestsHandled()).toEqual([
      {
        ...members([BEN, 'ben']),
        outsiders: [
          ...outsiders.map(([account, name, , is]) => ({ account, name, is })),
          { account: 'U0NOBODY', name: 'U0NOBODY', is: 'other-organisation' },
        ],
      },
    ])
  })

  it('is not reported when another group changes', async () => {
    await replaced({
      userGroups: [
        { id: 'S0TEAM', handle: 'team', users: [] },
        { id: 'S0OTHER', handle: 'other', users: [] },
      ],
    })
    on.ana().setGroup('S0OTHER', [EVE])
    await settled()
    expect(on.engine.handled).toEqual([])
  })

  it('keeps its known members while Slack does not answer', async () => {
    on.slack.faults.next('usergroups.users.list', { kind: 'status', status: 500 })
    await on.bot[Symbol.asyncDispose]()
    await on.start()
    await on.bot[Symbol.asyncDispose]()
    expect(on.engine.handled).toEqual([])
    expect(on.log.lines.join('\n')).toContain('the members of a user group could not be read')
  })

  it('has no members if Slack does not have it, and the log says so', async () => {
    await replaced({ userGroups: [] })
    expect(on.engine.told).toEqual([members()])
    const lines = on.log.lines.filter((line) => line.includes('maps a user group that Slack does not have'))
    expect(lines).toEqual([expect.stringMatching(/^warn .*"role":"team","group":"S0TEAM"/)])
  })
})
