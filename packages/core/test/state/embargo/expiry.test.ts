import { describe, expect, it } from 'vitest'
import { HOUR } from '../../../src/index.ts'
import type { PersonRequest } from '../../../src/index.ts'
import { ONE, prenotifiedRelease } from '../../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../../fixtures/multi-case-scenario.ts'

const LINK = 'https://forum.example/thread/1'

/** Recipients hold the patches, and the embargo of one case ends before its release. */
function expired(): MultiCaseScenario {
  const scenario = prenotifiedRelease()
  const { em } = scenario.caseState(ONE)
  if (em.is !== 'active') throw new Error('no embargo is in force')
  scenario.now = em.end
  scenario.does({ verb: 'fire-clock', stream: ONE, clock: 'embargo-end', round: em.end, fraction: 1 })
  return scenario
}

const mailsOf = (scenario: MultiCaseScenario, request: PersonRequest): readonly string[] => {
  const since = scenario.effects.length
  scenario.request(request).approve()
  return scenario.mails(since).filter((mail) => !mail.startsWith('escalation'))
}

const everybody = (letter: string): readonly string[] =>
  [`report ${ONE}/r1`, 'north', 'south'].map((who) => `${letter} ${who.replace('report ', '')}`)

describe('an embargo that ended at its date, while recipients hold patches', () => {
  it('is reported to them as well, because the reporter may now publish', () => {
    expect(expired().mails()).toEqual(
      expect.arrayContaining([`embargo-expired ${ONE}/r1`, 'recipient-expired north', 'recipient-expired south']),
    )
  })

  it('is not shown as continuing in the preview of taking the case out of its release', () => {
    const drop = { verb: 'release.drop', case: ONE, reason: 'the fix is wrong' } as const
    expect(expired().preview(drop).sentences.at(-1)).toBe(`${ONE} has no date.`)
  })

  it('is reported only once, and not to a recipient through whom details may have got out', () => {
    const scenario = prenotifiedRelease()
    const suspect = { kind: 'recipient', list: 'distros', recipient: 'south' } as const
    scenario.request({ verb: 'signal.leak', case: ONE, suspect, text: 'a mirror had it' }).approve()
    const { em } = scenario.caseState(ONE)
    if (em.is !== 'active') throw new Error('no embargo is in force')
    scenario.now = em.end
    const end = { verb: 'fire-clock', stream: ONE, clock: 'embargo-end', round: em.end, fraction: 1 } as const
    scenario.does(end)
    scenario.does(end)

    expect(scenario.mails().filter((mail) => mail.startsWith('recipient-expired'))).toEqual(['recipient-expired north'])
  })

  it.each(['signal.public', 'signal.exploit'] as const)('and what then becomes public is told to all (%s)', (verb) => {
    const scenario = expired().wait(HOUR)
    expect(mailsOf(scenario, { verb, case: ONE, link: LINK })).toEqual(everybody('secrecy-failed'))
    // Everybody was told after the first signal, so nobody gets a mail about a second signal.
    const other = verb === 'signal.public' ? 'signal.exploit' : 'signal.public'
    expect(mailsOf(scenario.wait(HOUR), { verb: other, case: ONE, link: LINK })).toEqual([])
  })

  it('is followed by a correction if a signal that the secret is public was wrong', () => {
    const scenario = expired().wait(HOUR)
    mailsOf(scenario, { verb: 'signal.public', case: ONE, link: LINK })
    const wrong = { verb: 'signal.wrong', case: ONE, what: 'public', reason: 'it was another bug' } as const
    expect(scenario.preview(wrong).sentences.join(' ')).toContain('gets a correction, and is asked to keep the secret')
    expect(mailsOf(scenario.wait(HOUR), wrong)).toEqual(everybody('secrecy-corrected'))
  })

  it('is followed by no mail about attacks, either when they are confirmed or when they are corrected', () => {
    const scenario = expired().wait(HOUR)
    expect(mailsOf(scenario, { verb: 'signal.attack', case: ONE })).toEqual([])
    const wrong = { verb: 'signal.wrong', case: ONE, what: 'attack', reason: 'it was another bug' } as const
    expect(mailsOf(scenario.wait(HOUR), wrong)).toEqual([])
  })
})
