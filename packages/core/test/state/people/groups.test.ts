import { describe, expect, it } from 'vitest'
import { maySee, PEOPLE, PersonId, personOf } from '../../../src/index.ts'
import type { Request, RoleName } from '../../../src/index.ts'
import { bothPlatforms, DANA_DISCORD, DANA_SLACK, LinkingScenario } from '../../fixtures/linking.ts'
import { CASE, HOUR, START } from '../../fixtures/scenario.ts'

const DANA = ['slack-U0DANA', `discord-${DANA_DISCORD}`] as const

describe('a member of a mapped group', () => {
  it('is a person with that one account and the roles of their groups', () => {
    const house = new LinkingScenario()
    expect(house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })).toEqual(['MembershipChanged'])
    expect(house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })).toEqual([])
    expect(house.group('discord', 'admin', { [DANA_DISCORD]: 'dana' })).toEqual(['MembershipChanged'])
    expect(house.people).toEqual([
      'ana admin+team U0ANA -',
      'ben team U0BEN -',
      `${DANA[1]} team+admin - ${DANA_DISCORD}`,
    ])
  })

  it('is added to new cases only, and sees only those', () => {
    const house = new LinkingScenario()
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    house.opens()
    const state = house.world.case
    if (state === undefined) throw new Error('no case')
    expect(maySee(state, PersonId.parse(DANA[1]))).toBe(true)
  })

  it('loses their role when they leave the group', () => {
    const house = new LinkingScenario()
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    house.opens()
    expect(house.group('discord', 'team', {})).toEqual(['MembershipChanged'])
    expect(house.by('discord', DANA_DISCORD).person).toBeUndefined()
    expect(house.hears({ verb: 'ack', case: CASE }, 'discord', DANA_DISCORD)).toMatch(/^role: Your account on discord/)
  })

  it('who is also listed in the policy has the roles listed there, whatever group they are in', () => {
    const house = new LinkingScenario()
    house.group('slack', 'team', { U0BEN: 'ben' })
    expect(house.people).toEqual(['ana admin+team U0ANA -', 'ben team U0BEN -'])
  })

  it('gives no role if the policy no longer maps the group', () => {
    const house = new LinkingScenario()
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    expect(house.currentPeople(bothPlatforms({ groups: [] })).people).toHaveLength(2)
  })

  it('keeps what both of their groups give when their accounts are linked, and what one does when they left the other', () => {
    const house = new LinkingScenario()
    house.group('slack', 'team', { [DANA_SLACK]: 'Dana' })
    house.group('discord', 'admin', { [DANA_DISCORD]: 'dana' })
    house.links(['slack', DANA_SLACK], ['discord', DANA_DISCORD])
    expect(house.people.at(-1)).toBe(`${DANA[0]} team+admin ${DANA_SLACK} ${DANA_DISCORD}`)
    house.group('slack', 'team', {})
    expect(house.people.at(-1)).toBe(`${DANA[1]} admin - ${DANA_DISCORD}`)
    expect(personOf(house.policy, PersonId.parse(DANA[0]))?.id).toBe(DANA[1])
  })

  it('is not a person if they are not a full member: this is reported once, by name', () => {
    const house = new LinkingScenario()
    const noticed = (...outsiders: readonly { account: string; name: string; is: 'guest' | 'bot' }[]): Request => ({
      verb: 'notice-members',
      stream: PEOPLE,
      platform: 'slack',
      role: 'team',
      members: [{ account: DANA_SLACK, name: 'Dana' }],
      outsiders,
    })
    const gus = { account: 'U0GUS', name: '*gus*', is: 'guest' } as const
    expect(house.does(noticed(gus))).toEqual(['MembershipChanged', 'OutsidersNoticed'])
    expect(house.does(noticed(gus))).toEqual([])
    expect(house.people).toHaveLength(3)
    house.wait(HOUR)
    expect(house.does(noticed(gus, { account: 'U0BOT', name: 'robo', is: 'bot' }))).toEqual(['OutsidersNoticed'])
    const state = house.states.get(PEOPLE)
    const known = state?.kind === 'people' ? state.outsiders?.['slack:team'] : undefined
    expect(known?.map(({ name, since }) => [name, since - START])).toEqual([
      ['gus', 0],
      ['robo', HOUR],
    ])
    expect(house.does(noticed())).toEqual(['OutsidersNoticed'])
  })

  it('gets a display name without mentions or formatting', () => {
    const house = new LinkingScenario()
    house.group('discord', 'team', { [DANA_DISCORD]: '<!channel> *Ana* @everyone\u202E`' })
    expect(house.policy.people.at(-1)?.name).toBe('channel Ana everyone')
    const [only] = house.group('slack', 'team', { [DANA_SLACK]: '***' })
    expect([only, house.policy.people.at(-1)?.name]).toEqual(['MembershipChanged', DANA[0]])
  })

  it('is known by what is said of them alone, too', () => {
    const house = new LinkingScenario()
    const one = (roles: readonly RoleName[], account = DANA_DISCORD): Request => ({
      verb: 'notice-member',
      stream: PEOPLE,
      platform: 'discord',
      account,
      name: 'dana',
      roles,
    })
    expect(house.does(one(['team', 'observer']))).toEqual(['MembershipChanged'])
    expect(house.does(one(['team', 'observer']))).toEqual([])
    expect(house.people.at(-1)).toBe(`${DANA[1]} team - ${DANA_DISCORD}`)
    expect(house.does(one([]))).toEqual(['MembershipChanged'])
    expect(house.people).toHaveLength(2)
    expect(house.hears(one(['team']), 'slack', 'U0ANA')).toBe(
      'role: Only the platform of a group can say who is in it.',
    )
    for (let n = 0; n < 100; n += 1) house.does(one(['team'], `3${n}`))
    expect(house.ask(one(['team']), { kind: 'system', part: 'chat' })).toMatchObject({
      refusal: { because: 'The groups of discord have more than 100 members already.' },
    })
  })

  it('is taken from everybody who has it by a group that is too large, as who left cannot be told from who stayed', () => {
    const house = new LinkingScenario()
    const says = (count: number): Request => ({
      verb: 'notice-members',
      stream: PEOPLE,
      platform: 'slack',
      role: 'team',
      members: Array.from({ length: count }, (_, index) => ({ account: `U09${index}`, name: `n${index}` })),
    })
    const before = house.people
    expect(house.does(says(2))).toEqual(['MembershipChanged', 'MembershipChanged'])
    expect(house.does(says(101))).toEqual(['MembershipChanged', 'MembershipChanged'])
    expect(house.people).toEqual(before)
    expect(house.does(says(1))).toEqual(['MembershipChanged'])
  })

  it.each([
    ['a group that the policy does not map', 'observer', 1, 'The policy maps no group of slack to observer.'],
    [
      'a group of everybody',
      'team',
      101,
      'The slack group for team has 101 members. More than 100 are considered a mistake, so the group gives nobody that role.',
    ],
  ] as const)('is refused for %s', (_name, role, count, because) => {
    const house = new LinkingScenario()
    const members = Array.from({ length: count }, (_, index) => ({ account: `U0${index}`, name: `n${index}` }))
    const decision = house.ask(
      { verb: 'notice-members', stream: PEOPLE, platform: 'slack', role, members },
      { kind: 'system', part: 'chat' },
    )
    expect(decision).toMatchObject({ ok: false, refusal: { gate: 'makes-sense', because } })
  })
})
