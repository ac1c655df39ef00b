import { actorOf, CaseId, CommandId, instant, later, Policy, PROFILES, Sha256 } from '@embargo/core'
import type { Capability, CaseState, Instant, PersonRequest, PolicySource } from '@embargo/core'
import { parse, refreshKey } from '@embargo/mail'
import type { KeyCopy, PublicKeyFile } from '@embargo/mail'
import { performEffect } from '../src/dispatch/attempt.ts'
import type { DispatchContext } from '../src/dispatch/context.ts'
import { CircuitBreaker } from '../src/dispatch/circuit-breaker.ts'
import { RateLimits } from '../src/dispatch/rate-limits.ts'
import type { Domain } from '../src/domain.ts'
import { createEngine, createIntake } from '../src/index.ts'
import type { IntakeOptions } from '../src/intake/intake.ts'
import type { CommandResult, EngineOptions, MailClient, RunningEngine } from '../src/index.ts'
import type { EventStore } from '../src/ports/event-store.ts'
import type { OwnKeys } from '../src/ports/own-keys.ts'
import { createFakeChat, createFakeRelay, plainPresenter } from './fakes/fake-outside.ts'
import { createMemory, createMemoryEvents } from './fakes/memory-log.ts'
import type { Memory } from './fakes/memory-log.ts'
import { createMemoryOutbox } from './fakes/memory-outbox.ts'
import { createMemoryReadModels } from './fakes/memory-read-models.ts'
import { createMemorySpool } from './fakes/memory-spool.ts'
import {
  createHandClock,
  createMemoryBlobs,
  createMemoryKeys,
  createMemoryOwnKeys,
  createMemoryLogLines,
} from './fakes/small-ports.ts'

export const START = instant(Date.UTC(2026, 4, 4, 9, 0)) // a Monday
export const CASE = CaseId.parse('SEC-2026-0001')
export const OWN = 'security@quillmark.example'
export const REPORTER = 'rea@reporter.example'

/** A team of two on Slack with a list of two recipients; `change` replaces parts of this policy. */
export function policyOf(change: Partial<PolicySource> = {}): Policy {
  const project = {
    id: 'quillmark',
    name: 'Quillmark',
    address: OWN,
    cve: 'none' as const,
    announce: 'announce@quillmark.example',
    ossSecurity: 'oss-security@lists.example',
  }
  const recipients = ['north', 'south'].map((id) => ({
    id,
    name: `${id} Linux`,
    address: `security@${id}.example`,
    consented: '2026-01-10',
    plaintext: 'accepted' as const,
  }))
  return Policy.parse({
    ...PROFILES.team,
    projects: [project],
    people: [
      {
        id: 'ana',
        name: 'Ana',
        publicName: 'Ana',
        roles: ['admin', 'team'],
        mail: 'ana@quillmark.example',
        slack: 'UANA',
      },
      { id: 'ben', name: 'Ben', roles: ['team'], mail: 'ben@quillmark.example', slack: 'UBEN' },
    ],
    platforms: ['slack'],
    prenotification: {
      ...PROFILES.team.prenotification,
      lists: [{ id: 'distros', name: 'Distributions', recipients }],
    },
    ...change,
  })
}

export type MailText = {
  readonly subject?: string
  readonly from?: string
  readonly to?: string
  readonly body?: string
  readonly headers?: readonly string[]
  readonly envelopeFrom?: string
  readonly client?: MailClient
}

/** The bytes of a plain mail. */
export function mailBytes({
  subject = 'A hole',
  from = `Rea <${REPORTER}>`,
  to = OWN,
  body = 'There is a hole.',
  headers = [],
}: MailText = {}): Uint8Array {
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${subject.length}.${body.length}@reporter.example>`,
    ...headers,
    '',
    body,
    '',
  ]
  return new TextEncoder().encode(lines.join('\r\n'))
}

export type House = ReturnType<typeof createHouse>

/**
 * The whole engine, built on fakes. The rules of `@embargo/core` and the parsing of mails are real, but nothing is
 * durable, and the tests move the time.
 */
export function createHouse(
  options: {
    readonly policy?: Policy
    /** A hexadecimal digit. The policy's hash consists of this digit, repeated. */
    readonly hash?: string
    readonly domain?: Domain
    readonly roots?: EngineOptions['roots']
    readonly relayMissing?: string
    readonly mailSizeLimit?: EngineOptions['mailSizeLimit']
    /** The database of an earlier engine, as after a restart. */
    readonly memory?: Memory
    readonly events?: (real: EventStore) => EventStore
    /** A database that replaces the one in memory. */
    readonly store?: Pick<EngineOptions, 'events' | 'outbox' | 'readModels' | 'blobs' | 'keys' | 'spool'>
    readonly ownKeys?: OwnKeys
    readonly cveRegistry?: EngineOptions['cveRegistry']
    /** How the domains of senders are checked; absent if they are not checked. */
    readonly domainLookup?: EngineOptions['domainLookup']
  } = {},
) {
  const memory = options.memory ?? createMemory()
  const clock = createHandClock(START)
  const log = createMemoryLogLines()
  const chat = createFakeChat('slack')
  const relay = createFakeRelay()
  const spool = options.store?.spool ?? createMemorySpool(memory)
  const outbox = options.store?.outbox ?? createMemoryOutbox(memory)
  const machine = { ms: 1_000 }
  const real = options.store?.events ?? createMemoryEvents(memory)
  const parser = { parse, refresh: refreshCopy, ready: async () => {}, calls: 0, refreshed: 0 }
  const engine: RunningEngine = createEngine({
    policy: { policy: options.policy ?? policyOf(), hash: Sha256.parse((options.hash ?? 'a').repeat(64)) },
    ...(options.domain && { domain: options.domain }),
    ...(options.roots && { roots: options.roots }),
    ...(options.relayMissing !== undefined && { relayMissing: options.relayMissing }),
    ...(options.mailSizeLimit && { mailSizeLimit: options.mailSizeLimit }),
    events: options.events?.(real) ?? real,
    outbox,
    readModels: options.store?.readModels ?? createMemoryReadModels(memory),
    blobs: options.store?.blobs ?? createMemoryBlobs(),
    keys: options.store?.keys ?? createMemoryKeys(),
    ownKeys: options.ownKeys ?? createMemoryOwnKeys(),
    spool,
    ...(options.cveRegistry && { cveRegistry: options.cveRegistry }),
    ...(options.domainLookup && { domainLookup: options.domainLookup }),
    parser: {
      ready: async () => parser.ready(),
      refresh: async (copy) => ((parser.refreshed += 1), parser.refresh(copy)),
      parse: (raw, reading) => ((parser.calls += 1), parser.parse(raw, reading)),
    },
    clock,
    log,
  })
  const performing: DispatchContext = {
    engine,
    chat: new Map([['slack', chat]]),
    mailOut: relay,
    presenter: plainPresenter,
    capabilities: ['slack', 'mail'],
    worker: 'worker-1',
    monotonic: () => machine.ms,
    random: () => 0.5,
    // Renewals have tests of their own; here no effect runs long enough to need one.
    sleep: (_ms, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    shown: new Map(),
    rateLimits: new RateLimits(),
    breaker: new CircuitBreaker(() => 0.5),
  }
  let commands = 0
  return {
    memory,
    clock,
    log,
    chat,
    relay,
    spool,
    outbox,
    machine,
    parser,
    engine,
    performing,
    /** Performs everything that can be performed now; returns how many attempts that took. */
    async drain(
      capabilities: readonly Capability[] = ['slack', 'mail'],
      change: Partial<DispatchContext> = {},
    ): Promise<number> {
      let attempts = 0
      for (;;) {
        const claimed = await outbox.claim({
          capabilities,
          worker: performing.worker,
          nowMs: machine.ms,
          leaseMs: 30_000,
          limit: 8,
        })
        if (claimed.length === 0) return attempts
        attempts += claimed.length
        await Promise.all(claimed.map((each) => performEffect({ ...performing, ...change }, each)))
      }
    },
    /** Stores a mail and runs the intake. */
    async receive(
      text: MailText = {},
      raw = mailBytes(text),
      change: Pick<IntakeOptions, 'crashPoint' | 'patience' | 'now'> = {},
    ): Promise<void> {
      const { to = OWN, envelopeFrom = REPORTER, client } = text
      await spool.store({
        raw,
        envelopeFrom,
        envelopeTo: [to],
        ...(client && { client }),
        receivedAt: clock.now(),
        delivery: `d-${(commands += 1)}`,
      })
      await runIntake(engine, change)
    },
    /** Runs the intake on the stored mails. */
    takeIn: async (change: Pick<IntakeOptions, 'crashPoint'> = {}): Promise<void> => runIntake(engine, change),
    async ask(
      who: 'ana' | 'ben',
      request: PersonRequest,
      commandId = `test:${(commands += 1)}`,
    ): Promise<CommandResult> {
      const actor = actorOf(engine.policy.policy, 'slack', who === 'ana' ? 'UANA' : 'UBEN')
      return engine.commands.handle({ commandId: CommandId.parse(commandId), actor, at: clock.now(), request })
    },
    wait(milliseconds: number): Instant {
      clock.moveTo(later(clock.now(), milliseconds))
      return clock.now()
    },
    async caseState(): Promise<CaseState> {
      const state = await engine.queries.state(CASE)
      if (state?.kind !== 'case') throw new Error('there is no case')
      return state
    },
    events: (stream: string = CASE) =>
      [...memory.streams].flatMap(([id, recorded]) => (id === stream ? recorded : [])).map(({ event }) => event.type),
  }
}

const refreshCopy = async ({ kept, copy, at }: KeyCopy): Promise<PublicKeyFile> => refreshKey(kept, copy, at)

// Runs intake until it waits for more mail.
async function runIntake(
  engine: RunningEngine,
  change: Pick<IntakeOptions, 'crashPoint' | 'patience' | 'now'>,
): Promise<void> {
  const over = new AbortController()
  await createIntake({ engine, sleep: async () => over.abort(), ...change }).run(over.signal)
}
