import type { LogVerdict } from '@embargo/engine'
import type { Db } from '../database/db.ts'
import type { MasterKeys } from '../sealing/master-keys.ts'
import { openAuditRecord } from './answers.ts'
import { damagedRows, type VerifyParts } from './damaged-rows.ts'
import { markOf } from './audit-record.ts'
import { openEvent, type EventRow } from './seal-events.ts'
import { verifyStream, type Accounts } from './verify.ts'

/** How many rows are read into memory at a time. */
const PAGE = 500

type Commands = {
  readonly count: number
  /** What the commands recorded about each stream. */
  readonly accounts: ReadonlyMap<string, Accounts>
  readonly marks: ReadonlySet<string>
  /** The marks to which later commands refer. If the mark of a command is not here, the command is one of the last. */
  readonly named: ReadonlySet<string>
  readonly altered: number
}

/**
 * Checks the hash chain of every stream, and compares all streams with the records of the handled commands (see
 * `AuditRecord`). It can run while a program writes, because it reads in the order in which writes become durable.
 */
export async function verifyLog(parts: VerifyParts, since: readonly string[] = []): Promise<LogVerdict> {
  const { master, streamKeys, reporterKeys, database } = parts
  const db = database.reader
  const before = new Map((await db.stream.findMany()).map(({ stream, version }) => [stream, version]))
  const commands = await readCommands(db, master)
  const withEvents = await db.event.groupBy({ by: ['stream'] })
  const all = new Set([...before.keys(), ...commands.accounts.keys(), ...withEvents.map(({ stream }) => stream)])
  const streams = []
  for (const stream of [...all].sort()) {
    const accounted = before.get(stream)
    // A cached key would hide that the key's row in the database is damaged.
    streamKeys.forget(stream)
    const options = {
      chainKey: master.chain,
      accounts: commands.accounts.get(stream) ?? new Map<number, Set<string>>(),
      ...(accounted === undefined ? {} : { accounted }),
      open: async (row: EventRow) =>
        openEvent(row, await streamKeys.get(stream), (reporters) => reporterKeys.find(reporters)),
    }
    streams.push({ stream, ...(await verifyStream(db, stream, options)) })
  }
  const damaged = await damagedRows(parts, all)
  return { streams, whole: await wholeOf(db, master, { commands, since }), damaged }
}

async function readCommands(db: Db, master: MasterKeys): Promise<Commands> {
  const accounts = new Map<string, Map<number, Set<string>>>()
  const [marks, named] = [new Set<string>(), new Set<string>()]
  let [count, altered, last] = [0, 0, '']
  const account = (stream: string, version: number, digest: string): void => {
    const versions = accounts.get(stream) ?? new Map<number, Set<string>>()
    const digests = versions.get(version) ?? new Set()
    accounts.set(stream, versions.set(version, digests.add(digest)))
  }
  for (;;) {
    const rows = await db.command.findMany({ where: { id: { gt: last } }, orderBy: { id: 'asc' }, take: PAGE })
    for (const { id, answer } of rows) {
      count += 1
      const entry = opened(master, id, answer)
      if (entry === undefined) {
        altered += 1
        continue
      }
      marks.add(markOf(master.chain, id))
      for (const mark of entry.after) named.add(mark)
      for (const [stream, [version, digest]] of Object.entries(entry.moved)) account(stream, version, digest)
    }
    if (rows.length < PAGE) return { count, accounts, marks, named, altered }
    last = rows.at(-1)?.id ?? last
  }
}

function opened(master: MasterKeys, id: string, answer: Uint8Array): ReturnType<typeof openAuditRecord> | undefined {
  try {
    return openAuditRecord(master.answers, id, answer)
  } catch {
    return undefined
  }
}

type Totals = { readonly commands: Commands; readonly since: readonly string[] }

async function wholeOf(db: Db, master: MasterKeys, { commands, since }: Totals): Promise<LogVerdict['whole']> {
  const { count, marks, named, altered } = commands
  if (altered > 0)
    return { ok: false, because: `${altered} of ${count} answered commands cannot be opened: they were altered` }
  let missing = [...named].filter((mark) => !marks.has(mark))
  if (missing.length > 0) {
    // A command that seems lost may have been written after its page had been read, so the ids are read again. A
    // command that is still missing is lost, because a command is durable before another command refers to it.
    const now = await db.command.findMany({ select: { id: true } })
    const present = new Set(now.map(({ id }) => markOf(master.chain, id)))
    missing = missing.filter((mark) => !present.has(mark))
  }
  if (missing.length > 0)
    return { ok: false, because: `${missing.length} answered commands are gone, although later commands refer to them` }
  const lost = since.filter((mark) => !marks.has(mark))
  if (lost.length > 0)
    return {
      ok: false,
      because: `the log does not contain ${lost.join(', ')}: an older copy of the log was restored, or the mark belongs to another database`,
    }
  return { ok: true, commands: count, marks: [...marks].filter((mark) => !named.has(mark)).sort() }
}
