import { describe, expect, it } from 'vitest'
import { previewCommand } from '../../src/index.ts'
import { ana, CASE, HOUR, person } from '../fixtures/scenario.ts'
import type { Scenario } from '../fixtures/scenario.ts'
import {
  after,
  attackSignal,
  requestAndApprove,
  correct,
  exploitSignal,
  interim,
  publicSignal,
  leakSignal,
  prenotifiedCase,
  prenotify,
  readyCase,
  deliverPrenotification,
  terminate,
} from '../fixtures/secrecy.ts'

/** The letters that were sent after the first `since` effects, each with its reader. */
const mails = (scenario: Scenario, since: number): readonly string[] =>
  scenario.effects
    .slice(since)
    .flatMap((effect) =>
      effect.kind === 'send-mail'
        ? [`${effect.letter} ${effect.to.kind === 'recipient' ? effect.to.recipient : effect.to.kind}`]
        : [],
    )

const mailsOf = (scenario: Scenario, request: Parameters<typeof requestAndApprove>[1]): readonly string[] => {
  const since = scenario.effects.length
  requestAndApprove(scenario, request)
  return mails(scenario, since)
}

const EVERYBODY = ['secrecy-corrected report', 'secrecy-corrected north', 'secrecy-corrected south']
const SAID =
  'Everyone who was told that the secret is out (the reporter and recipients) gets a correction, and is asked to keep the secret.'
const preview = (scenario: Scenario, what: Parameters<typeof correct>[0]): readonly string[] => {
  const { shown: _shown, ...request } = correct(what) as Extract<ReturnType<typeof correct>, { verb: 'signal.wrong' }>
  const seen = previewCommand(scenario.policy, scenario.world, request, scenario.now)
  return seen !== undefined && 'sentences' in seen ? seen.sentences : []
}

describe('a reporter or recipient who was told that a secret was out', () => {
  it.each([
    ['public', publicSignal],
    ['exploit', exploitSignal],
  ] as const)('hears that it was not, when that was wrong (%s), and two people read so before', (what, signal) => {
    const scenario = after(prenotifiedCase(), signal)
    expect(preview(scenario, what)).toContain(SAID)
    expect(mailsOf(scenario, correct(what))).toEqual(EVERYBODY)
  })

  it('is told of a correction even if attacks or leaks ended the embargo, unless suspected of the leak', () => {
    const attacked = after(after(prenotifiedCase(), attackSignal), terminate('attacks'))
    expect(mailsOf(attacked, correct('attack'))).toEqual(EVERYBODY)
    const leaked = after(after(prenotifiedCase(), leakSignal('north')), terminate('leak'))
    expect(mailsOf(leaked, correct('leak'))).toEqual(['secrecy-corrected report', 'secrecy-corrected south'])
  })

  it('is told of no correction while another signal still says that the secret is out', () => {
    const scenario = after(after(prenotifiedCase(), publicSignal), exploitSignal)
    expect(preview(scenario, 'public')).not.toContain(SAID)
    expect(mailsOf(scenario, correct('public'))).toEqual([])
    expect(mailsOf(scenario, correct('exploit'))).toEqual(EVERYBODY)
  })

  it('is told once of a correction, and of none for a signal that ended nothing', () => {
    const scenario = after(after(prenotifiedCase(), publicSignal), correct('public'))
    requestAndApprove(scenario, leakSignal())
    expect(preview(scenario, 'leak')).not.toContain(SAID)
    expect(mailsOf(scenario, correct('leak'))).toEqual(['leak-corrected north', 'leak-corrected south'])
    const inForce = after(prenotifiedCase(), attackSignal)
    expect(mailsOf(inForce, correct('attack'))).toEqual([])
  })

  it('is told again when the secret is out after all, even if no embargo is in force', () => {
    const scenario = after(after(prenotifiedCase(), publicSignal), correct('public')).wait(HOUR)
    expect(mailsOf(scenario, exploitSignal)).toEqual([
      'secrecy-failed report',
      'secrecy-failed north',
      'secrecy-failed south',
    ])
    // Everybody was told because of the exploit signal, so nobody is told again because of this signal.
    expect(mailsOf(scenario, publicSignal)).toEqual([])
  })

  it('is told of no correction after we have published the case ourselves', () => {
    const scenario = after(prenotifiedCase(), attackSignal)
    requestAndApprove(scenario, interim)
    expect(mailsOf(scenario, correct('attack'))).toEqual([])
  })
})

describe('a recipient who was told about a leak', () => {
  const NONE = 'Every recipient who was told of a leak is told that there was none.'

  it('is told once that it was a false alarm while the secret is kept, unless suspected as its source', () => {
    const scenario = after(prenotifiedCase(), leakSignal('north'))
    expect(preview(scenario, 'leak')).toContain(NONE)
    expect(mailsOf(scenario, correct('leak'))).toEqual(['leak-corrected south'])
    requestAndApprove(scenario.wait(HOUR), leakSignal('south'))
    expect(mailsOf(scenario, correct('leak'))).toEqual(['leak-corrected north'])
  })

  it('is told that one of two leaks was a false alarm, even if suspected of the other', () => {
    const scenario = after(prenotifiedCase(), leakSignal('north')).wait(HOUR)
    expect(mailsOf(scenario, leakSignal('south'))).toEqual([])
    expect(preview(scenario, 'leak')).toContain(NONE)
    expect(mailsOf(scenario, correct('leak'))).toEqual(['leak-corrected south'])
  })

  it('is told so even if the team kept the embargo despite the leak', () => {
    const scenario = after(prenotifiedCase(), leakSignal('north'))
    scenario.does({ verb: 'embargo.keep', case: CASE, reason: 'only a name' }, person(ana))
    expect(mailsOf(scenario, correct('leak'))).toEqual(['leak-corrected south'])
  })

  it('is not told about a leak that was reported before they knew of the case', () => {
    const scenario = after(readyCase(), leakSignal()).wait(HOUR)
    scenario.does({ verb: 'embargo.keep', case: CASE, reason: 'only a name' }, person(ana))
    requestAndApprove(scenario, prenotify)
    deliverPrenotification(scenario)
    expect(preview(scenario, 'leak')).not.toContain(NONE)
    expect(mailsOf(scenario, correct('leak'))).toEqual([])
  })

  it('is told nothing if the vulnerability is public by now', () => {
    const scenario = after(after(prenotifiedCase(), leakSignal('north')), publicSignal)
    expect(preview(scenario, 'leak')).not.toContain(NONE)
    expect(mailsOf(scenario, correct('leak'))).toEqual([])
  })

  it('is told nothing if attacks ended the embargo', () => {
    const scenario = after(after(after(prenotifiedCase(), leakSignal('north')), attackSignal), terminate('attacks'))
    expect(preview(scenario, 'leak')).not.toContain(NONE)
    expect(mailsOf(scenario, correct('leak'))).toEqual([])
  })
})
