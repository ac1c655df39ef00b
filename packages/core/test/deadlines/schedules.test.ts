import { describe, expect, it } from 'vitest'
import { deadlines, hearersOf, later, MessageId } from '../../src/index.ts'
import {
  acknowledgedCase,
  attackedCase,
  clock,
  CVE,
  scenarioWithCve,
  changeState,
  namesOf,
  openedCase,
  publishedCase,
  ratedCase,
  scenarioOf,
  prenotifiedCase,
} from '../fixtures/clock-situations.ts'
import { ana, BLOB, CASE, DAY, HASH, person, RELEASE, START } from '../fixtures/scenario.ts'
import type { Scenario } from '../fixtures/scenario.ts'

const SITUATIONS: readonly (readonly [string, string, () => Scenario, readonly string[]])[] = [
  [
    'acknowledge',
    'a report that nobody has seen',
    () => openedCase(),
    [
      'acknowledge: acknowledge the report (the team)',
      '0 to 24, round -493857',
      '0.5 at 12 owner, 0.8 at 19.2 owner, 1 at 24 team, 3 at 72 admins!',
    ],
  ],
  [
    'offer-owner',
    'a case that nobody owns',
    () => openedCase(),
    ['offer-owner: take the case, which nobody owns (Ben)', '0 to 72', '1 at 72 team, 2 at 144 team, 3 at 216 team'],
  ],
  [
    'embargo-end',
    'the standing embargo',
    () => openedCase(),
    [
      'embargo-end: the embargo ends (the team)',
      '0 to 2160, of this end',
      '0.844 at 1824 owner, 0.922 at 1992 owner, 0.989 at 2136 team, 1 at 2160 admins!',
    ],
  ],
  [
    'embargo-end',
    'an embargo that began a warning before its end',
    () => openedCase({ embargo: { standing: '7 days', agreedMost: '60 days' } }),
    ['embargo-end: the embargo ends (the team)', '0 to 168, of this end', '0.857 at 144 team, 1 at 168 admins!'],
  ],
  [
    'decide-validity',
    'an acknowledged report',
    () => acknowledgedCase(),
    [
      'decide-validity: decide whether the report is valid (Ana)',
      '0 to 240',
      '0.8 at 192 owner, 1 at 240 team, 1.5 at 360 admins!',
    ],
  ],
  [
    'update-reporter',
    'a reporter who waits',
    () => acknowledgedCase(),
    [
      'update-reporter: tell the reporter how far the case is (Ana)',
      '0 to 336',
      '0.8 at 268.8 owner, 1 at 336 team, 1.5 at 504 admins!',
    ],
  ],
  [
    'stale',
    'a moderate case in which nothing happens',
    () => ratedCase('moderate'),
    ['stale: nothing has happened for a while (Ana)', '0 to 720', '1 at 720 owner, 2 at 1440 team, 3 at 2160 admins!'],
  ],
  [
    'fix-ready',
    'a high case',
    () => ratedCase('high'),
    [
      'fix-ready: have a verified fix (Ana)',
      '0 to 720, of this end',
      '0.8 at 576 owner, 1 at 720 team, 1.5 at 1080 admins!',
    ],
  ],
  [
    'fix-ready',
    'a case whose embargo ends too soon for any fix',
    () => ratedCase('low', { embargo: { standing: '10 days', agreedMost: '60 days' } }),
    [
      'fix-ready: have a verified fix (Ana)',
      '0 to 0.02, of this end',
      '0.8 at 0.01 owner, 1 at 0.02 team, 1.5 at 0.03 admins!',
    ],
  ],
  [
    'reporter-verification/main',
    'a patch that the reporter checks',
    () => scenarioOf().untilPatch(),
    [
      'reporter-verification/main: the reporter verifies the patch for main (Ana)',
      '0 to 72',
      '0.5 at 36 owner, 1 at 72 team',
    ],
  ],
  [
    'needs-info',
    'a question to the reporter',
    () => {
      const scenario = acknowledgedCase()
      scenario.does({ verb: 'reply.question', case: CASE, text: BLOB, sha256: HASH }, person(ana))
      return scenario
    },
    [
      'needs-info: the reporter answers our question (Ana)',
      '0 to 720',
      '0.5 at 360 owner, 0.8 at 576 owner, 1 at 720 team!',
    ],
  ],
  [
    'waiting-on-party',
    'a case that waits for somebody',
    () => {
      const scenario = ratedCase('high')
      scenario.does({ verb: 'party.wait', case: CASE, party: 'the upstream' }, person(ana))
      return scenario
    },
    [
      'waiting-on-party: ask the upstream how far they are (Ana)',
      '0 to 168',
      '1 at 168 owner, 2 at 336 owner, 3 at 504 owner',
    ],
  ],
  [
    'consent-silence',
    'a date that the team named',
    () => {
      const scenario = ratedCase('high')
      scenario.does({ verb: 'embargo.until', case: CASE, end: later(START, 60 * DAY) }, person(ana))
      return scenario
    },
    [
      'consent-silence: ask again about the proposed date (Ana)',
      '0 to 168',
      '0.8 at 134.4 owner, 1 at 168 team, 1.5 at 252 admins!',
    ],
  ],
  [
    'prenotify',
    'a fix that is ready',
    () => scenarioOf().untilReady(),
    [
      'prenotify: pre-notify (Ana)',
      '0 to 1925, round 2093',
      '0.913 at 1757 owner, 0.963 at 1853 owner, 1 at 1925 team, 1.012 at 1949 admins!',
    ],
  ],
  [
    'prenotify',
    'a fix that is not',
    () => scenarioOf().untilPatch(),
    [
      'prenotify: have the fix verified and pre-notify (Ana)',
      '0 to 1925, round 2093',
      '0.913 at 1757 owner, 0.963 at 1853 owner, 1 at 1925 team, 1.012 at 1949 admins!',
    ],
  ],
  [
    'release',
    'a release whose recipients know',
    () => scenarioOf().untilPrenotified(RELEASE),
    ['release: disclose (Ana)', '1 to 197, of this end', '0.878 at 173 owner, 1 at 197 team*, 2 at 221 admins!'],
  ],
  [
    'request-cve',
    'an accepted case of a project that asks for ids',
    () => scenarioWithCve('form').untilReady(),
    [
      'request-cve: ask for a CVE id (Ana)',
      '0 to 1589, round 2093',
      '0.8 at 1271.2 owner, 1 at 1589 team, 1.5 at 2383.5 admins!',
    ],
  ],
  [
    'publish-cve',
    'an id that another assigned',
    () => publishedCase('form', { requestedAt: START, id: CVE }),
    ['publish-cve: publish the CVE record (Ana)', '0 to 168', '1 at 168 owner, 2 at 336 owner, 3 at 504 owner'],
  ],
  [
    'publish-cve',
    'an id of one’s own',
    () => publishedCase('own', { requestedAt: START, id: CVE }),
    ['publish-cve: publish the CVE record (Ana)', '0 to 24', '1 at 24 owner, 2 at 72 admins!'],
  ],
  [
    'publish-cve',
    'a publication for which nobody asked for an id',
    () => publishedCase('own'),
    [
      'publish-cve: get a CVE id and publish its record, or say that the case gets no id (Ana)',
      '0 to 24',
      '1 at 24 owner, 2 at 72 admins!',
    ],
  ],
  [
    'request-cve',
    'a release that is nearer than an id takes',
    () =>
      changeState(scenarioWithCve('form').untilReady(), ({ em }) => ({
        em: em.is === 'active' ? { ...em, end: later(START, 22 * DAY) } : em,
      })),
    ['request-cve: ask for a CVE id (Ana)', '0 to 0.02, round 413', '1 at 0.02 owner, 1.5 at 413 admins!'],
  ],
  [
    'retrospective',
    'a case that is public',
    () => publishedCase('own', undefined),
    ['retrospective: hold the retrospective (Ana)', '0 to 72', '0.8 at 57.6 owner, 1 at 72 team, 1.5 at 108 admins!'],
  ],
  [
    'cra-early-warning',
    'attacks, where the act binds',
    () => attackedCase(),
    [
      'cra-early-warning: send the early warning that the Cyber Resilience Act requires (Ana)',
      '0 to 24',
      '0.5 at 12 owner, 0.8 at 19.2 owner, 1 at 24 team, 1.5 at 36 admins!',
    ],
  ],
  [
    'cra-notification',
    'attacks, where the act binds',
    () => attackedCase(),
    [
      'cra-notification: send the notification that the Cyber Resilience Act requires (Ana)',
      '0 to 72',
      '0.5 at 36 owner, 0.8 at 57.6 owner, 1 at 72 team, 1.5 at 108 admins!',
    ],
  ],
  [
    'cra-final',
    'attacks, and our publication',
    () => attackedCase({ publishedAt: START }),
    [
      'cra-final: send the final report that the Cyber Resilience Act requires (Ana)',
      '0 to 336',
      '0.5 at 168 owner, 0.8 at 268.8 owner, 1 at 336 team, 1.5 at 504 admins!',
    ],
  ],
  [
    'acknowledge-prenotification',
    'recipients who have not answered',
    () => prenotifiedCase(),
    [
      'acknowledge-prenotification: ask north and south whether they have the pre-notification (Ana)',
      '0 to 48',
      '1 at 48 owner, 2 at 96 owner',
    ],
  ],
  [
    'consent-silence',
    'a date that the reporter named',
    () => {
      const scenario = ratedCase('high')
      const message = MessageId.parse('mail-9')
      scenario.does({
        verb: 'take-in-message',
        case: CASE,
        message,
        from: 'reporter',
        report: scenario.reportId,
        trust: 'domain-vouches',
        automatic: false,
      })
      scenario.does(
        { verb: 'log-answer', case: CASE, message, answer: { about: 'embargo-date', end: later(START, 100 * DAY) } },
        person(ana),
      )
      return scenario
    },
    [
      'consent-silence: answer the reporter’s date (Ana)',
      '0 to 168',
      '0.8 at 134.4 owner, 1 at 168 team, 1.5 at 252 admins!',
    ],
  ],
  [
    'signal/<approval>',
    'a signal that nobody has answered',
    () => {
      const scenario = ratedCase('high')
      scenario.does(
        { verb: 'signal.public', case: CASE, link: 'https://news.example/1', shown: { digest: HASH, blob: BLOB } },
        person(ana),
      )
      return scenario
    },
    [
      'signal/SEC-2026-0001/a1: say yes or no to what was signalled; silence is a yes (any team member but Ana)',
      '0 to 0.5, of this end',
      '1 at 0.5 team!*',
    ],
  ],
]

const situationsOf = (name: string) => SITUATIONS.filter(([clockName]) => clockName.split('/')[0] === name)

describe('every clock, whole', () => {
  it.each(SITUATIONS)('%s: %s', (name, _situation, given, expected) => {
    expect(clock(given(), name)).toEqual(expected)
  })

  it.each(deadlines.filter(({ name }) => situationsOf(name).length > 0))('$name: is heard by those it names', (one) => {
    const heard = situationsOf(one.name).flatMap(([, , , [, , moments = '']]) =>
      [...moments.matchAll(/ (owner|team|admins)\b/g)].map(([, who]) => who),
    )
    expect(new Set(heard)).toEqual(new Set(hearersOf(one)))
  })

  it('is here', () => {
    const running = SITUATIONS.flatMap(([, , given]) => namesOf(given()))
    expect([...new Set(running)].filter((name) => !SITUATIONS.some(([one]) => one === name))).toEqual([])
  })
})
