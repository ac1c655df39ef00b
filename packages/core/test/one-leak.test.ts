import { describe, expect, it } from 'vitest'
import { foretell } from '../src/index.ts'
import { ana, CASE, HOUR, person } from './scenario.ts'
import { after, both, correct, leak, prenotified, shown, state } from './secrecy.ts'

describe('a correction', () => {
  it('of one leak that was wrong leaves the other as it is, with its recipient, its decision, and who heard of it', () => {
    const scenario = after(after(prenotified(), leak('north')), leak('south'))
    const undecided = state(scenario).leakUndecidedSince
    const south = { kind: 'recipient', list: 'distros', recipient: 'south' } as const
    const wrong = {
      verb: 'signal-correct',
      case: CASE,
      what: 'leak',
      suspect: south,
      reason: 'another mirror',
    } as const
    expect(foretell(scenario.policy, scenario.world, wrong, scenario.now)).toMatchObject({
      sentences: [
        'It was wrong that details got out through south: another mirror',
        expect.any(String),
        'From then on south is told like the others again. What went out meanwhile they do not have.',
      ],
    })
    const since = scenario.effects.length
    expect(both(scenario, { ...wrong, shown })).toEqual(['ApprovalGiven', 'SignalCorrected', 'RecipientReinstated'])
    expect(state(scenario).signals.map(({ is }) => is)).toEqual(['counted', 'corrected'])
    expect(state(scenario).leakUndecidedSince).toBe(undecided)
    const suspended = () => scenario.world.release?.prenotified.map(({ suspendedAt }) => suspendedAt !== undefined)
    expect(suspended()).toEqual([true, false])
    expect(scenario.effects.slice(since).filter(({ kind }) => kind === 'send-mail')).toEqual([])
    expect(scenario.refused({ ...wrong, shown }, person(ana))).toMatchObject({
      gate: 'signal-counts',
      because: 'No leak through south counts in this case.',
    })
    both(scenario, correct('leak'))
    expect(suspended()).toEqual([false, false])
    expect(state(scenario).leakUndecidedSince).toBeUndefined()
  })

  it('of one leak that was wrong asks for no decision about another that the team has decided', () => {
    const scenario = after(prenotified(), leak('north'))
    scenario.does({ verb: 'leak-outlive', case: CASE, reason: 'it was little' }, person(ana))
    after(scenario.wait(HOUR), leak('south'))
    const south = { kind: 'recipient', list: 'distros', recipient: 'south' } as const
    both(scenario, { verb: 'signal-correct', case: CASE, what: 'leak', suspect: south, reason: 'none', shown })
    expect(state(scenario).leakUndecidedSince).toBeUndefined()
  })
})
