import { describe, expect, it } from 'vitest'
import { HOUR, later } from '../../src/index.ts'
import type { Effect, PersonRequest } from '../../src/index.ts'
import { attackSignal, requestAndApprove, publicSignal, leakSignal, PREVIEW, terminate } from '../fixtures/secrecy.ts'
import { ana, CASE, person, RELEASE, Scenario } from '../fixtures/scenario.ts'

type Mail = Extract<Effect, { kind: 'send-mail' }>

const rewritten: PersonRequest = { verb: 'advisory', case: CASE, component: 'the loader', impact: 'It is public now.' }
const wordAhead = ({ effects }: Scenario): readonly Mail[] =>
  effects.flatMap((effect) =>
    effect.kind === 'send-mail' && (effect.letter === 'prenotification' || effect.letter === 'heads-up')
      ? [effect]
      : [],
  )

/** Records what became of a mail: the relay took it, or it was lost. */
function ends(scenario: Scenario, { letter, to, stream, id }: Mail, is: 'taken' | 'lost') {
  const outcome =
    is === 'taken'
      ? ({ is: 'mail-accepted', letter, to, messageId: '<m@quillmark.example>' } as const)
      : ({ is: 'parked', doubt: false, because: 'it is public', letter, to } as const)
  return scenario.does({ verb: 'record-outcome', stream, effect: id, outcome })
}

const withdraws = ({ id }: Mail): PersonRequest => ({ verb: 'settle', case: CASE, effect: id, outcome: 'withdrawn' })

const toSouth = { kind: 'recipient', list: 'distros', recipient: 'south' } as const

const isTo =
  (recipient: string) =>
  ({ to }: Mail): boolean =>
    to.kind === 'recipient' && to.recipient === recipient

/** The vulnerability became public after North was told, but before South and the readers of the heads-up were told. */
function halfTold(): { readonly scenario: Scenario; readonly waits: readonly Mail[] } {
  const scenario = new Scenario().untilPrenotified(RELEASE)
  const mails = wordAhead(scenario)
  for (const mail of mails.filter(isTo('north'))) ends(scenario, mail, 'taken')
  const waits = mails.filter((mail) => !isTo('north')(mail))
  requestAndApprove(scenario, publicSignal)
  for (const mail of waits) ends(scenario, mail, 'lost')
  return { scenario, waits }
}

const letters = (scenario: Scenario, letter: string) =>
  scenario.effects.flatMap((effect) =>
    effect.kind === 'send-mail' && effect.letter === letter && effect.to.kind === 'recipient'
      ? [effect.to.recipient]
      : [],
  )

describe('advance mails that were not sent before the case became public', () => {
  it('hold the texts until a person says that nobody needs them any more', () => {
    const { scenario, waits } = halfTold()
    expect(waits).toHaveLength(2)
    expect(scenario.refused(rewritten, person(ana))).toMatchObject({ gate: 'frozen', facts: { waiting: 2 } })
    for (const mail of waits) expect(scenario.does(withdraws(mail), person(ana))).toEqual(['DoubtSettled'])
    expect(scenario.world.release?.parked).toEqual([])
    expect(scenario.does(rewritten, person(ana))).toEqual(['AdvisoryDrafted'])
  })

  it('are not recorded as sent after that: the end of the embargo is told only to those who kept it', () => {
    const { scenario, waits } = halfTold()
    for (const mail of waits) scenario.does(withdraws(mail), person(ana))
    expect(scenario.world.release?.prenotified.map(({ recipient }) => recipient)).toEqual(['north'])
    expect(scenario.world.release?.headsUpAt).toBeUndefined()
    requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: PREVIEW })
    expect(letters(scenario, 'embargo-lifted')).not.toContain('south')
  })

  it('are not needed after attacks are observed, but are needed before', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    const [mail] = wordAhead(scenario)
    if (mail === undefined) throw new Error('nobody is told')
    ends(scenario, mail, 'lost')
    expect(scenario.refused(withdraws(mail), person(ana)).gate).toBe('fits-the-stage')
    requestAndApprove(scenario, attackSignal)
    expect(scenario.does(withdraws(mail), person(ana))).toEqual(['DoubtSettled'])
  })

  it('are not needed once no embargo is left to keep, even if nothing of it is public', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    const [mail] = wordAhead(scenario)
    if (mail === undefined) throw new Error('nobody is told')
    ends(scenario, mail, 'lost')
    requestAndApprove(scenario, leakSignal())
    expect(scenario.refused(withdraws(mail), person(ana)).gate).toBe('fits-the-stage')
    requestAndApprove(scenario, terminate('leak'))
    expect(scenario.world.case?.cs).not.toHaveProperty('public')
    expect(scenario.does(withdraws(mail), person(ana))).toEqual(['DoubtSettled'])
  })

  it('can be given up after the publication was approved in advance: people who were told nothing hear of no end', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    const mails = wordAhead(scenario)
    for (const mail of mails) ends(scenario, mail, isTo('south')(mail) ? 'lost' : 'taken')
    requestAndApprove(scenario, attackSignal)
    scenario.now = later(RELEASE, -20 * HOUR)
    requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: PREVIEW })
    expect(scenario.world.release?.ahead?.mails.map(({ to }) => to)).toContainEqual(toSouth)
    for (const mail of mails.filter(isTo('south')))
      expect(scenario.does(withdraws(mail), person(ana))).toEqual(['DoubtSettled'])
    scenario.now = RELEASE
    const fires = { verb: 'fire-clock', stream: CASE, clock: 'release', round: RELEASE, fraction: 1 } as const
    expect(scenario.does(fires)).toContain('DisclosureStarted')
    const begun = scenario.log.flatMap(({ event }) => (event.type === 'DisclosureStarted' ? event.mails : []))
    const lifted = begun.filter(({ letter }) => letter === 'embargo-lifted').map(({ to }) => to)
    expect(lifted).toEqual([{ kind: 'recipient', list: 'distros', recipient: 'north' }])
  })
})
