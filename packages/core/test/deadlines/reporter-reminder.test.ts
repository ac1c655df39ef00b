import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MessageId } from '../../src/index.ts'
import type { CaseState } from '../../src/index.ts'
import { ana, CASE, person, Scenario } from '../fixtures/scenario.ts'

/** The letters that are sent when this fraction of the reporter's three days for checking the patch has passed. */
function reminded(change: (state: CaseState) => CaseState = (state) => state, fraction = 0.5): readonly string[] {
  const scenario = new Scenario().untilPatch()
  const { case: state } = scenario.world
  const verification = state?.branches.flatMap(({ fix }) => (fix?.is === 'submitted' ? [fix.verification] : []))[0]
  if (state === undefined || verification === undefined) throw new Error('nobody is asked')
  scenario.states.set(CASE, change(state))
  const before = scenario.effects.length
  scenario.wait(3 * DAY)
  scenario.does({
    verb: 'fire-clock',
    stream: CASE,
    clock: 'reporter-verification/main',
    round: verification.askedAt,
    fraction,
  })
  return scenario.effects.slice(before).flatMap((effect) => (effect.kind === 'send-mail' ? [effect.letter] : []))
}

const writes = (state: CaseState, automatic: boolean): CaseState => ({
  ...state,
  messages: [
    ...state.messages,
    {
      message: MessageId.parse('m-new'),
      from: 'unverified',
      trust: 'nothing-proven',
      at: (state.lastEventAt + HOUR) as CaseState['lastEventAt'],
      ...(automatic ? { automatic: true } : {}),
    },
  ],
})

const withReport = (state: CaseState, change: Partial<CaseState['reports'][number]>): CaseState => ({
  ...state,
  reports: state.reports.map((report) => ({ ...report, ...change })),
})

describe('the nudge to a reporter', () => {
  it('is sent after half of their time, and not with the other reminders', () => {
    expect(reminded()).toEqual(['verification-nudge'])
    expect(reminded((state) => state, 1)).not.toContain('verification-nudge')
  })

  it.each<[string, (state: CaseState) => CaseState, boolean]>([
    ['somebody wrote since they were asked', (state) => writes(state, false), false],
    ['only a program wrote since', (state) => writes(state, true), true],
    ['they cannot be answered safely', (state) => withReport(state, { answerable: false }), false],
    [
      'their report came through a list, where only people answer',
      (state) => withReport(state, { through: 'list' }),
      false,
    ],
  ])('when %s', (_name, change, sent) => {
    expect(reminded(change).includes('verification-nudge')).toBe(sent)
  })

  it('is not what a person asks for who reminds of the clock', () => {
    const scenario = new Scenario().untilPatch()
    const before = scenario.effects.length
    scenario.does({ verb: 'remind', case: CASE, clock: 'reporter-verification/main' }, person(ana))
    expect(scenario.effects.slice(before).some((effect) => effect.kind === 'send-mail')).toBe(false)
  })
})
