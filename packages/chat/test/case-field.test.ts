import { actorOf } from '@embargo/core'
import { describe, expect, it, vi } from 'vitest'
import { asksCase, CASE_FIELD, COMMANDS, withCaseField } from '../src/index.ts'
import type { Place } from '../src/index.ts'
import { ana } from './fixtures/policy.ts'
import { CASE, cardOf, CHANNEL, SmallHouse } from './fixtures/small-house.ts'

const command = (verb: string) => COMMANDS.find((each) => each.verb === verb) ?? expect.fail(`no ${verb}`)
const ELSEWHERE = { channel: 'C-elsewhere' }

describe('which case a form is about', () => {
  const asks = (verb: string, place: Partial<Place>, input = {}) =>
    asksCase(new SmallHouse().opens().engine.queries, command(verb), { input, place: { platform: 'slack', ...place } })

  it.each([
    ['in its case’s channel', 'triage', { channel: CHANNEL }, {}, 'no'],
    ['in any other', 'triage', ELSEWHERE, {}, 'yes'],
    ['in a direct message', 'triage', { channel: 'D1', private: true }, {}, 'yes'],
    ['where there is no channel', 'triage', {}, {}, 'yes'],
    ['that carries it', 'triage', ELSEWHERE, { case: CASE }, 'no'],
    ['about anything', 'open', ELSEWHERE, {}, 'no'],
  ] as const)('is asked by a form %s: %s', (_where, verb, place, input, expected) => {
    expect(asks(verb, place, input)).toBe(expected)
  })

  it('may be asked for if nothing is known of the channel: the form does not wait for the store', () => {
    const opened = { input: {}, place: { platform: 'slack', channel: CHANNEL } } as const
    const caseByChannel = vi
      .fn<() => Promise<undefined>>()
      .mockReturnValueOnce(Promise.withResolvers<undefined>().promise)
      .mockRejectedValueOnce(new Error('the store is away'))
    const queries = { caseByChannel, isCaseChannel: () => undefined }
    expect(asksCase(queries, command('triage'), opened)).toBe('perhaps')
    expect(asksCase(queries, command('triage'), opened)).toBe('perhaps')
    // Each call starts a query, so that a later form may know the answer. The call itself does not wait for the answer.
    expect(caseByChannel).toHaveBeenCalledTimes(2)
  })

  it('is asked first, also when the form is opened again', () => {
    const [field, ...others] = withCaseField(command('triage').form(''), 'yes').fields
    expect(field).toMatchObject({ name: CASE_FIELD, label: 'Case', suggests: 'case' })
    expect(field).not.toHaveProperty('optional')
    expect(others).toEqual(command('triage').form('').fields)
    const back = withCaseField(command('triage').form({ [CASE_FIELD]: 'SEC-1', severity: 'high' }), 'no')
    expect(back.fields[0]).toMatchObject({ value: 'SEC-1', optional: true })
    expect(back.hidden).toEqual({})
    expect(withCaseField(command('triage').form(''), 'perhaps').fields[0]?.optional).toBe(true)
    expect(withCaseField(command('triage').form({ case: CASE }), 'no')).toEqual(command('triage').form({ case: CASE }))
  })

  it('is known from the field when it is sent in', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'triage', { disposition: 'valid', [CASE_FIELD]: ` ${CASE.toLowerCase()} ` }, ELSEWHERE)
    expect(house.asked.map(({ request }) => request)).toEqual([{ verb: 'triage', case: CASE, disposition: 'valid' }])
  })

  it('is the case of the channel if the field is left empty', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'triage', { disposition: 'valid', [CASE_FIELD]: '' })
    expect(house.asked.map(({ request }) => request)).toEqual([{ verb: 'triage', case: CASE, disposition: 'valid' }])
  })

  it('is not the case of the channel if something else was written in the field', async () => {
    const house = new SmallHouse().opens()
    const reply = await house.asks(ana, 'triage', { disposition: 'valid', [CASE_FIELD]: 'SEC-42' })
    expect(cardOf(reply).fallback).toContain('not a case number')
    expect(cardOf(reply).fallback).toContain('SEC-2026-0042')
    expect(house.asked).toEqual([])
  })

  it('is suggested while somebody types, and the other suggestions are from that case', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'triage.affects', 'main')
    const place = { platform: 'slack', ...ELSEWHERE } as const
    const actor = actorOf(house.policy.policy, 'slack', 'U0ANA')
    const list = (option: string, values = {}) =>
      house.router.suggest({ verb: 'patch', option, typed: '', actor, place, values })
    expect((await list(CASE_FIELD)).map(({ value }) => value)).toEqual([CASE])
    expect((await list('branch', { [CASE_FIELD]: CASE })).map(({ value }) => value)).toContain('main')
  })
})
