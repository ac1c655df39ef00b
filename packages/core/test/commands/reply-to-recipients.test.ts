import { describe, expect, it } from 'vitest'
import { unreadMails } from '../../src/index.ts'
import { addresseeKey } from '../../src/vocabulary/addressee.ts'
import { receiveMail, prenotifiedCase, ratedCase } from './states.ts'
import { twoReports } from './case-work.ts'
import { ana, ben, BLOB, DAY, HASH, HOUR, OTHER_HASH, person } from '../fixtures/scenario.ts'
import { ONE } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'

describe('a reply to recipients', () => {
  const reply = { verb: 'reply', case: ONE, text: BLOB, sha256: HASH } as const
  const written = (scenario: MultiCaseScenario) =>
    scenario.effects.flatMap((effect) =>
      effect.kind === 'send-mail' && effect.letter === 'recipient-reply' ? [addresseeKey(effect.to)] : [],
    )

  it('is mailed separately to each recipient who holds the patches, but not to one who may have leaked them', () => {
    const scenario = prenotifiedCase()
    scenario.does({ ...reply, to: 'recipients' }, person(ana))
    expect(written(scenario)).toEqual(['recipient:distros/north', 'recipient:distros/south'])
    const release = scenario.world.release?.id
    if (release === undefined) throw new Error('no release')
    const suspended = { list: 'distros', recipient: 'south', because: 'details got out through them' } as const
    scenario.happens(release, { type: 'RecipientSuspended', ...suspended })
    scenario.does({ ...reply, sha256: OTHER_HASH, to: 'recipients' }, person(ana))
    expect(written(scenario).slice(2)).toEqual(['recipient:distros/north'])
  })

  it('answers one recipient, and does not count as an answer to the reporter, whose mail still waits', () => {
    const scenario = receiveMail(prenotifiedCase())
    const before = scenario.effects.filter((effect) => effect.kind === 'send-mail').length
    scenario.does({ ...reply, to: { recipient: 'south' } }, person(ana))
    expect(written(scenario)).toEqual(['recipient:distros/south'])
    expect(scenario.effects.filter((effect) => effect.kind === 'send-mail')).toHaveLength(before + 1)
    expect(unreadMails(scenario.caseState(ONE))).toHaveLength(1)
  })
})

describe('how far a case is', () => {
  const all = { verb: 'reply.progress', case: ONE } as const

  it('is sent once to each reporter, and does not replace the update to another reporter', () => {
    const scenario = twoReports(ratedCase()).wait(2 * DAY)
    const first = { ...all, report: scenario.reportId }
    expect(scenario.does(first, person(ana))).toEqual(['ReporterUpdated'])
    scenario.wait(HOUR)
    expect(scenario.does(all, person(ben))).toEqual(['ReporterUpdated'])
    expect(scenario.mails().filter((mail) => mail.startsWith('update'))).toEqual([
      'update SEC-2026-0001/r1',
      'update SEC-2026-0001/r2',
    ])
    expect(scenario.does(all, person(ana))).toEqual([])
    expect(scenario.does(first, person(ana))).toEqual([])
  })

  it('is sent again after something happened', () => {
    const scenario = twoReports(ratedCase()).wait(2 * DAY)
    scenario.does(all, person(ana))
    scenario.does({ verb: 'party.wait', case: ONE, party: 'the maintainers of the parser' }, person(ana))
    expect(scenario.does(all, person(ana))).toEqual(['ReporterUpdated', 'ReporterUpdated'])
  })
})
