import { CaseId, CommandId, EventId, instant, MessageId, ReporterId, ReportId, Sha256 } from '@embargo/core'
import type { Event, RecordedEvent, StreamId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { countKeptCredits } from './credits.ts'

const AT = instant(Date.UTC(2026, 4, 4, 9, 0))
const HERE = CaseId.parse('SEC-2026-0002')
const THERE = CaseId.parse('SEC-2026-0001')
const WAS = ReportId.parse('SEC-2026-0002/r1')
const IS = ReportId.parse('SEC-2026-0001/r2')
const RAFI = ReporterId.parse('rafi')
const OPENED: Event = { type: 'CaseOpened', project: 'quillmark', source: 'mail', publication: 'release' }
const REPORT = {
  reporter: RAFI,
  identity: { $personal: RAFI, value: { name: 'Rafi', address: 'rafi@reporter.example' } },
  message: MessageId.parse('mail-1'),
  receivedAt: AT,
  answerable: true,
}
const NIGHT_OWL = { kind: 'pseudonym', name: { $personal: RAFI, value: 'night owl' } } as const

const logOf = (stream: StreamId, events: readonly Event[]): readonly RecordedEvent[] =>
  events.map((event, index) => ({
    eventId: EventId.parse(`${stream}:${index}`),
    stream,
    version: index + 1,
    at: AT,
    actor: { kind: 'system', part: 'mail' },
    commandId: CommandId.parse('test:1'),
    policy: Sha256.parse('0'.repeat(64)),
    event,
  }))

/** A log in which a report with a credit moves to another case. `arrives`: the events of that other case. */
const merged = (arrives: readonly Event[]): ReadonlyMap<StreamId, readonly RecordedEvent[]> =>
  new Map<StreamId, readonly RecordedEvent[]>([
    [
      HERE,
      logOf(HERE, [
        OPENED,
        { type: 'ReportAttached', report: WAS, ...REPORT },
        {
          type: 'ReporterAnswered',
          report: WAS,
          answer: { about: 'credit', credit: NIGHT_OWL.kind, name: NIGHT_OWL.name },
        },
        { type: 'ReportMoved', report: WAS, to: THERE, as: IS },
      ]),
    ],
    [THERE, logOf(THERE, [OPENED, ...arrives])],
  ])

const JOINED = { type: 'ReportJoined', report: IS, by: 'merge', from: HERE, was: WAS, asked: false, ...REPORT } as const

describe('the credit of a report that goes to another case', () => {
  it('is counted where it arrives as it left', () => {
    expect(countKeptCredits(merged([{ ...JOINED, credit: NIGHT_OWL }]))).toBe(1)
  })

  it('is missed where it does not arrive, arrives as another, or its report arrives nowhere', () => {
    expect(() => countKeptCredits(merged([JOINED]))).toThrow('pseudonym night owl became no credit')
    expect(() => countKeptCredits(merged([{ ...JOINED, credit: { kind: 'anonymous' } }]))).toThrow('became anonymous')
    expect(() => countKeptCredits(merged([]))).toThrow('became nothing')
  })

  it('may be changed later', () => {
    const answer = { about: 'credit', credit: 'anonymous' } as const
    const later: Event = { type: 'ReporterAnswered', report: IS, answer }
    expect(countKeptCredits(merged([{ ...JOINED, credit: NIGHT_OWL }, later]))).toBe(1)
  })
})
