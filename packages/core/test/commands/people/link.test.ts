import { ana, ben } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { HOUR, PEOPLE, PersonId } from '../../../src/index.ts'
import type { Platform, Request } from '../../../src/index.ts'
import {
  ANA_DISCORD,
  BEN_DISCORD,
  bothPlatforms,
  DANA_DISCORD,
  DANA_SLACK,
  LinkingScenario,
} from '../../fixtures/linking.ts'

const ASK: Request = { verb: 'link-ask', stream: PEOPLE, mark: 'mark' }
const CLAIM: Request = { verb: 'link-claim', stream: PEOPLE, mark: 'mark' }
const YES: Request = { verb: 'link-confirm', stream: PEOPLE, agreed: true }
const NO: Request = { verb: 'link-confirm', stream: PEOPLE, agreed: false }
const unlink = (platform: Platform, person?: PersonId): Request => ({
  verb: 'link.remove',
  stream: PEOPLE,
  platform,
  ...(person === undefined ? {} : { person }),
})
const apart = (one: string, other: string): Request => ({
  verb: 'tell-apart',
  stream: PEOPLE,
  persons: [PersonId.parse(one), PersonId.parse(other)],
})
const DANA = ['slack-U0DANA', `discord-${DANA_DISCORD}`] as const

describe('an account that is being linked', () => {
  it('acts for its person from the next command on, and never by a code alone', () => {
    const house = new LinkingScenario()
    expect(house.says(ASK, 'slack', 'U0ANA')).toEqual(['LinkAsked'])
    expect(house.by('discord', ANA_DISCORD).person).toBeUndefined()
    expect(house.says(CLAIM, 'discord', ANA_DISCORD)).toEqual(['LinkClaimed'])
    expect(house.says(CLAIM, 'discord', ANA_DISCORD)).toEqual([])
    expect(house.by('discord', ANA_DISCORD).person).toBeUndefined()
    expect(house.says(YES, 'slack', 'U0ANA')).toEqual(['AccountLinked'])
    expect(house.by('discord', ANA_DISCORD).person).toBe('ana')
    expect(house.people).toContain(`ana admin+team U0ANA ${ANA_DISCORD}`)
    expect(house.effects).toEqual([])
  })

  it('is requested again with another code, which makes the first code void', () => {
    const house = new LinkingScenario()
    house.says(ASK, 'slack', 'U0ANA')
    house.says({ ...ASK, mark: 'other' }, 'slack', 'U0ANA')
    expect(house.hears(CLAIM, 'discord', ANA_DISCORD)).toMatch(/^makes-sense: This code is not valid/)
    expect(house.says({ ...CLAIM, mark: 'other' }, 'discord', ANA_DISCORD)).toEqual(['LinkClaimed'])
  })

  it('is not linked if the requester says that it belongs to somebody else, and the code is void', () => {
    const house = new LinkingScenario()
    house.says(ASK, 'slack', 'U0ANA')
    house.says(CLAIM, 'discord', BEN_DISCORD)
    expect(house.says(NO, 'slack', 'U0ANA')).toEqual(['LinkDeclined'])
    expect(house.hears(CLAIM, 'discord', ANA_DISCORD)).toMatch(/This code is not valid/)
    expect(house.by('discord', BEN_DISCORD).person).toBeUndefined()
  })

  it('is unlinked by its person, and then acts for nobody', () => {
    const house = new LinkingScenario().links(['slack', 'U0ANA'], ['discord', ANA_DISCORD])
    expect(house.says(unlink('discord'), 'discord', ANA_DISCORD)).toEqual(['AccountUnlinked'])
    expect(house.by('discord', ANA_DISCORD).person).toBeUndefined()
    expect(house.hears(unlink('discord'), 'slack', 'U0ANA')).toBe('Ana has no account on discord.')
  })

  it('is unlinked by an admin for anybody', () => {
    const house = new LinkingScenario().links(['slack', 'U0BEN'], ['discord', BEN_DISCORD])
    expect(house.says(unlink('discord', ben), 'slack', 'U0ANA')).toEqual(['AccountUnlinked'])
  })

  it('belongs to the person whom the policy names, whatever was linked before', () => {
    const house = new LinkingScenario().links(['slack', 'U0ANA'], ['discord', BEN_DISCORD])
    const [first, ...others] = bothPlatforms().people
    const second = others[0]
    if (first === undefined || second === undefined) throw new Error('two people')
    const rewritten = bothPlatforms({ people: [first, { ...second, discord: BEN_DISCORD }] })
    const people = house.currentPeople(rewritten).people
    expect(people.map(({ id, discord }) => [id, discord])).toEqual([
      ['ana', undefined],
      ['ben', BEN_DISCORD],
    ])
  })
})

type Row = readonly [
  name: string,
  before: (house: LinkingScenario) => void,
  request: Request,
  who: readonly [Platform, string],
  says: string,
]

describe('a link is refused', () => {
  const asked = (house: LinkingScenario): void => void house.says(ASK, 'slack', 'U0ANA')
  const claimed = (house: LinkingScenario): void => {
    asked(house)
    house.says(CLAIM, 'discord', ANA_DISCORD)
  }
  const nothing = (): void => undefined
  const dana = (house: LinkingScenario): void => {
    house.group('slack', 'team', { [DANA_SLACK]: 'Dana' })
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
  }
  const ROWS: readonly Row[] = [
    [
      'to an account of nobody, which has no code to give',
      nothing,
      ASK,
      ['discord', ANA_DISCORD],
      'role: Your account on discord belongs to no person that Embargo knows, so it cannot run commands.',
    ],
    [
      'where there is no other platform to have an account on',
      (house) => void house.links(['slack', 'U0ANA'], ['discord', ANA_DISCORD]),
      ASK,
      ['slack', 'U0ANA'],
      'makes-sense: You have an account on slack and discord already.',
    ],
    [
      'for a code that nobody gave',
      nothing,
      CLAIM,
      ['discord', ANA_DISCORD],
      'makes-sense: This code is not valid: it is mistyped, was used already, or is older than ten minutes.',
    ],
    [
      'for a code that is ten minutes old',
      (house) => {
        asked(house)
        house.wait(HOUR / 6)
      },
      CLAIM,
      ['discord', ANA_DISCORD],
      'makes-sense: This code is not valid: it is mistyped, was used already, or is older than ten minutes.',
    ],
    [
      'for a code that was used',
      (house) => void house.links(['slack', 'U0ANA'], ['discord', ANA_DISCORD]),
      CLAIM,
      ['discord', BEN_DISCORD],
      'makes-sense: This code is not valid: it is mistyped, was used already, or is older than ten minutes.',
    ],
    [
      'to a second account that types the code',
      claimed,
      CLAIM,
      ['discord', BEN_DISCORD],
      'makes-sense: Another account typed this code before.',
    ],
    [
      'to the account that asked',
      asked,
      CLAIM,
      ['slack', 'U0ANA'],
      'makes-sense: You asked for the code with this account.',
    ],
    [
      'to another account on a platform where they have one',
      asked,
      CLAIM,
      ['slack', 'U0ANOTHER'],
      'makes-sense: Ana has another account on slack, and a person has one account there.',
    ],
    [
      'to an account that the policy gives to somebody else',
      asked,
      CLAIM,
      ['terminal', 'ben'],
      'makes-sense: Ana has another account on terminal, and a person has one account there.',
    ],
    [
      'to an account that is linked to somebody else',
      (house) => {
        house.links(['slack', 'U0BEN'], ['discord', BEN_DISCORD], 'first')
        asked(house)
      },
      CLAIM,
      ['discord', BEN_DISCORD],
      'makes-sense: This account is Ben’s already.',
    ],
    [
      'to an account from a group that others are linked to',
      (house) => {
        house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
        house.links(['discord', DANA_DISCORD], ['slack', DANA_SLACK], 'first')
        asked(house)
      },
      CLAIM,
      ['discord', DANA_DISCORD],
      'makes-sense: This account is linked to another account of dana.',
    ],
    [
      'to two people whom an admin told apart',
      (house) => {
        dana(house)
        house.says(apart(...DANA), 'slack', 'U0ANA')
        house.says(ASK, 'slack', DANA_SLACK)
      },
      CLAIM,
      ['discord', DANA_DISCORD],
      'makes-sense: An admin said that Dana and dana are two people.',
    ],
    [
      'before anybody typed the code',
      asked,
      YES,
      ['slack', 'U0ANA'],
      'makes-sense: No account typed a code of yours in the last ten minutes.',
    ],
    [
      'when it is confirmed too late',
      (house) => {
        claimed(house)
        house.wait(HOUR / 6)
      },
      YES,
      ['slack', 'U0ANA'],
      'makes-sense: No account typed a code of yours in the last ten minutes.',
    ],
    [
      'when it is confirmed by another account of theirs',
      claimed,
      YES,
      ['terminal', 'ana'],
      'makes-sense: You asked for the code on slack, so you must confirm it there.',
    ],
    [
      'to be taken back by somebody else',
      (house) => void house.links(['slack', 'U0ANA'], ['discord', ANA_DISCORD]),
      unlink('discord', ana),
      ['slack', 'U0BEN'],
      'role: This is Ana’s account, so only they or an admin can unlink it.',
    ],
    [
      'to be taken back when the policy sets it',
      nothing,
      unlink('slack'),
      ['slack', 'U0ANA'],
      'makes-sense: Ana’s account on slack is set in the policy.',
    ],
    [
      'to be taken back where it is from a group',
      dana,
      unlink('slack'),
      ['slack', DANA_SLACK],
      'makes-sense: Embargo knows Dana only because this account is in a group on slack.',
    ],
    [
      'to be taken back from a person who is not there',
      nothing,
      unlink('slack', PersonId.parse('nobody')),
      ['slack', 'U0ANA'],
      'makes-sense: There is no person nobody.',
    ],
    [
      'to be told apart by who is no admin',
      dana,
      apart(...DANA),
      ['slack', 'U0BEN'],
      'role: Ben is team; this command requires admin.',
    ],
    [
      'to be told apart from nobody',
      dana,
      apart(DANA[0], 'nobody'),
      ['slack', 'U0ANA'],
      'makes-sense: Name two different persons.',
    ],
    [
      'to be told apart by one of the two',
      (house) => void house.group('discord', 'admin', { [DANA_DISCORD]: 'dana' }),
      apart('ana', DANA[1]),
      ['slack', 'U0ANA'],
      'second-person: You are one of the two yourself.',
    ],
    [
      'to be noticed by a person',
      nothing,
      { verb: 'notice-members', stream: PEOPLE, platform: 'slack', role: 'team', members: [] },
      ['slack', 'U0ANA'],
      'role: Only the platform of a group can say who is in it.',
    ],
  ]
  it.each(ROWS)('%s', (_name, before, request, who, says) => {
    const house = new LinkingScenario()
    before(house)
    const events = house.log.length
    expect(house.hears(request, ...who)).toBe(says)
    expect(house.log).toHaveLength(events)
  })
})
