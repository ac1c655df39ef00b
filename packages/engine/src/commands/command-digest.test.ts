import { CaseId, CommandId, EffectId, instant, MessageId, PersonId, ReportId } from '@embargo/core'
import type { Command } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { commandDigest } from './command-digest.ts'

const CASE = CaseId.parse('SEC-2026-0001')
const OTHER = CaseId.parse('SEC-2026-0002')
const ana = { kind: 'person', person: PersonId.parse('ana'), platform: 'slack', account: 'UANA' } as const

const triage = (over: Partial<Command> = {}): Command => ({
  commandId: CommandId.parse('slack:1'),
  actor: ana,
  at: instant(1),
  request: { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' },
  ...over,
})
const settle = (effect: string, typed?: Command['typed']): Command =>
  triage({
    request: { verb: 'settle', case: CASE, effect: EffectId.parse(effect), outcome: 'went' },
    ...(typed === undefined ? {} : { typed }),
  })
const outcome = (messageId: string): Command =>
  triage({
    actor: { kind: 'system', part: 'dispatcher' },
    request: {
      verb: 'record-outcome',
      stream: CASE,
      effect: EffectId.parse('e'),
      outcome: {
        is: 'mail-accepted',
        letter: 'receipt',
        to: { kind: 'report', report: ReportId.parse('SEC-2026-0001/r1') },
        messageId,
      },
    },
  })

describe('the digest of a command', () => {
  it.each<[string, Command, Command]>([
    ['comes later', triage(), triage({ at: instant(2) })],
    [
      'was put together in another order',
      triage(),
      triage({ request: { severity: 'high', disposition: 'valid', case: CASE, verb: 'triage' } }),
    ],
    [
      'is by an account that was linked to its person meanwhile',
      triage(),
      triage({ actor: { kind: 'person', platform: 'slack', account: 'UANA' } }),
    ],
    ['has the same words, which by now refer to something else', settle('a', '1 went'), settle('b', '1 went')],
    [
      'records the end of an effect, with a different answer from the service',
      outcome('<a@x.example>'),
      outcome('<b@x.example>'),
    ],
    [
      'places a mail in a different case',
      triage({
        actor: { kind: 'system', part: 'mail' },
        request: { verb: 'quarantine-message', case: CASE, message: MessageId.parse('m'), because: 'unparsable' },
      }),
      triage({
        actor: { kind: 'system', part: 'mail' },
        request: { verb: 'quarantine-message', case: OTHER, message: MessageId.parse('m'), because: 'unparsable' },
      }),
    ],
  ])('is the same if the command %s', (_, first, again) => {
    expect(commandDigest(again)).toBe(commandDigest(first))
  })

  it.each<[string, Command]>([
    ['verb', triage({ request: { verb: 'ack', case: CASE } })],
    ['input', triage({ request: { verb: 'triage', case: CASE, disposition: 'valid', severity: 'low' } })],
    ['case', triage({ request: { verb: 'triage', case: OTHER, disposition: 'valid', severity: 'high' } })],
    ['account', triage({ actor: { ...ana, account: 'UBEN' } })],
    ['platform', triage({ actor: { ...ana, platform: 'terminal' } })],
    ['part of the program', triage({ actor: { kind: 'system', part: 'mail' } })],
    ['words', triage({ typed: 'valid high' })],
  ])('differs if another %s is given', (_, other) => {
    expect(commandDigest(other)).not.toBe(commandDigest(triage()))
  })

  it('differs if the typed text differs', () => {
    expect(commandDigest(settle('a', '1 went'))).not.toBe(commandDigest(settle('a', '2 went')))
  })
})
