import {
  CommandId,
  decide,
  EventId,
  evolveRecorded,
  instant,
  later,
  MessageId,
  PersonId,
  Policy,
  PROFILES,
  ReporterId,
  CaseId,
  Sha256,
  worldOf,
} from '@embargo/core'
import type { Actor, Event, RecordedEvent, Request, State } from '@embargo/core'
import { median, timed } from './figure.ts'
import type { Bench } from './figure.ts'

const CASE = CaseId.parse('SEC-2026-0001')
const ANA = PersonId.parse('ana')
const HASH = Sha256.parse('0'.repeat(64))
const EVENTS = 60
const RUNS = 5
const COMMANDS = 50_000
const TARGET = 50_000
const CLONES = 2_000

const policy = Policy.parse({
  ...PROFILES.team,
  projects: [{ id: 'quillmark', name: 'Quillmark', address: 'security@quillmark.example' }],
  people: [{ id: ANA, name: 'Ana', roles: ['admin', 'team'], osUser: 'ana' }],
  platforms: ['terminal'],
})
const inForce = { policy, hash: HASH }
const system: Actor = { kind: 'system', part: 'mail' }
const ana: Actor = { kind: 'person', person: ANA, platform: 'terminal', account: 'ana' }

/** Decides one command on a case with 60 events, and applies the new events to the case. This measures core alone. */
export const decideBench: Bench = {
  name: 'decide',
  async measure() {
    const state = caseOfSixtyEvents()
    const world = worldOf(CASE, new Map([[CASE, state]]))
    const at = later(instant(Date.UTC(2026, 4, 5)), 0)
    const command = {
      commandId: CommandId.parse('bench:1'),
      actor: ana,
      at,
      request: { verb: 'triage.affects', case: CASE, branch: 'main', affected: true } as const,
    }
    const rates: number[] = []
    const clones: number[] = []
    for (let run = 0; run <= RUNS; run += 1) {
      const took = await timed(() => {
        for (let n = 0; n < COMMANDS; n += 1) {
          const decision = decide(inForce, world, command, at)
          if (!decision.ok) throw new Error(decision.refusal.because)
          for (const append of decision.appends)
            for (const event of append.events) evolveRecorded(state, record(event, state.version + 1, ana))
        }
      })
      const cloned = await timed(() => {
        for (let n = 0; n < CLONES; n += 1) structuredClone(state)
      })
      // The first run only warms up the compiler.
      if (run > 0) rates.push((COMMANDS / took) * 1000)
      if (run > 0) clones.push((CLONES / cloned) * 1000)
    }
    const value = Math.round(median(rates))
    return [
      {
        work: `decide + evolve on a ${state.version}-event case`,
        value,
        unit: 'commands/s',
        runs: RUNS,
        target: `${TARGET}`,
        met: value >= TARGET,
        beside: { what: 'structuredClone of the same case', value: Math.round(median(clones)), unit: 'clones/s' },
      },
    ]
  },
}

function caseOfSixtyEvents(): State {
  let state: State | undefined
  const run = (request: Request, actor: Actor) => {
    const world = state === undefined ? worldOf(CASE, new Map()) : worldOf(CASE, new Map([[CASE, state]]))
    const decision = decide(
      inForce,
      world,
      { commandId: CommandId.parse('bench:0'), actor, at: instant(0), request },
      instant(Date.UTC(2026, 4, 4)),
    )
    if (!decision.ok) throw new Error(decision.refusal.because)
    for (const append of decision.appends)
      for (const event of append.events) state = evolveRecorded(state, record(event, (state?.version ?? 0) + 1, actor))
  }
  const message = (n: number) => MessageId.parse(`mail-${n}`)
  run(
    {
      verb: 'open-case',
      case: CASE,
      project: 'quillmark',
      message: message(0),
      receivedAt: instant(Date.UTC(2026, 4, 4)),
      reporter: ReporterId.parse('r'),
      identity: { address: 'r@example.org' },
      trust: 'nothing-proven',
      automatic: false,
    },
    system,
  )
  run({ verb: 'ack', case: CASE }, ana)
  run({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, ana)
  for (let n = 1; (state?.version ?? 0) < EVENTS; n += 1)
    run(
      {
        verb: 'take-in-message',
        case: CASE,
        message: message(n),
        from: 'reporter',
        trust: 'nothing-proven',
        automatic: false,
      },
      system,
    )
  if (state === undefined) throw new Error('no case')
  return state
}

function record(event: Event, version: number, actor: Actor): RecordedEvent {
  return {
    eventId: EventId.parse('bench:1:1'),
    stream: CASE,
    version,
    at: instant(Date.UTC(2026, 4, 4)),
    actor,
    commandId: CommandId.parse('bench:1'),
    policy: HASH,
    event,
  }
}
