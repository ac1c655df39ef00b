import type { Database } from '../database/db.ts'
import type { MasterKeys } from '../sealing/master-keys.ts'
import { openAuditRecord } from './answers.ts'
import { markOf, type StoredCommand } from './audit-record.ts'

/**
 * How many of the newest commands a search reads, to find those that no later command refers to yet. The number is
 * large enough, because fewer commands than this are in progress at the same time.
 */
const NEWEST = 256
/** One command refers to at most this many earlier commands. The next command refers to the rest. */
const MAX_NAMED = 32
/** PostgreSQL only: how often, in milliseconds, a writing process searches for commands of other processes. */
const LOOK_EVERY_MS = 2_000
/**
 * If the last search is older than this many milliseconds, a command waits for the result of the new search. If the
 * last search is newer, commands come often. Then a command does not wait, because the next command can refer to what
 * the new search finds.
 */
const BUSY_MS = 10_000

/** The commands that no later command refers to yet. The next command refers to the oldest of them. */
export class LogHeads {
  readonly #database: Database
  readonly #master: MasterKeys
  /** The marks of the commands that no later command refers to yet, the oldest first. */
  readonly #unnamed = new Set<string>()
  #looked: number | undefined
  #looking: Promise<void> | undefined

  constructor(database: Database, master: MasterKeys) {
    this.#database = database
    this.#master = master
  }

  /**
   * The marks (keyed hashes of the ids) of the earlier commands that the next command must refer to. Two commands in
   * progress at the same time can refer to the same earlier commands.
   */
  async toName(): Promise<readonly string[]> {
    // On SQLite, no other process can have written since the first search.
    const since = this.#looked === undefined ? Number.POSITIVE_INFINITY : performance.now() - this.#looked
    const fresh = since < LOOK_EVERY_MS || (this.#looked !== undefined && this.#database.dialect === 'sqlite')
    if (!fresh) {
      this.#looking ??= this.#look()
      if (since > BUSY_MS) await this.#looking
      // If the search fails, this command is written without the search's result, and the next command searches again.
      else this.#looking.catch(() => undefined)
    }
    return [...this.#unnamed].slice(0, MAX_NAMED)
  }

  /** Must be called once the command is durable, and not before. */
  keep(commandId: string, named: readonly string[]): void {
    for (const mark of named) this.#unnamed.delete(mark)
    this.#unnamed.add(markOf(this.#master.chain, commandId))
  }

  async #look(): Promise<void> {
    try {
      const from = performance.now()
      const newest = await this.#database.reader.command.findMany({
        orderBy: { at: 'desc' },
        take: NEWEST,
        select: { id: true, answer: true },
      })
      const { marks, named } = this.#linked(newest)
      for (const mark of named) this.#unnamed.delete(mark)
      for (const mark of marks) if (!named.has(mark)) this.#unnamed.add(mark)
      this.#looked = from
    } finally {
      this.#looking = undefined
    }
  }

  #linked(commands: readonly StoredCommand[]): {
    readonly marks: readonly string[]
    readonly named: ReadonlySet<string>
  } {
    const marks: string[] = []
    const named = new Set<string>()
    for (const { id, answer } of commands.toReversed()) {
      const entry = this.#entry(id, answer)
      if (entry === undefined) continue
      marks.push(markOf(this.#master.chain, id))
      for (const mark of entry.after) named.add(mark)
    }
    return { marks, named }
  }

  /** An altered row must not stop the program from writing; `verifyLog` reports it. */
  #entry(id: string, answer: Uint8Array): ReturnType<typeof openAuditRecord> | undefined {
    try {
      return openAuditRecord(this.#master.answers, id, answer)
    } catch {
      return undefined
    }
  }
}
