import { describe, expect, it } from 'vitest'
import { ana, ben, CASE, person, Scenario } from '../fixtures/scenario.ts'

const opened = () => new Scenario().opens()
const acked = () => {
  const scenario = opened()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  return scenario
}

const valid = { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' } as const

describe('the branches of a triage', () => {
  it('are recorded with it, as `triage affects` records each', () => {
    const scenario = acked()
    const branches = [
      { branch: 'main', affected: true, range: '< 4.3' },
      { branch: '4.2', affected: false },
    ]
    scenario.does({ ...valid, branches }, person(ana))
    expect(scenario.world.case?.branches).toEqual([
      { name: 'main', affected: true, supported: true, range: '< 4.3' },
      { name: '4.2', affected: false, supported: true },
    ])
    expect(scenario.ask({ ...valid, branches }, person(ana))).toMatchObject({ ok: true, appends: [] })
  })

  it('are refused if the project has no such branch, and nothing is recorded', () => {
    const scenario = acked()
    const decision = scenario.ask({ ...valid, branches: [{ branch: '9.9', affected: true }] }, person(ana))
    expect(decision).toMatchObject({
      ok: false,
      refusal: { because: 'The project has no branch "9.9".', liftedBy: [{ verb: 'triage' }] },
    })
  })

  it('are refused for a report that is not a vulnerability', () => {
    const decision = acked().ask(
      {
        verb: 'triage',
        case: CASE,
        disposition: 'invalid',
        reason: 'no',
        branches: [{ branch: 'main', affected: true }],
      },
      person(ana),
    )
    expect(decision).toMatchObject({
      ok: false,
      refusal: { because: 'Branches can be affected only if the report is valid, or a reason to harden the software.' },
    })
  })

  it('withdraw a finished fix if another branch is affected', () => {
    const scenario = new Scenario().untilReady()
    scenario.does({ ...valid, branches: [{ branch: '4.2', affected: true }] }, person(ana))
    expect(scenario.world.case?.cs.fixReady).toBeUndefined()
  })
})

describe('a report', () => {
  it('answers a repeated acknowledgment with the name and time of the first, and appends nothing', () => {
    const scenario = acked()
    const decision = scenario.ask({ verb: 'ack', case: CASE }, person(ben))
    expect(decision).toMatchObject({ ok: true, appends: [], note: expect.stringContaining('Ana acknowledged') })
  })

  it('ends a spam report with one command and no mail, and a wrong one with one mail', () => {
    for (const [disposition, letters] of [
      ['spam', ['receipt']],
      ['invalid', ['receipt', 'outcome']],
    ] as const) {
      const scenario = opened()
      scenario.does({ verb: 'triage', case: CASE, disposition, reason: 'it only reads what is public' }, person(ana))
      expect(scenario.world.case?.rm).toBe('closed')
      expect(scenario.effects.flatMap((effect) => (effect.kind === 'send-mail' ? [effect.letter] : []))).toEqual(
        letters,
      )
    }
  })
})
