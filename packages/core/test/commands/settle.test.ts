import { describe, expect, it } from 'vitest'
import { outlook } from '../../src/index.ts'
import type { Effect } from '../../src/index.ts'
import { ana, CASE, person } from '../fixtures/scenario.ts'
import { plannedRelease, DATE, ONE, RELEASE, prenotifiedRelease } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'

type Mail = Extract<Effect, { kind: 'send-mail' }>

/** Plays a publication up to the mails that say that the embargo is over. Two recipients wait for these mails. */
function lifting(): { readonly scenario: MultiCaseScenario; readonly north: Mail; readonly south: Mail } {
  const scenario = prenotifiedRelease()
  scenario.now = DATE
  scenario.request({ verb: 'disclose', case: ONE }).approve()
  for (let round = 0; round < 2; round += 1) takes(scenario, (letter) => letter !== 'embargo-lifted')
  const [north, south] = mails(scenario).filter(({ letter }) => letter === 'embargo-lifted')
  if (north === undefined || south === undefined) throw new Error('nobody is told')
  return { scenario, north, south }
}

const mails = ({ effects }: MultiCaseScenario): readonly Mail[] => effects.filter((one) => one.kind === 'send-mail')

/** The relay accepts every pending mail that `which` selects. */
function takes(scenario: MultiCaseScenario, which: (letter: string) => boolean): void {
  const gone = new Set(scenario.log.flatMap(({ event }) => (event.type === 'MailAccepted' ? [event.effect] : [])))
  for (const mail of mails(scenario).filter(({ id, letter }) => !gone.has(id) && which(letter)))
    accepted(scenario, mail)
}

const accepted = (scenario: MultiCaseScenario, { id, letter, to }: Mail): readonly string[] =>
  scenario.does({
    verb: 'record-outcome',
    stream: RELEASE,
    effect: id,
    outcome: { is: 'mail-accepted', letter, to, messageId: '<m@example.org>' },
  })

const refusedFor = (scenario: MultiCaseScenario, { id, letter, to }: Mail): readonly string[] =>
  scenario.does({
    verb: 'record-outcome',
    stream: RELEASE,
    effect: id,
    outcome: { is: 'mail-failed', letter, to, because: '550 no such user' },
  })

const step = (scenario: MultiCaseScenario) => scenario.releaseState().steps.find((one) => one.step === 'embargo-lifted')
const settles = (scenario: MultiCaseScenario, mail: Mail, outcome: 'went' | 'again'): readonly string[] =>
  scenario.does({ verb: 'settle', case: ONE, effect: mail.id, outcome }, person(ana))

describe('a mail of a release that nobody took', () => {
  it('keeps its step open even when the other mails went out, and a person is asked', () => {
    const { scenario, north, south } = lifting()
    expect(refusedFor(scenario, north)).toEqual(['MailFailed', 'StepFailed', 'EffectParked'])
    expect(accepted(scenario, south)).toEqual(['MailAccepted'])
    expect(step(scenario)).toMatchObject({ failed: '550 no such user' })
    expect(step(scenario)?.doneAt).toBeUndefined()
    expect(outlook(scenario.policy, scenario.worldAt(CASE), scenario.now)?.next).toMatchObject({ verb: 'settle' })
    expect(mails(scenario).some(({ letter }) => letter === 'thanks')).toBe(false)
  })

  it('is settled by a person, and the remaining steps continue', () => {
    const { scenario, north, south } = lifting()
    refusedFor(scenario, north)
    accepted(scenario, south)
    expect(settles(scenario, north, 'went')).toEqual(['DoubtSettled', 'StepDone'])
    takes(scenario, (letter) => letter === 'thanks')
    expect(scenario.releaseState().disclosedAt).toBe(scenario.now)
  })

  it('is settled when a second attempt is accepted', () => {
    const { scenario, north, south } = lifting()
    refusedFor(scenario, north)
    expect(settles(scenario, north, 'again')).toEqual(['DoubtSettled'])
    expect(accepted(scenario, south)).toEqual(['MailAccepted'])
    expect(accepted(scenario, north)).toEqual(['MailAccepted', 'StepDone'])
  })

  it('leaves a recipient uninformed until a person settles it', () => {
    const scenario = plannedRelease().request({ verb: 'prenotify', case: ONE, at: DATE })
    scenario.approve()
    const [north] = mails(scenario).filter(({ letter }) => letter === 'prenotification')
    if (north === undefined) throw new Error('nobody is told')
    const untold = () => scenario.releaseState().prenotified.filter(({ sentAt }) => sentAt === undefined)
    expect(refusedFor(scenario, north)).toEqual(['MailFailed', 'EffectParked'])
    for (const mail of mails(scenario).filter(({ id, letter }) => letter === 'prenotification' && id !== north.id))
      accepted(scenario, mail)
    expect(untold()).toHaveLength(1)
    settles(scenario, north, 'went')
    expect(untold()).toEqual([])
  })
})
