import { describe, expect, it } from 'vitest'
import { COMMANDS, formOfTyped } from '../src/index.ts'
import { ana } from './fixtures/policy.ts'
import { CASE, formOf, SmallHouse } from './fixtures/small-house.ts'

const command = (verb: string) => COMMANDS.find((each) => each.verb === verb) ?? expect.fail(`no ${verb}`)
const ELSEWHERE = { channel: 'C-elsewhere' }

describe('the form of what was typed', () => {
  it.each([
    ['triage', CASE, { case: CASE }],
    ['triage', ` ${CASE.toLowerCase()} `, { case: CASE }],
    ['triage', `${CASE} ?`, { case: CASE }],
    ['reply', CASE, { case: CASE }],
    ['patch', CASE, { case: CASE }],
    ['patch', '', {}],
    ['triage', '', {}],
    ['ack', '?', {}],
  ] as const)('opens where something is missing: %s %s', (verb, text, hidden) => {
    expect(formOfTyped(command(verb), text)?.hidden).toEqual(hidden)
  })

  it.each([
    ['triage', 'valid'],
    ['triage', `${CASE} valid`],
    ['triage', `${CASE} nonsense`],
    ['ack', CASE],
    ['reply', `${CASE} thank you`],
    // In a case's channel, `CASE` is the original, and the channel's case is its duplicate. Elsewhere, `CASE` itself is
    // the duplicate. Only the router knows where the command was typed.
    ['triage.duplicate', CASE],
  ])('does not open where the router must be asked: %s %s', (verb, text) => {
    expect(formOfTyped(command(verb), text)).toBeUndefined()
  })

  it('is the one that the router opens', async () => {
    const house = new SmallHouse().opens()
    const opened = formOf(await house.asks(ana, 'triage', CASE, ELSEWHERE))
    expect(formOfTyped(command('triage'), CASE)).toEqual(opened)
  })
})
