import { describe, expect, it } from 'vitest'
import { PEOPLE, PersonId } from '../../../src/index.ts'
import type { Platform, Request } from '../../../src/index.ts'
import {
  ANA_DISCORD,
  BEN_DISCORD,
  bothPlatforms,
  DANA_DISCORD,
  DANA_SLACK,
  LinkingScenario,
} from '../../fixtures/linking.ts'
import { BLOB, CASE, HASH, OTHER_HASH, RELEASE } from '../../fixtures/scenario.ts'

const unlink = (platform: Platform): Request => ({ verb: 'link.remove', stream: PEOPLE, platform })
const apart = (one: string, other: string): Request => ({
  verb: 'tell-apart',
  stream: PEOPLE,
  persons: [PersonId.parse(one), PersonId.parse(other)],
})
const DANA = ['slack-U0DANA', `discord-${DANA_DISCORD}`] as const

describe('a person who is linked across both platforms', () => {
  it('counts once: they cannot approve on Discord what they requested on Slack', () => {
    const house = new LinkingScenario(bothPlatforms({ platforms: ['slack', 'discord', 'terminal'] }))
    house.links(['slack', 'U0ANA'], ['discord', ANA_DISCORD])
    house.untilReady()
    const shown = { digest: OTHER_HASH, blob: BLOB }
    house.says({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, 'slack', 'U0ANA')
    expect(house.hears({ verb: 'approve', case: CASE, shown }, 'discord', ANA_DISCORD)).toMatch(/^second-person: /u)
    house.links(['slack', 'U0BEN'], ['discord', BEN_DISCORD])
    expect(house.says({ verb: 'approve', case: CASE, shown }, 'discord', BEN_DISCORD)).toContain('ApprovalGiven')
  })

  it('also counts once for earlier actions, and the case says so at its next event', () => {
    const house = new LinkingScenario(bothPlatforms({ platforms: ['slack', 'discord', 'terminal'] }))
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    house.untilReady()
    const shown = { digest: OTHER_HASH, blob: BLOB }
    house.says({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, 'discord', DANA_DISCORD)
    house.links(['slack', 'U0BEN'], ['discord', DANA_DISCORD])
    expect(house.by('discord', DANA_DISCORD).person).toBe('ben')
    expect(house.hears({ verb: 'approve', case: CASE, shown }, 'slack', 'U0BEN')).toMatch(/^second-person: /u)
    expect(house.says({ verb: 'reply.progress', case: CASE }, 'discord', DANA_DISCORD)[0]).toBe('PersonKnownAs')
    expect(house.world.case?.people).not.toHaveProperty(DANA[1])
    expect(house.world.case?.approvals.at(-1)?.by).toBe('ben')
    expect(house.says({ verb: 'reply.progress', case: CASE }, 'slack', 'U0BEN')).not.toContain('PersonKnownAs')
    expect(house.says({ verb: 'approve', case: CASE, shown }, 'slack', 'U0ANA')).toContain('ApprovalGiven')
  })

  it('is barred with both accounts by a conflict of interest of either', () => {
    const [first, ...others] = bothPlatforms().people
    if (first === undefined) throw new Error('nobody is listed')
    const house = new LinkingScenario(
      bothPlatforms({ people: [{ ...first, discord: ANA_DISCORD }, ...others] }),
    ).opens()
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    house.says({ verb: 'people.invite', case: CASE, person: PersonId.parse(DANA[1]) }, 'slack', 'U0ANA')
    house.says({ verb: 'people.conflict', case: CASE, reason: 'It is my own code.' }, 'discord', DANA_DISCORD)
    house.links(['slack', 'U0BEN'], ['discord', DANA_DISCORD])
    expect(house.hears({ verb: 'ack', case: CASE }, 'slack', 'U0BEN')).toMatch(/^no-conflict:/)
  })

  it('does not become two people by undoing a link', () => {
    const house = new LinkingScenario(bothPlatforms({ platforms: ['slack', 'discord', 'terminal'] }))
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    house.links(['slack', 'U0BEN'], ['discord', DANA_DISCORD])
    house.says(unlink('discord'), 'slack', 'U0BEN')
    expect(house.by('discord', DANA_DISCORD).person).toBeUndefined()
    expect(house.says(apart('ben', DANA[1]), 'slack', 'U0ANA')).toEqual(['PersonsToldApart'])
    expect(house.by('discord', DANA_DISCORD).person).toBe(DANA[1])
  })
})

describe('two accounts that may belong to one person', () => {
  const shown = { digest: OTHER_HASH, blob: BLOB }
  function asked(): LinkingScenario {
    const house = new LinkingScenario(bothPlatforms({ platforms: ['slack', 'discord', 'terminal'] }))
    house.group('slack', 'team', { [DANA_SLACK]: 'Dana' })
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    house.untilReady()
    house.says({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, 'slack', DANA_SLACK)
    return house
  }

  it('cannot act as two people before somebody confirms that they are two', () => {
    const house = asked()
    const decision = house.ask({ verb: 'approve', case: CASE, shown }, house.by('discord', DANA_DISCORD))
    expect(decision).toMatchObject({
      ok: false,
      refusal: {
        gate: 'second-person',
        because: 'dana and Dana may be one person with two accounts: nothing shows that they are two people.',
        liftedBy: [
          { how: 'link the accounts, if both are yours', verb: 'link' },
          { how: `records that they are two people: embargo people apart ${DANA[0]} ${DANA[1]}` },
          { how: 'lists both, with their accounts, in the policy' },
        ],
      },
    })
    expect(house.says(apart(...DANA), 'slack', 'U0ANA')).toEqual(['PersonsToldApart'])
    expect(house.says(apart(...DANA), 'slack', 'U0ANA')).toEqual([])
    expect(house.says({ verb: 'approve', case: CASE, shown }, 'discord', DANA_DISCORD)).toContain('ApprovalGiven')
  })

  it('cannot do so even if the first has left its group meanwhile', () => {
    const house = asked()
    house.group('slack', 'team', {})
    expect(house.hears({ verb: 'approve', case: CASE, shown }, 'discord', DANA_DISCORD)).toMatch(/^second-person:/)
  })

  it('count as two people if they have accounts on one platform, or are both listed', () => {
    const house = asked()
    expect(house.says({ verb: 'approve', case: CASE, shown }, 'slack', 'U0BEN')).toContain('ApprovalGiven')
  })

  it.each([
    ['they attached it themselves', DANA_SLACK],
    ['a colleague attached it in their name', 'U0BEN'],
  ])('cannot confirm a patch that one of them wrote: %s', (_how, by) => {
    const house = new LinkingScenario(bothPlatforms({ platforms: ['slack', 'discord', 'terminal'] }))
    house.group('slack', 'team', { [DANA_SLACK]: 'Dana' })
    house.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    house.opens()
    const dana = PersonId.parse(DANA[0])
    house.says({ verb: 'ack', case: CASE }, 'slack', 'U0ANA')
    house.says({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high', cwe: 'CWE-22' }, 'slack', 'U0ANA')
    house.says({ verb: 'triage.affects', case: CASE, branch: 'main', affected: true }, 'slack', 'U0ANA')
    house.says({ verb: 'assign-patch', case: CASE, to: dana, branches: [] }, 'slack', 'U0ANA')
    house.says(
      {
        verb: 'patch',
        case: CASE,
        sha256: HASH,
        blob: BLOB,
        fileName: 'fix.patch',
        author: { kind: 'person', person: dana },
      },
      'slack',
      by,
    )
    const confirm: Request = { verb: 'confirm', case: CASE, fixed: true, note: 'It holds.' }
    expect(house.hears(confirm, 'discord', DANA_DISCORD)).toMatch(/^verifier-is-not-author: dana and Dana may be one/)
    expect(house.hears(confirm, 'slack', 'U0ANA')).not.toMatch(/^verifier-is-not-author/)
  })
})
