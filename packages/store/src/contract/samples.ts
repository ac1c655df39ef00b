import {
  instant,
  RecordedEvent,
  Sha256,
  type Capability,
  type CommandId,
  type Effect,
  type EffectId,
  type Event,
  type StreamId,
} from '@embargo/core'
import type { CaseRow, Commit, Log, StoredAnswer } from '@embargo/engine'

export const MASTER_KEY = new Uint8Array(32).fill(7)
export const OTHER_KEY = new Uint8Array(32).fill(8)
export const AT = instant(Date.UTC(2026, 5, 2, 14))
const POLICY = 'a'.repeat(64)
export const DIGEST = Sha256.parse('d'.repeat(64))

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

let cases = 0
/** A case number that no other test of the run uses. */
export const newCase = (): StreamId => `SEC-2026-${String(++cases).padStart(4, '0')}` as StreamId

export const commandId = (text: string): CommandId => text as CommandId
export const effectId = (text: string): EffectId => text as EffectId

export const acknowledged = (note: string): Event => ({ type: 'CaseAcknowledged', note })

export const reported = (stream: StreamId, reporter: string, identity: { name: string; address: string }) => ({
  type: 'ReportAttached',
  report: `${stream}/r1`,
  reporter,
  identity: { $personal: reporter, value: identity },
  message: 'm-1',
  answerable: true,
  receivedAt: AT,
})

export const recorded = (stream: StreamId, version: number, command: string, event: unknown): RecordedEvent =>
  RecordedEvent.parse({
    eventId: `${command}:${version}`,
    stream,
    version,
    at: AT + version,
    actor: { kind: 'system', part: 'mail' },
    commandId: command,
    policy: POLICY,
    event,
  })

export const post = (stream: StreamId, name: string, over: { lane?: string; capability?: Capability } = {}): Effect =>
  ({
    id: effectId(`${stream}/${name}`),
    stream,
    case: stream,
    event: `${stream}:1`,
    kind: 'post',
    platform: 'slack',
    capability: over.capability ?? 'slack',
    lane: over.lane ?? `slack/${stream}`,
    doubt: 'look-up',
  }) as Effect

export const mailTo = (stream: StreamId, name: string): Effect =>
  ({
    ...post(stream, name),
    kind: 'send-mail',
    capability: 'mail',
    letter: 'receipt',
    to: { kind: 'report', report: `${stream}/r1` },
    doubt: 'repeat',
  }) as unknown as Effect

export const rowOf = (stream: StreamId, over: Partial<CaseRow> = {}): CaseRow => ({
  stream,
  version: 1,
  open: true,
  stage: 'received',
  urgency: 5,
  severity: 'unrated',
  owner: '',
  openedAt: AT,
  people: [],
  channels: [],
  summary: { title: 'a summary' },
  ...over,
})

export const yes = (stream: StreamId, note?: string): StoredAnswer => ({
  ok: true,
  stream,
  versions: { [stream]: 1 },
  ...(note === undefined ? {} : { note }),
})

let commands = 0
/** A commit of one command. Its events get the numbers after `expectedVersion`. */
export function commitOf(
  stream: StreamId,
  over: Partial<Omit<Commit, 'appends'>> & {
    readonly expectedVersion?: number
    readonly events?: readonly unknown[]
  } = {},
): Commit {
  const { expectedVersion = 0, events = [], ...rest } = over
  const command = rest.commandId ?? commandId(`command-${++commands}`)
  return {
    at: AT,
    digest: DIGEST,
    answer: yes(stream),
    effects: [],
    rows: [],
    ...rest,
    commandId: command,
    appends:
      events.length === 0
        ? []
        : [
            {
              stream,
              expectedVersion,
              events: events.map((event, index) => recorded(stream, expectedVersion + index + 1, command, event)),
            },
          ],
  }
}
