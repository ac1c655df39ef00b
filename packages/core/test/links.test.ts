import { ben } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { HOUR, later, maySee, PEOPLE, PersonId, personOf } from '../src/index.ts'
import type { Platform, Request, RoleName } from '../src/index.ts'
import { ANA_DISCORD, BEN_DISCORD, bothPlatforms, DANA_DISCORD, DANA_SLACK, Linking } from './linking.ts'
import { ana, BLOB, CASE, HASH, OTHER_HASH, RELEASE, START } from './scenario.ts'

const ASK: Request = { verb: 'link-ask', stream: PEOPLE, mark: 'mark' }
const CLAIM: Request = { verb: 'link-claim', stream: PEOPLE, mark: 'mark' }
const YES: Request = { verb: 'link-confirm', stream: PEOPLE, agreed: true }
const NO: Request = { verb: 'link-confirm', stream: PEOPLE, agreed: false }
const unlink = (platform: Platform, person?: PersonId): Request => ({
  verb: 'unlink',
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

describe('an account that is linked', () => {
  it('acts for its person from the command after it, and no account does by a code alone', () => {
    const house = new Linking()
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

  it('is asked for once more with another code, which makes the first void', () => {
    const house = new Linking()
    house.says(ASK, 'slack', 'U0ANA')
    house.says({ ...ASK, mark: 'other' }, 'slack', 'U0ANA')
    expect(house.hears(CLAIM, 'discord', ANA_DISCORD)).toMatch(/^makes-sense: No code like that waits/)
    expect(house.says({ ...CLAIM, mark: 'other' }, 'discord', ANA_DISCORD)).toEqual(['LinkClaimed'])
  })

  it('is not linked when whoever asked says that it is somebody else’s, and the code is void', () => {
    const house = new Linking()
    house.says(ASK, 'slack', 'U0ANA')
    house.says(CLAIM, 'discord', BEN_DISCORD)
    expect(house.says(NO, 'slack', 'U0ANA')).toEqual(['LinkDeclined'])
    expect(house.hears(CLAIM, 'discord', ANA_DISCORD)).toMatch(/No code like that waits/)
    expect(house.by('discord', BEN_DISCORD).person).toBeUndefined()
  })

  it('is taken back by its person, and acts for nobody', () => {
    const house = new Linking().links(['slack', 'U0ANA'], ['discord', ANA_DISCORD])
    expect(house.says(unlink('discord'), 'discord', ANA_DISCORD)).toEqual(['AccountUnlinked'])
    expect(house.by('discord', ANA_DISCORD).person).toBeUndefined()
    expect(house.hears(unlink('discord'), 'slack', 'U0ANA')).toBe('Ana has no account on discord.')
  })

  it('is taken back by an admin for anybody', () => {
    const house = new Linking().links(['slack', 'U0BEN'], ['discord', BEN_DISCORD])
    expect(house.says(unlink('discord', ben), 'slack', 'U0ANA')).toEqual(['AccountUnlinked'])
  })

  it('is what the policy says it is, whatever was linked before', () => {
    const house = new Linking().links(['slack', 'U0ANA'], ['discord', BEN_DISCORD])
    const [first, ...others] = bothPlatforms().people
    const second = others[0]
    if (first === undefined || second === undefined) throw new Error('two people')
    const rewritten = bothPlatforms({ people: [first, { ...second, discord: BEN_DISCORD }] })
    const people = house.peopleNow(rewritten).people
    expect(people.map(({ id, discord }) => [id, discord])).toEqual([
      ['ana', undefined],
      ['ben', BEN_DISCORD],
    ])
  })
})

type Row = readonly [
  name: string,
  before: (house: Linking) => void,
  request: Request,
  who: readonly [Platform, string],
  says: string,
]

describe('a link is refused', () => {
  const asked = (house: Linking): void => void house.says(ASK, 'slack', 'U0ANA')
  const claimed = (house: Linking): void => {
    asked(house)
    house.says(CLAIM, 'discord', ANA_DISCORD)
  }
  const nothing = (): void => undefined
  const dana = (house: Linking): void => {
    house.group('slack', 'team', { [DANA_SLACK]: 'Dana' })
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
  }
  const ROWS: readonly Row[] = [
    [
      'to an account of nobody, which has no code to give',
      nothing,
      ASK,
      ['discord', ANA_DISCORD],
      'role: Your account on discord belongs to no person that Embargo knows, so it acts for nobody.',
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
      'makes-sense: No code like that waits: it is mistyped, was used, or is older than ten minutes.',
    ],
    [
      'for a code that is ten minutes old',
      (house) => {
        asked(house)
        house.wait(HOUR / 6)
      },
      CLAIM,
      ['discord', ANA_DISCORD],
      'makes-sense: No code like that waits: it is mistyped, was used, or is older than ten minutes.',
    ],
    [
      'for a code that was used',
      (house) => void house.links(['slack', 'U0ANA'], ['discord', ANA_DISCORD]),
      CLAIM,
      ['discord', BEN_DISCORD],
      'makes-sense: No code like that waits: it is mistyped, was used, or is older than ten minutes.',
    ],
    [
      'to a second account that types the code',
      claimed,
      CLAIM,
      ['discord', BEN_DISCORD],
      'makes-sense: Another account typed this code before.',
    ],
    ['to the account that asked', asked, CLAIM, ['slack', 'U0ANA'], 'makes-sense: This is the account that asked.'],
    [
      'to another account on a platform where they have one',
      asked,
      CLAIM,
      ['slack', 'U0ANOTHER'],
      'makes-sense: Ana has another account on slack, and nobody has two.',
    ],
    [
      'to an account that the policy gives to somebody else',
      asked,
      CLAIM,
      ['terminal', 'ben'],
      'makes-sense: Ana has another account on terminal, and nobody has two.',
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
      'makes-sense: This account is linked to another of dana’s.',
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
      'makes-sense: You asked for it on slack, so it is there that you say so.',
    ],
    [
      'to be taken back by somebody else',
      (house) => void house.links(['slack', 'U0ANA'], ['discord', ANA_DISCORD]),
      unlink('discord', ana),
      ['slack', 'U0BEN'],
      'role: This is Ana’s account, so it is theirs to take back.',
    ],
    [
      'to be taken back where it stands in the policy',
      nothing,
      unlink('slack'),
      ['slack', 'U0ANA'],
      'makes-sense: Ana’s account on slack stands in the policy.',
    ],
    [
      'to be taken back where it is from a group',
      dana,
      unlink('slack'),
      ['slack', DANA_SLACK],
      'makes-sense: Dana is known by this account, from a group of slack.',
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
      'role: Ben is team; this takes admin.',
    ],
    [
      'to be told apart from nobody',
      dana,
      apart(DANA[0], 'nobody'),
      ['slack', 'U0ANA'],
      'makes-sense: That does not name two persons.',
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
      'role: Who is in a group is said by its platform.',
    ],
  ]
  it.each(ROWS)('%s', (_name, before, request, who, says) => {
    const house = new Linking()
    before(house)
    const events = house.log.length
    expect(house.hears(request, ...who)).toBe(says)
    expect(house.log).toHaveLength(events)
  })
})

describe('a person who is linked across both platforms', () => {
  it('counts once: what they asked on Slack they do not approve on Discord', () => {
    const house = new Linking(bothPlatforms({ platforms: ['slack', 'discord', 'terminal'] }))
    house.links(['slack', 'U0ANA'], ['discord', ANA_DISCORD])
    house.untilReady()
    const shown = { digest: OTHER_HASH, blob: BLOB }
    house.says({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, 'slack', 'U0ANA')
    expect(house.hears({ verb: 'approve', case: CASE, shown }, 'discord', ANA_DISCORD)).toBe(
      'second-person: You asked for this yourself; it takes a second person.',
    )
    house.links(['slack', 'U0BEN'], ['discord', BEN_DISCORD])
    expect(house.says({ verb: 'approve', case: CASE, shown }, 'discord', BEN_DISCORD)).toContain('ApprovalGiven')
  })

  it('is one in what they did before too, and the case says so when it is written to next', () => {
    const house = new Linking(bothPlatforms({ platforms: ['slack', 'discord', 'terminal'] }))
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    house.untilReady()
    const shown = { digest: OTHER_HASH, blob: BLOB }
    house.says({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, 'discord', DANA_DISCORD)
    house.links(['slack', 'U0BEN'], ['discord', DANA_DISCORD])
    expect(house.by('discord', DANA_DISCORD).person).toBe('ben')
    expect(house.hears({ verb: 'approve', case: CASE, shown }, 'slack', 'U0BEN')).toBe(
      'second-person: You asked for this yourself; it takes a second person.',
    )
    expect(house.says({ verb: 'update', case: CASE }, 'discord', DANA_DISCORD)[0]).toBe('PersonKnownAs')
    expect(house.world.case?.people).not.toHaveProperty(DANA[1])
    expect(house.world.case?.approvals.at(-1)?.by).toBe('ben')
    expect(house.says({ verb: 'update', case: CASE }, 'slack', 'U0BEN')).not.toContain('PersonKnownAs')
    expect(house.says({ verb: 'approve', case: CASE, shown }, 'slack', 'U0ANA')).toContain('ApprovalGiven')
  })

  it('is barred with both accounts by a conflict of one', () => {
    const house = new Linking().opens()
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    house.says({ verb: 'invite', case: CASE, person: PersonId.parse(DANA[1]) }, 'slack', 'U0ANA')
    house.says({ verb: 'conflict', case: CASE, reason: 'It is my own code.' }, 'discord', DANA_DISCORD)
    house.links(['slack', 'U0BEN'], ['discord', DANA_DISCORD])
    expect(house.hears({ verb: 'ack', case: CASE }, 'slack', 'U0BEN')).toMatch(/^no-conflict:/)
  })

  it('does not become two by taking a link back', () => {
    const house = new Linking(bothPlatforms({ platforms: ['slack', 'discord', 'terminal'] }))
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    house.links(['slack', 'U0BEN'], ['discord', DANA_DISCORD])
    house.says(unlink('discord'), 'slack', 'U0BEN')
    expect(house.by('discord', DANA_DISCORD).person).toBeUndefined()
    expect(house.says(apart('ben', DANA[1]), 'slack', 'U0ANA')).toEqual(['PersonsToldApart'])
    expect(house.by('discord', DANA_DISCORD).person).toBe(DANA[1])
  })
})

describe('two persons who may be one', () => {
  const shown = { digest: OTHER_HASH, blob: BLOB }
  function asked(): Linking {
    const house = new Linking(bothPlatforms({ platforms: ['slack', 'discord', 'terminal'] }))
    house.group('slack', 'team', { [DANA_SLACK]: 'Dana' })
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    house.untilReady()
    house.says({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, 'slack', DANA_SLACK)
    return house
  }

  it('do not fill two seats before they are told apart', () => {
    const house = asked()
    const decision = house.ask({ verb: 'approve', case: CASE, shown }, house.by('discord', DANA_DISCORD))
    expect(decision).toMatchObject({
      ok: false,
      refusal: {
        gate: 'second-person',
        because: 'dana and Dana may be one person with two accounts: nothing says that they are two.',
        liftedBy: [
          { how: 'link the accounts, if both are yours', verb: 'link' },
          { how: `says that they are two: embargo people apart ${DANA[0]} ${DANA[1]}` },
          { how: 'lists both, with their accounts, in the policy' },
        ],
      },
    })
    expect(house.says(apart(...DANA), 'slack', 'U0ANA')).toEqual(['PersonsToldApart'])
    expect(house.says(apart(...DANA), 'slack', 'U0ANA')).toEqual([])
    expect(house.says({ verb: 'approve', case: CASE, shown }, 'discord', DANA_DISCORD)).toContain('ApprovalGiven')
  })

  it('do not either when the first has left its group meanwhile', () => {
    const house = asked()
    house.group('slack', 'team', {})
    expect(house.hears({ verb: 'approve', case: CASE, shown }, 'discord', DANA_DISCORD)).toMatch(/^second-person:/)
  })

  it('are two where they have accounts on one platform, or are both listed', () => {
    const house = asked()
    expect(house.says({ verb: 'approve', case: CASE, shown }, 'slack', 'U0BEN')).toContain('ApprovalGiven')
  })

  it('do not confirm a patch that one of them wrote', () => {
    const house = new Linking(bothPlatforms({ platforms: ['slack', 'discord', 'terminal'] }))
    house.group('slack', 'team', { [DANA_SLACK]: 'Dana' })
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    house.opens()
    const dana = PersonId.parse(DANA[0])
    house.says({ verb: 'ack', case: CASE }, 'slack', 'U0ANA')
    house.says({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high', cwe: 'CWE-22' }, 'slack', 'U0ANA')
    house.says({ verb: 'affects', case: CASE, branch: 'main', affected: true }, 'slack', 'U0ANA')
    house.says({ verb: 'assign-patch', case: CASE, to: dana, branches: [] }, 'slack', 'U0ANA')
    house.says(
      { verb: 'patch-submit', case: CASE, sha256: HASH, blob: BLOB, fileName: 'fix.patch' },
      'slack',
      DANA_SLACK,
    )
    const confirm: Request = { verb: 'confirm', case: CASE, fixed: true, note: 'It holds.' }
    expect(house.hears(confirm, 'discord', DANA_DISCORD)).toMatch(/^verifier-is-not-author: dana and Dana may be one/)
    expect(house.hears(confirm, 'slack', 'U0BEN')).not.toMatch(/^verifier-is-not-author/)
  })
})

describe('a member of a mapped group', () => {
  it('is a person with that one account and the roles of their groups', () => {
    const house = new Linking()
    expect(house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })).toEqual(['MembershipChanged'])
    expect(house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })).toEqual([])
    expect(house.group('discord', 'admin', { [DANA_DISCORD]: 'dana' })).toEqual(['MembershipChanged'])
    expect(house.people).toEqual([
      'ana admin+team U0ANA -',
      'ben team U0BEN -',
      `${DANA[1]} team+admin - ${DANA_DISCORD}`,
    ])
  })

  it('is on the cases that open from then on, and sees those alone', () => {
    const house = new Linking()
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    house.opens()
    const state = house.world.case
    if (state === undefined) throw new Error('no case')
    expect(maySee(state, PersonId.parse(DANA[1]))).toBe(true)
  })

  it('has no role any more when they left', () => {
    const house = new Linking()
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    house.opens()
    expect(house.group('discord', 'team', {})).toEqual(['MembershipChanged'])
    expect(house.by('discord', DANA_DISCORD).person).toBeUndefined()
    expect(house.hears({ verb: 'ack', case: CASE }, 'discord', DANA_DISCORD)).toMatch(/^role: Your account on discord/)
  })

  it('who is listed has the roles that the policy gives, whatever group they are in', () => {
    const house = new Linking()
    house.group('slack', 'team', { U0BEN: 'ben' })
    expect(house.people).toEqual(['ana admin+team U0ANA -', 'ben team U0BEN -'])
  })

  it('gives no role that the policy maps no more', () => {
    const house = new Linking()
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    expect(house.peopleNow(bothPlatforms({ groups: {} })).people).toHaveLength(2)
  })

  it('keeps what both of their groups give when their accounts are linked, and what one does when they left the other', () => {
    const house = new Linking()
    house.group('slack', 'team', { [DANA_SLACK]: 'Dana' })
    house.group('discord', 'admin', { [DANA_DISCORD]: 'dana' })
    house.links(['slack', DANA_SLACK], ['discord', DANA_DISCORD])
    expect(house.people.at(-1)).toBe(`${DANA[0]} team+admin ${DANA_SLACK} ${DANA_DISCORD}`)
    house.group('slack', 'team', {})
    expect(house.people.at(-1)).toBe(`${DANA[1]} admin - ${DANA_DISCORD}`)
    expect(personOf(house.policy, PersonId.parse(DANA[0]))?.id).toBe(DANA[1])
  })

  it('mentions nobody by their name', () => {
    const house = new Linking()
    house.group('discord', 'team', { [DANA_DISCORD]: '<!channel> *Ana* @everyone\u202E`' })
    expect(house.policy.people.at(-1)?.name).toBe('channel Ana everyone')
    const [only] = house.group('slack', 'team', { [DANA_SLACK]: '***' })
    expect([only, house.policy.people.at(-1)?.name]).toEqual(['MembershipChanged', DANA[0]])
  })

  it('is known by what is said of them alone, too', () => {
    const house = new Linking()
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
    expect(house.hears(one(['team']), 'slack', 'U0ANA')).toBe('role: Who is in a group is said by its platform.')
    for (let n = 0; n < 100; n += 1) house.does(one(['team'], `3${n}`))
    expect(house.ask(one(['team']), { kind: 'system', part: 'chat' })).toMatchObject({
      refusal: { because: 'The groups of discord have more than 100 members already.' },
    })
  })

  it.each([
    ['a group that the policy does not map', 'observer', 1, 'The policy maps no group of slack to observer.'],
    [
      'a group of everybody',
      'team',
      101,
      'The slack group for team has 101 members; more than 100 are taken for a mistake, and nothing was changed.',
    ],
  ] as const)('is refused for %s', (_name, role, count, because) => {
    const house = new Linking()
    const members = Array.from({ length: count }, (_, index) => ({ account: `U0${index}`, name: `n${index}` }))
    const decision = house.ask(
      { verb: 'notice-members', stream: PEOPLE, platform: 'slack', role, members },
      { kind: 'system', part: 'chat' },
    )
    expect(decision).toMatchObject({ ok: false, refusal: { gate: 'makes-sense', because } })
    expect(later(START, 0)).toBe(house.now)
  })
})
