import { CaseId } from '@embargo/core'
import type { PersonId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { actorOf } from '@embargo/core'
import { SUGGESTION_LABEL_MAX, SUGGESTION_VALUE_MAX, SUGGESTIONS_MAX } from '../../src/index.ts'
import type { Place } from '../../src/index.ts'
import { ana, ben, cem } from '../fixtures/policy.ts'
import { CASE, cardOf, CHANNEL, SmallHouse } from '../fixtures/small-house.ts'

type Ask = { readonly verb: string; readonly option: string; readonly typed?: string }

function suggesting(house: SmallHouse, who: PersonId, where: Partial<Place> = {}) {
  const account = house.policy.policy.people.find(({ id }) => id === who)?.slack ?? who
  return async ({ typed = '', ...ask }: Ask, values: Readonly<Record<string, string>> = {}) =>
    house.router.suggest({
      ...ask,
      typed,
      values,
      actor: actorOf(house.policy.policy, 'slack', account),
      place: { platform: 'slack', channel: CHANNEL, ...where },
    })
}

async function fixing(): Promise<SmallHouse> {
  const house = new SmallHouse().opens().opens(CaseId.parse('SEC-2026-0043')).opens(CaseId.parse('SEC-2026-0051'))
  await house.asks(ana, 'ack')
  await house.asks(ana, 'triage', 'valid high')
  await house.asks(ana, 'triage.affects', 'main')
  await house.asks(ana, 'triage.affects', '4.2')
  return house
}

const values = (choices: readonly { readonly value: string }[]): readonly string[] => choices.map(({ value }) => value)

describe('what is suggested while somebody types', () => {
  it.each([
    [{ verb: 'confirm', option: 'branch' }, {}, ['main', '4.2']],
    [{ verb: 'confirm', option: 'branch', typed: '4' }, {}, ['4.2', '4']],
    [{ verb: 'triage.affects', option: 'branch', typed: '3.9' }, {}, ['3.9']],
    [{ verb: 'assign-patch', option: 'to' }, {}, ['reporter', '@ana', '@ben']],
    [{ verb: 'assign-patch', option: 'to', typed: '@b' }, {}, ['@ben']],
    [{ verb: 'assign-patch', option: 'branches', typed: 'main ' }, {}, ['main 4.2']],
    [{ verb: 'people.invite', option: 'person' }, {}, ['@cem']],
    [{ verb: 'people.remove', option: 'person' }, {}, ['@ana', '@ben']],
    [{ verb: 'people.conflict', option: 'person', typed: 'BEN' }, {}, ['@ben']],
    [{ verb: 'people.not-reporter', option: 'person' }, {}, []],
    [{ verb: 'status', option: 'owner', typed: 'm' }, {}, ['me']],
    [{ verb: 'triage', option: 'cwe', typed: '79' }, {}, ['CWE-79']],
    [{ verb: 'triage', option: 'cwe', typed: 'traversal' }, {}, ['CWE-22']],
    [{ verb: 'triage', option: 'cwe', typed: 'cwe-1321' }, {}, ['cwe-1321']],
    [{ verb: 'triage.duplicate', option: 'of' }, {}, ['SEC-2026-0043', 'SEC-2026-0051']],
    [{ verb: 'triage.duplicate', option: 'of', typed: '51' }, {}, ['SEC-2026-0051']],
    [{ verb: 'ack', option: 'case' }, {}, ['SEC-2026-0043', 'SEC-2026-0051']],
    [{ verb: 'ack', option: 'case', typed: 'sec-2026-0051' }, {}, ['SEC-2026-0051']],
    [{ verb: 'reply', option: 'report' }, {}, ['r1']],
    [{ verb: 'log-answer', option: 'message' }, {}, ['SEC-2026-0042-mail-1', 'elsewhere']],
    [{ verb: 'log-answer', option: 'message', typed: '1' }, {}, ['SEC-2026-0042-mail-1']],
    [{ verb: 'remind.later', option: 'clock', typed: 'fix' }, {}, ['fix-ready']],
    [{ verb: 'open', option: 'project' }, {}, ['quillmark']],
    [{ verb: 'help', option: 'verb', typed: 'disc' }, {}, ['disclose']],
    [{ verb: 'log-answer', option: 'name' }, {}, []],
    [{ verb: 'log-answer', option: 'name' }, { recipient: 'has-it' }, ['north', 'south']],
    [{ verb: 'signal', option: 'detail', typed: 'nor' }, { what: 'leak' }, ['north']],
    [{ verb: 'signal', option: 'detail' }, { what: 'public' }, []],
    [{ verb: 'triage', option: 'reason' }, {}, []],
    [{ verb: 'nothing', option: 'branch' }, {}, []],
  ])('%o with %o: %o', async (ask, filled, expected) => {
    const house = await fixing()
    expect(values(await suggesting(house, ana)(ask, filled))).toEqual(expected)
  })

  it('names a mail by who sent it, when, and what proves that', async () => {
    const house = await fixing()
    const [only] = await suggesting(house, ana)({ verb: 'log-answer', option: 'message' })
    expect(only?.label).toMatch(/^1 · the reporter · .* UTC · .*The sender’s domain confirms/)
  })

  it('names what waits by what it is', async () => {
    const house = await fixing()
    await house.asks(ana, 'signal', 'attack', { delivery: 'one' })
    const [only, ...others] = await suggesting(house, ben)({ verb: 'approve', option: 'approval' })
    expect(others).toEqual([])
    expect(only).toEqual({ value: 'a1', label: 'a1 · treat attacks as observed · Ana' })
  })

  it('can be sent unchanged', async () => {
    const house = await fixing()
    const [branch] = await suggesting(house, ana)({ verb: 'confirm', option: 'branch' })
    expect(branch?.value).toBe('main')
    const [person] = await suggesting(house, ana)({ verb: 'people.remove', option: 'person', typed: 'be' })
    expect(cardOf(await house.asks(ana, 'people.remove', { person: person?.value ?? '' })).fallback).toContain(
      'Ben is off the case',
    )
  })

  it('takes the case of a form where the place says none', async () => {
    const house = await fixing()
    const elsewhere = suggesting(house, ana, { channel: 'C0ELSE' })
    const ask = { verb: 'confirm', option: 'branch' }
    expect(await elsewhere(ask)).toEqual([])
    expect(values(await elsewhere(ask, { case: CASE }))).toEqual(['main', '4.2'])
  })

  it.each(['U0NOBODY', cem])('is nothing of a case to %s, who is not on it', async (who) => {
    const house = await fixing()
    const account = who === cem ? 'U0CEM' : who
    const ask = async (verb: string, option: string, typed = '') =>
      house.router.suggest({
        verb,
        option,
        typed,
        values: { case: CASE },
        actor: actorOf(house.policy.policy, 'slack', account),
        place: { platform: 'slack', channel: CHANNEL },
      })
    for (const [verb, option] of [
      ['confirm', 'branch'],
      ['remove', 'person'],
      ['invite', 'person'],
      ['snooze', 'clock'],
      ['reply', 'report'],
      ['log-answer', 'message'],
      ['duplicate', 'of'],
      ['settle', 'effect'],
      ['intake', 'which'],
      ['release', 'detail'],
    ] as const)
      expect(await ask(verb, option), verb).toEqual([])
    expect(await ask('duplicate', 'of', 'SEC-2026-0043')).toEqual([])
  })

  it('fits into the list of any platform', async () => {
    const house = await fixing()
    for (let n = 100; n < 140; n += 1) house.opens(CaseId.parse(`SEC-2026-0${n}`))
    const found = await suggesting(house, ana)({ verb: 'triage.duplicate', option: 'of' })
    expect(found).toHaveLength(SUGGESTIONS_MAX)
    for (const command of house.router.commands)
      for (const option of command.options)
        for (const { value, label } of await suggesting(house, ana)({ verb: command.verb, option: option.name })) {
          expect(label.length).toBeLessThanOrEqual(SUGGESTION_LABEL_MAX)
          expect(value.length).toBeLessThanOrEqual(SUGGESTION_VALUE_MAX)
        }
  })
})
