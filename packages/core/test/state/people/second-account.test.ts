import { describe, expect, it } from 'vitest'
import { later, maySee, MessageId, PEOPLE, PersonId, ReporterId } from '../../../src/index.ts'
import type { PersonRequest, Request } from '../../../src/index.ts'
import { isSamePerson } from '../../../src/state/people/same-person.ts'
import { bothPlatforms, DANA_DISCORD, DANA_SLACK, LinkingScenario } from '../../fixtures/linking.ts'
import { BLOB, CASE, HASH, HOUR, OTHER_HASH } from '../../fixtures/scenario.ts'

/** The policy lists Ben with his Slack account. His second account is on Discord, in a group with the role `team`. */
const SECOND = PersonId.parse(`discord-${DANA_DISCORD}`)
const ben = PersonId.parse('ben')
const THROWAWAY = '100000000000000099'
const shown = { digest: OTHER_HASH, blob: BLOB }
const PUBLIC: PersonRequest = { verb: 'signal.public', case: CASE, link: 'https://news.example/1', shown }
const apart = (one: string, other: string): Request => ({
  verb: 'tell-apart',
  stream: PEOPLE,
  persons: [PersonId.parse(one), PersonId.parse(other)],
})

function house(): LinkingScenario {
  const made = new LinkingScenario(bothPlatforms({ platforms: ['slack', 'discord', 'terminal'] }))
  made.group('discord', 'team', { [DANA_DISCORD]: 'benny' })
  return made
}

const mailFromReporter = (of: LinkingScenario): void =>
  void of.does({
    verb: 'take-in-message',
    case: CASE,
    message: MessageId.parse('mail-2'),
    from: 'reporter',
    report: of.reportId,
    trust: 'nothing-proven',
    automatic: false,
  })

const seen = (of: LinkingScenario, who: PersonId): boolean => of.world.case !== undefined && maySee(of.world.case, who)

const out = (of: LinkingScenario): readonly unknown[] => [
  ...new Set(of.effects.flatMap((effect) => (effect.kind === 'remove' ? effect.people : []))),
]

describe('a second account', () => {
  it('cannot approve a request of its person, whatever either account is linked to', () => {
    const of = house().opens()
    of.links(['slack', 'U0BEN'], ['discord', THROWAWAY])
    of.links(['discord', DANA_DISCORD], ['slack', 'U0THROWAWAY'], 'other')
    of.says(PUBLIC, 'slack', 'U0BEN')
    const yes: PersonRequest = { verb: 'approve', case: CASE, shown }
    expect(of.hears(yes, 'discord', DANA_DISCORD)).toMatch(/^second-person: benny and Ben may be one person/)
    expect(of.world.case?.cs.public).toBeUndefined()
    expect(of.says(apart('ben', SECOND), 'slack', 'U0ANA')).toEqual(['PersonsToldApart'])
    expect(of.says(yes, 'discord', DANA_DISCORD)).toContain('VulnerabilityPublic')
  })

  it('cannot approve it even if the first one has left its group and this one has a link there', () => {
    const of = house()
    of.group('slack', 'team', { [DANA_SLACK]: 'Dana' })
    of.opens()
    of.says(PUBLIC, 'slack', DANA_SLACK)
    of.group('slack', 'team', {})
    of.links(['discord', DANA_DISCORD], ['slack', 'U0THROWAWAY'])
    const yes: PersonRequest = { verb: 'approve', case: CASE, shown }
    expect(of.hears(yes, 'discord', DANA_DISCORD)).toMatch(/^second-person: benny and slack-U0DANA may be one person/)
    expect(of.says(apart(`slack-${DANA_SLACK}`, SECOND), 'slack', 'U0ANA')).toEqual(['PersonsToldApart'])
    expect(of.says(yes, 'discord', DANA_DISCORD)).toContain('ApprovalGiven')
  })

  it('cannot be declared another person’s by anybody who may be either person', () => {
    const of = new LinkingScenario(
      bothPlatforms({
        platforms: ['slack', 'discord', 'terminal'],
        people: bothPlatforms().people.map(({ slack: _slack, ...one }) => one),
      }),
    )
    of.group('slack', 'team', { [DANA_SLACK]: 'Dana' })
    of.group('discord', 'team', { [DANA_DISCORD]: 'dana' })
    expect(of.hears(apart(`slack-${DANA_SLACK}`, SECOND), 'terminal', 'ana')).toMatch(
      /^second-person: Both of these may be you/,
    )
  })

  it('cannot log an answer about a patch of its person', () => {
    const of = house().opens()
    of.says({ verb: 'ack', case: CASE }, 'slack', 'U0ANA')
    of.says({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high', cwe: 'CWE-22' }, 'slack', 'U0ANA')
    of.says({ verb: 'triage.affects', case: CASE, branch: 'main', affected: true }, 'slack', 'U0ANA')
    of.says({ verb: 'assign-patch', case: CASE, to: ben, branches: [] }, 'slack', 'U0ANA')
    const patch = { sha256: HASH, blob: BLOB, fileName: 'fix.patch' }
    of.says({ verb: 'patch', case: CASE, ...patch, author: { kind: 'person', person: ben } }, 'slack', 'U0BEN')
    of.wait(HOUR)
    mailFromReporter(of)
    const log: PersonRequest = {
      verb: 'log-answer',
      case: CASE,
      message: MessageId.parse('mail-2'),
      answer: { about: 'verification', fixed: true },
    }
    expect(of.hears(log, 'discord', DANA_DISCORD)).toMatch(/^verifier-is-not-author: benny and Ben may be one person/)
    expect(of.says(log, 'slack', 'U0ANA')).toContain('FixVerified')
  })

  it('is barred by a conflict of its person, and removed from the channel', () => {
    const of = house().opens()
    of.says({ verb: 'people.conflict', case: CASE, reason: 'It is my own code.' }, 'slack', 'U0BEN')
    expect(seen(of, SECOND)).toBe(false)
    expect(out(of)).toEqual([ben, SECOND])
    expect(of.hears({ verb: 'ack', case: CASE }, 'discord', DANA_DISCORD)).toMatch(/^no-conflict: benny and Ben may be/)
    const back: PersonRequest = { verb: 'people.invite', case: CASE, person: SECOND }
    expect(of.hears(back, 'slack', 'U0ANA')).toMatch(/^no-conflict: benny and Ben may be one person/)
    of.says(apart('ben', SECOND), 'slack', 'U0ANA')
    expect(of.says(back, 'slack', 'U0ANA')).toEqual(['PersonInvited'])
    expect(of.says({ verb: 'ack', case: CASE }, 'discord', DANA_DISCORD)).toContain('CaseAcknowledged')
  })

  it('is not on a case that its person reported, and comes back when it was somebody else', () => {
    const of = house()
    of.does({
      verb: 'open-case',
      case: CASE,
      project: 'quillmark',
      message: MessageId.parse('mail-1'),
      receivedAt: of.now,
      reporter: ReporterId.parse('rep-1'),
      identity: { name: 'Ben', address: 'ben@quillmark.example' },
      person: ben,
      trust: 'nothing-proven',
      automatic: false,
    })
    expect(Object.keys(of.world.case?.people ?? {})).toEqual(['ana'])
    expect(of.hears({ verb: 'people.invite', case: CASE, person: SECOND }, 'slack', 'U0ANA')).toMatch(
      /^not-the-reporter: benny and Ben may be one person/,
    )
    expect(of.says({ verb: 'people.not-reporter', case: CASE, person: ben }, 'slack', 'U0ANA')).toEqual([
      'ImpersonationLogged',
      'PersonInvited',
      'PersonInvited',
    ])
    expect(seen(of, SECOND)).toBe(true)
  })

  it('is off the case with its person, out of the channel, and back when both are', () => {
    const of = house().opens()
    of.links(['slack', 'U0BEN'], ['discord', THROWAWAY])
    const said = of.says({ verb: 'people.remove', case: CASE, person: ben, reason: 'left us' }, 'slack', 'U0ANA')
    expect(said).toEqual(['PersonRemoved', 'PersonRemoved'])
    expect([seen(of, ben), seen(of, SECOND)]).toEqual([false, false])
    expect(out(of)).toEqual([ben, SECOND])
    const back: PersonRequest = { verb: 'people.invite', case: CASE, person: SECOND }
    expect(of.hears(back, 'slack', 'U0ANA')).toMatch(/^on-the-case: benny and Ben may be one person/)
    expect(of.says({ ...back, person: ben }, 'slack', 'U0ANA')).toEqual(['PersonInvited'])
    expect(of.says(back, 'slack', 'U0ANA')).toEqual(['PersonInvited'])
  })

  it('is not removed if nobody would be left', () => {
    const of = house()
    of.group('discord', 'team', {})
    of.group('discord', 'admin', { [DANA_DISCORD]: 'benny' })
    of.opens()
    of.says({ verb: 'people.remove', case: CASE, person: PersonId.parse('ana') }, 'slack', 'U0ANA')
    const last: PersonRequest = { verb: 'people.remove', case: CASE, person: ben }
    expect(of.hears(last, 'slack', 'U0BEN')).toMatch(
      /^on-the-case: No team member who can work on this case would be left/,
    )
  })
})

describe('an account of a group that was confirmed as another person’s by mistake', () => {
  /** Benny is another human, but Ben confirmed Benny’s account as his own. So what Benny does counts as done by Ben. */
  const mistaken = () => {
    const of = house().opens()
    of.says(PUBLIC, 'discord', DANA_DISCORD)
    of.links(['slack', 'U0BEN'], ['discord', DANA_DISCORD])
    const yes: PersonRequest = { verb: 'approve', case: CASE, shown }
    expect(of.hears(yes, 'slack', 'U0BEN')).toMatch(/^second-person: /)
    expect(of.says({ verb: 'ack', case: CASE }, 'slack', 'U0BEN')).toContain('PersonKnownAs')
    expect(
      of.says({ verb: 'link.remove', stream: PEOPLE, platform: 'discord', person: ben }, 'slack', 'U0ANA'),
    ).toEqual(['AccountUnlinked'])
    return { of, yes }
  }

  it('may be the same person for every bar after the undo, and gives no second yes', () => {
    const { of, yes } = mistaken()
    expect(isSamePerson(of.policy, ben, SECOND)).toBe('perhaps')
    expect(of.ask(yes, of.by('discord', DANA_DISCORD)).ok).toBe(false)
    expect(of.hears(yes, 'slack', 'U0BEN')).toMatch(/^second-person: /)
    of.says({ verb: 'people.conflict', case: CASE, reason: 'It is my own code.' }, 'slack', 'U0BEN')
    expect(of.hears({ verb: 'people.invite', case: CASE, person: SECOND }, 'slack', 'U0ANA')).toMatch(
      /^makes-sense: Nobody of that name/u,
    )
    expect(seen(of, SECOND)).toBe(false)
  })

  it('has no seat where what it did counts as another’s, also when an admin has said that they are two', () => {
    const { of, yes } = mistaken()
    of.says(apart('ben', SECOND), 'slack', 'U0ANA')
    expect(of.hears(yes, 'discord', DANA_DISCORD)).toMatch(/^on-the-case: /u)
    expect(of.world.case?.cs.public).toBeUndefined()
  })
})

describe('an answer', () => {
  it.each([
    ['an automatic mail', { automatic: true, trust: 'nothing-proven' }, 'A program wrote that mail'],
    [
      'a mail that the sender’s domain denied',
      { automatic: false, trust: 'failed' },
      'The checks of that mail contradict',
    ],
  ] as const)('cannot be logged from %s, on any subject', (_what, how, because) => {
    const of = house()
    of.untilPatch().wait(HOUR)
    const message = MessageId.parse('mail-2')
    of.does({ verb: 'take-in-message', case: CASE, message, from: 'reporter', report: of.reportId, ...how })
    const answers: readonly Extract<PersonRequest, { verb: 'log-answer' }>['answer'][] = [
      { about: 'verification', fixed: true },
      { about: 'consent', agreed: true },
      { about: 'embargo-date', end: later(of.now, HOUR) },
      { about: 'credit', credit: 'named', name: 'Rafi' },
      { about: 'forwarding', agreed: true, named: true },
    ]
    for (const answer of answers)
      expect(of.hears({ verb: 'log-answer', case: CASE, message, answer }, 'slack', 'U0ANA')).toContain(because)
  })
})
