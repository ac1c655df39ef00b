import { describe, expect, it } from 'vitest'
import type { PersonRequest } from '../../src/index.ts'
import { changeRelease, prenotifiedCase } from '../fixtures/clock-situations.ts'
import { ana, CASE, person, RELEASE, Scenario, START } from '../fixtures/scenario.ts'

describe('texts and patches', () => {
  const change: PersonRequest = { verb: 'advisory', case: CASE, component: 'another', impact: 'another' }
  const left = (scenario: Scenario): Scenario =>
    changeRelease(scenario, {
      approved: (scenario.world.release?.approved ?? []).filter(({ letter }) => letter !== 'heads-up'),
    })

  it('are frozen while only the heads-up is on its way', () => {
    expect(prenotifiedCase().refused(change, person(ana))).toMatchObject({
      gate: 'frozen',
      because: 'Approved mails are still leaving; still to be sent: 1.',
    })
  })

  it('are frozen while the heads-up and one recipient’s mail are on their way', () => {
    const scenario = prenotifiedCase()
    const prenotified = (scenario.world.release?.prenotified ?? []).map((one, index) => {
      const { sentAt: _sent, ...rest } = one
      return index === 0 ? rest : one
    })
    expect(changeRelease(scenario, { prenotified }).refused(change, person(ana)).facts).toEqual({ waiting: 2 })
  })

  it('can be changed again once the heads-up is out', () => {
    expect(changeRelease(prenotifiedCase(), { headsUpAt: START }).does(change, person(ana))).toEqual([
      'AdvisoryDrafted',
    ])
  })

  it('can be changed again once the last recipient has the mail, if there is no heads-up', () => {
    expect(left(prenotifiedCase()).does(change, person(ana))).toEqual(['AdvisoryDrafted'])
  })

  it('are frozen until every approved mail is out, and no longer', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    const change = { verb: 'advisory', case: CASE, component: 'another component', impact: 'another impact' } as const
    expect(scenario.refused(change, person(ana))).toMatchObject({ gate: 'frozen', facts: { waiting: 3 } })
    for (const effect of scenario.effects) {
      if (effect.kind !== 'send-mail' || (effect.letter !== 'prenotification' && effect.letter !== 'heads-up')) continue
      scenario.does({
        verb: 'record-outcome',
        stream: effect.stream,
        effect: effect.id,
        outcome: { is: 'mail-accepted', letter: effect.letter, to: effect.to, messageId: '<m@quillmark.example>' },
      })
    }
    expect(scenario.does(change, person(ana))).toEqual(['AdvisoryDrafted'])
  })
})
