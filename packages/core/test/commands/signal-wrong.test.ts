import { describe, expect, it } from 'vitest'
import { previewCommand } from '../../src/index.ts'
import { ana, CASE, HOUR, person } from '../fixtures/scenario.ts'
import type { Scenario } from '../fixtures/scenario.ts'
import {
  after,
  attackSignal,
  requestAndApprove,
  correct,
  publicSignal,
  leakSignal,
  prenotifiedCase,
  PREVIEW,
  state,
  terminate,
} from '../fixtures/secrecy.ts'

const wrongThrough = (recipient: string) =>
  ({
    verb: 'signal.wrong',
    case: CASE,
    what: 'leak',
    suspect: { kind: 'recipient', list: 'distros', recipient },
    reason: 'another mirror',
  }) as const

/** What two people read about the correction before they agree. */
const preview = ({ policy, world, now }: Scenario, request: ReturnType<typeof wrongThrough>): readonly string[] => {
  const seen = previewCommand(policy, world, request, now)
  return seen !== undefined && 'sentences' in seen ? seen.sentences : []
}

/** The mails that are sent when two people approve the request, each with its recipient. */
function mailsOf(scenario: Scenario, request: Parameters<typeof requestAndApprove>[1]): readonly string[] {
  const since = scenario.effects.length
  requestAndApprove(scenario.wait(HOUR), request)
  return scenario.effects
    .slice(since)
    .flatMap((effect) =>
      effect.kind === 'send-mail'
        ? [`${effect.letter} ${effect.to.kind === 'recipient' ? effect.to.recipient : effect.to.kind}`]
        : [],
    )
}

describe('a correction', () => {
  it('of one kind of signal leaves the question about another kind open', () => {
    const scenario = after(after(prenotifiedCase(), leakSignal('north')), attackSignal)
    scenario.does(correct('leak'), person(ana))
    scenario.does(correct('attack'), person(ana))
    expect(state(scenario).approvals.flatMap(({ status }) => (status === 'given' ? [] : [status]))).toEqual([
      'open',
      'open',
    ])
  })

  it('of one leak does not affect the other one, its recipient, its decision, or those who were told about it', () => {
    const scenario = after(after(prenotifiedCase(), leakSignal('north')), leakSignal('south'))
    const undecided = state(scenario).leakUndecidedSince
    const south = { kind: 'recipient', list: 'distros', recipient: 'south' } as const
    const wrong = {
      verb: 'signal.wrong',
      case: CASE,
      what: 'leak',
      suspect: south,
      reason: 'another mirror',
    } as const
    expect(previewCommand(scenario.policy, scenario.world, wrong, scenario.now)).toMatchObject({
      sentences: [
        'It is not true that details got out through south: another mirror',
        expect.any(String),
        'From then on, new mails to recipients go to south again. The mails that were sent in between do not.',
      ],
    })
    const since = scenario.effects.length
    expect(requestAndApprove(scenario, { ...wrong, shown: PREVIEW })).toEqual([
      'ApprovalGiven',
      'SignalCorrected',
      'RecipientReinstated',
    ])
    expect(state(scenario).signals.map(({ is }) => is)).toEqual(['counted', 'corrected'])
    expect(state(scenario).leakUndecidedSince).toBe(undecided)
    const suspended = () => scenario.world.release?.prenotified.map(({ suspendedAt }) => suspendedAt !== undefined)
    expect(suspended()).toEqual([true, false])
    expect(scenario.effects.slice(since).filter(({ kind }) => kind === 'send-mail')).toEqual([])
    expect(scenario.refused({ ...wrong, shown: PREVIEW }, person(ana))).toMatchObject({ gate: 'signal-counts' })
    requestAndApprove(scenario, correct('leak'))
    expect(suspended()).toEqual([false, false])
    expect(state(scenario).leakUndecidedSince).toBeUndefined()
  })

  it('of one leak asks for no decision about another that the team has already decided', () => {
    const scenario = after(prenotifiedCase(), leakSignal('north'))
    scenario.does({ verb: 'embargo.keep', case: CASE, reason: 'it was little' }, person(ana))
    after(scenario.wait(HOUR), leakSignal('south'))
    const south = { kind: 'recipient', list: 'distros', recipient: 'south' } as const
    requestAndApprove(scenario, {
      verb: 'signal.wrong',
      case: CASE,
      what: 'leak',
      suspect: south,
      reason: 'none',
      shown: PREVIEW,
    })
    expect(state(scenario).leakUndecidedSince).toBeUndefined()
  })
})

describe('two leaks that are corrected one after the other', () => {
  const NONE = 'Every recipient who was told of a leak is told that there was none.'
  const leaked = (first: string, second: string) =>
    after(after(prenotifiedCase(), leakSignal(first)).wait(HOUR), leakSignal(second))

  it.each([
    ['north', 'south'],
    ['south', 'north'],
  ] as const)('tell recipients of the first that there was none, with the last correction (%s first)', (one, other) => {
    const scenario = leaked('north', 'south')
    expect(mailsOf(scenario, { ...wrongThrough(one), shown: PREVIEW })).toEqual([])
    expect(preview(scenario, wrongThrough(other))).toContain(NONE)
    expect(mailsOf(scenario, { ...wrongThrough(other), shown: PREVIEW })).toEqual(['leak-corrected south'])
  })

  it('are reported as corrected once: a later leak is a separate matter', () => {
    const scenario = leaked('north', 'south')
    mailsOf(scenario, { ...wrongThrough('north'), shown: PREVIEW })
    mailsOf(scenario, { ...wrongThrough('south'), shown: PREVIEW })
    after(scenario.wait(HOUR), leakSignal('south'))
    expect(mailsOf(scenario, correct('leak'))).toEqual(['leak-corrected north'])
  })

  it('cause no mail to people who were not told that the embargo ended', () => {
    const scenario = leaked('north', 'south')
    expect(mailsOf(scenario, terminate('leak'))).toEqual(['secrecy-failed report'])
    expect(mailsOf(scenario, { ...wrongThrough('north'), shown: PREVIEW })).toEqual([])
    expect(preview(scenario, wrongThrough('south'))).toContain(NONE)
    // A suspect is not told about a leak, but the other recipients are. The suspect of the first leak was North, so
    // South was told about it.
    expect(mailsOf(scenario, { ...wrongThrough('south'), shown: PREVIEW })).toEqual([
      'secrecy-corrected report',
      'leak-corrected south',
    ])
  })

  it('cause a mail to everybody who was told of the end, even if suspected afterwards', () => {
    const scenario = after(prenotifiedCase(), leakSignal('north')).wait(HOUR)
    expect(mailsOf(scenario, terminate('leak'))).toEqual(['secrecy-failed report', 'secrecy-failed south'])
    after(scenario.wait(HOUR), leakSignal('south'))
    expect(mailsOf(scenario, correct('leak'))).toEqual(['secrecy-corrected report', 'secrecy-corrected south'])
  })

  it('cause no mail about the end to a recipient who was suspected at the time, for each signal that is corrected', () => {
    const scenario = after(prenotifiedCase(), leakSignal('north')).wait(HOUR)
    expect(mailsOf(scenario, publicSignal)).toEqual(['secrecy-failed report', 'secrecy-failed south'])
    expect(mailsOf(scenario, correct('leak'))).toEqual([])
    expect(mailsOf(scenario, correct('public'))).toEqual(['secrecy-corrected report', 'secrecy-corrected south'])
  })

  it('cause a mail to a recipient who is told of a later end, once they are no longer suspected', () => {
    const scenario = after(prenotifiedCase(), leakSignal('north')).wait(HOUR)
    after(scenario, publicSignal)
    mailsOf(scenario, correct('leak'))
    mailsOf(scenario, correct('public'))
    expect(mailsOf(scenario, publicSignal)).toEqual([
      'secrecy-failed report',
      'secrecy-failed north',
      'secrecy-failed south',
    ])
    expect(mailsOf(scenario, correct('public'))).toEqual([
      'secrecy-corrected report',
      'secrecy-corrected north',
      'secrecy-corrected south',
    ])
  })
})
