import type { BlobId, PolicyInForce, Roots } from '@embargo/core'
import type { DomainLookup, MailParser, MailWriter } from '@embargo/mail'
import { readPublicKeys, verifySignatures, writeMail } from '@embargo/mail'
import { createPeople } from './access/people.ts'
import { createCommands } from './commands/commands.ts'
import { handleCommand } from './commands/handle-command.ts'
import { preview } from './commands/preview.ts'
import { relayStatus } from './commands/relay-gate.ts'
import type { Deps } from './deps.ts'
import { createMailReader } from './intake/mail-reader.ts'
import { anyKeysWithIds } from './keys/known-keys.ts'
import { CORE } from './domain.ts'
import type { Domain } from './domain.ts'
import type { RunningEngine } from './engine.ts'
import type { BlobStore } from './ports/blob-store.ts'
import type { CveRegistry } from './ports/cve-registry.ts'
import type { CaseRow, EventStore } from './ports/event-store.ts'
import type { KeyVault } from './ports/key-vault.ts'
import type { MailOut } from './ports/mail-out.ts'
import type { MailSpool } from './ports/mail-spool.ts'
import type { Outbox } from './ports/outbox.ts'
import type { OwnKeys } from './ports/own-keys.ts'
import type { ReadModels } from './ports/read-models.ts'
import type { Clock, Log } from './ports/time.ts'
import { withRepair } from './projections/repair.ts'
import { createStates } from './projections/states.ts'
import { loadWorld } from './projections/world.ts'
import { createQueries } from './queries/queries.ts'
import { createKeyedMutex } from './shared/keyed-mutex.ts'
import { createTexts } from './texts/texts.ts'

export type EngineOptions = {
  readonly policy: PolicyInForce
  /** The pure functions that decide everything. By default, these are the functions of core. Tests can pass others. */
  readonly domain?: Domain
  /** The root command's name on each platform where it is renamed. */
  readonly roots?: Roots
  /** The name of the missing setting without which no mail can be sent; absent if nothing is missing. */
  readonly relayMissing?: string
  /** Returns the size of the largest mail that the relay accepts; absent if this process knows no relay. */
  readonly mailSizeLimit?: NonNullable<MailOut['sizeLimit']>
  readonly events: EventStore
  readonly outbox: Outbox
  readonly readModels: ReadModels
  readonly blobs: BlobStore
  readonly keys: KeyVault
  readonly ownKeys: OwnKeys
  readonly spool: MailSpool
  readonly parser: Pick<MailParser, 'ready' | 'parse' | 'refresh'>
  /** Absent if this thread writes the mails. */
  readonly mailWriter?: MailWriter
  /** Where a project that is its own CNA reserves its CVE ids; absent without credentials. */
  readonly cveRegistry?: CveRegistry
  /** The targets at which a rehearsal of a publication puts documents; absent without such targets. */
  readonly rehearsalTargets?: NonNullable<Deps['rehearsalTargets']>
  /** How the domains of senders are checked; absent if they are not checked. */
  readonly domainLookup?: DomainLookup
  readonly clock: Clock
  readonly log: Log
}

/** Keeps a byte order mark at the beginning of a text, because hashes cover all bytes. */
const AS_IT_IS = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Makes an engine from the ports. The engine need not be disposed of: the caller that opened the ports must close them.
 */
export function createEngine(options: EngineOptions): RunningEngine {
  const deps = createDeps(options)
  return {
    deps,
    get policy() {
      return deps.policy
    },
    now: () => deps.clock.now(),
    ...relayStatus(deps),
    ...(options.roots === undefined ? {} : { roots: options.roots }),
    commands: createCommands(deps),
    queries: createQueries(deps),
    texts: createTexts(deps),
  }
}

function createDeps(options: EngineOptions): Deps {
  const { policy, events, domain = CORE, blobs, spool, parser, ownKeys } = options
  const states = createStates(events, domain.evolve)
  const listeners = new Set<(rows: readonly CaseRow[]) => void>()
  const people = createPeople(policy, states)
  const mailReader = createMailReader({ spool, parser, ownKeys }, async (ids) => anyKeysWithIds(deps, ids))
  const deps: Deps = {
    domainLookup: { verify: verifySignatures },
    mailWriter: { write: writeMail, readKeys: readPublicKeys },
    ...options,
    readModels: withRepair(options.readModels, () => deps),
    get policy() {
      return people.policy
    },
    people,
    domain,
    states,
    mutex: createKeyedMutex(),
    handle: (command, extras) => handleCommand(deps, command, extras),
    preview: (request, at) => preview(deps, request, at),
    loadWorld: (stream) => loadWorld(states, stream),
    async blobText(blob: BlobId) {
      const bytes = await blobs.get(blob)
      return bytes === undefined ? undefined : AS_IT_IS.decode(bytes)
    },
    readMail: (message) => mailReader.read(message),
    messageIdOf: (message) => mailReader.messageId(message),
    keepMail: (stored, mail) => mailReader.keep(stored, mail),
    committed(rows) {
      for (const listener of listeners) listener(rows)
    },
    onCommit(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return deps
}
