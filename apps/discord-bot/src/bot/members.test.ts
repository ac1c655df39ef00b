import { describe, expect, it } from 'vitest'
import type { Holder } from '../platform/role-members.ts'
import { ServerMembers } from './members.ts'

const holder = (account: string, ...roles: readonly string[]): Holder => ({
  account,
  name: account,
  roles,
})

/** Listings of the members. The test decides when each listing ends. */
function scripted() {
  const lists: PromiseWithResolvers<readonly Holder[]>[] = []
  const members = new ServerMembers(() => {
    const list = Promise.withResolvers<readonly Holder[]>()
    lists.push(list)
    return list.promise
  })
  return { lists, members }
}

describe('the members of a server', () => {
  it('are listed only once more for all callers that ask while a listing runs', async () => {
    const { lists, members } = scripted()
    const first = members.holders()
    const [second, third] = [members.holders(), members.holders()]
    lists[0]?.resolve([holder('ana', 'team')])
    expect(await first).toEqual([holder('ana', 'team')])
    await expect.poll(() => lists.length).toBe(2)
    lists[1]?.resolve([holder('ben', 'team')])
    expect([await second, await third, lists.length]).toEqual([[holder('ben', 'team')], [holder('ben', 'team')], 2])
  })

  it('are listed again after a listing failed', async () => {
    const { lists, members } = scripted()
    const [first, second] = [members.holders(), members.holders()]
    lists[0]?.reject(new Error('away'))
    await expect(first).rejects.toThrow('away')
    await expect.poll(() => lists.length).toBe(2)
    lists[1]?.resolve([])
    expect(await second).toEqual([])
  })

  it('have the roles of the last event about them, even if it came while the members were being listed', async () => {
    const { lists, members } = scripted()
    members.heard(holder('ana', 'old'))
    const listed = members.holders()
    members.heard(holder('ana'))
    lists[0]?.resolve([holder('ana', 'team'), holder('ben', 'team')])
    expect(await listed).toEqual([holder('ben', 'team'), holder('ana')])
  })
})
