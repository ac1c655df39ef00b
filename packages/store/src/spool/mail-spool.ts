import { DAY, MessageId } from '@embargo/core'
import { EngineError } from '@embargo/engine'
import type { ArrivingMail, AsidePlace, ListedMail, Log, MailSpool, SpooledMail } from '@embargo/engine'
import type { DatabaseClock } from '../database/database-clock.ts'
import type { Database } from '../database/db.ts'
import { isDamage, StoreError } from '../errors.ts'
import { closestInstant } from '../instants.ts'
import { Listeners } from '../listeners.ts'
import type { MasterKeys } from '../sealing/master-keys.ts'
import type { Key } from '../sealing/seal.ts'
import { openBytes, readBytes } from './mail-bytes.ts'
import { mailClaims, TO_TAKE_IN, UNCLAIMED } from './mail-claims.ts'
import type { MailKeys } from './mail-keys.ts'
import { mailId, openListed, sealBecause, type KeyedRow } from './mail-rows.ts'
import { newMail } from './new-mail.ts'
import { listWaiting, readWaiting, type WaitingRow } from './waiting-mails.ts'

const DAMAGED = 'it cannot be read: somebody wrote into the database; "embargo audit verify" names what is damaged'

export type SpoolParts = {
  readonly database: Database
  readonly master: MasterKeys
  readonly mailKeys: MailKeys
  readonly stored: Listeners
  readonly clock: Pick<DatabaseClock, 'nowMs'>
  readonly log: Log
}

const LISTED = {
  id: true,
  receivedAt: true,
  state: true,
  attempts: true,
  bytes: true,
  stream: true,
  reporter: true,
  key: true,
  envelope: true,
  because: true,
} as const

/**
 * The possible sizes of a mail in bytes. Embargo writes no row with another size. If somebody else wrote such a row,
 * sums of sizes leave the row out, because a wrong size in a sum could stop the intake of mails.
 */
const OF_A_MAIL = { gte: 0, lte: 100 * 1024 * 1024 } as const

/** The states in which a person may decide about a mail. */
const TO_DECIDE = ['held', 'dismissed']

/** How long mail servers try to deliver a mail (RFC 5321 section 4.5.4.1). */
const DELIVERED_WITHIN = 5 * DAY
/**
 * The search for an earlier delivery of a mail reads at most this many stored mails of the same size. So a flood of
 * mails of one size cannot slow it down.
 */
const MAX_OF_A_SIZE = 50

/** The spool, stored through Prisma. A mail counts as stored only when it is on the disk. */
export function mailSpool({ database, master, mailKeys, stored, clock, log }: SpoolParts): MailSpool {
  const { reader, writer } = database
  const aside = new Listeners()
  const claims = mailClaims(database, clock)

  const keyOf = async (row: KeyedRow): Promise<Key | undefined> => {
    try {
      return await mailKeys.unwrap(row)
    } catch (error) {
      if (!isDamage(error)) throw error
      return undefined
    }
  }
  const listed = async (row: KeyedRow): Promise<ListedMail> => openListed(row, await mailKeys.unwrap(row))
  const listedAnyway = async (row: KeyedRow): Promise<ListedMail> => {
    try {
      return await listed(row)
    } catch (error) {
      if (!isDamage(error)) throw error
      const receivedAt = BigInt(closestInstant(row.receivedAt))
      return { ...openListed({ ...row, receivedAt }, undefined), because: DAMAGED }
    }
  }
  /**
   * Reads rows, and leaves out those that cannot be read. A damaged row stays stored, `embargo read mails` lists it,
   * and the program's log names it.
   */
  const skipDamaged = async <Row extends KeyedRow, Read>(
    rows: readonly Row[],
    read: (row: Row) => Promise<Read>,
  ): Promise<readonly Read[]> => {
    const whole: Read[] = []
    for (const row of rows) {
      try {
        whole.push(await read(row))
      } catch (error) {
        if (!isDamage(error)) throw error
        log.error('a mail cannot be read and was set aside: somebody wrote into the database', { message: row.id })
        await putAside(row, await keyOf(row), DAMAGED)
      }
    }
    return whole
  }
  const putAside = async (
    { id }: Pick<KeyedRow, 'id'>,
    key: Key | undefined,
    because: string,
    as: AsidePlace = 'set-aside',
  ): Promise<void> => {
    const sealed = key === undefined ? null : sealBecause(key, id, because)
    await writer.direct('spool', {
      sql: `UPDATE "Mail" SET "state" = $1, "because" = $2 WHERE "id" = $3`,
      values: [as, sealed, id],
    })
    aside.tell()
  }
  const whole = async (row: KeyedRow): Promise<SpooledMail | undefined> => {
    const key = await mailKeys.unwrap(row)
    return key ? { ...openListed(row, key), raw: await readBytes(database, row.id, key) } : undefined
  }

  const opened = async (row: WaitingRow): Promise<SpooledMail | undefined> => {
    const key = await mailKeys.unwrap(row)
    return key ? { ...openListed(row, key), raw: openBytes(row.id, key, row.raw) } : undefined
  }

  /** A stored mail with the same bytes whose recipients include all recipients of this mail. */
  const storedForMore = async (mail: ArrivingMail): Promise<MessageId | undefined> => {
    const rows = await reader.mail.findMany({
      where: { receivedAt: { gte: BigInt(mail.receivedAt - DELIVERED_WITHIN) }, bytes: mail.raw.length },
      orderBy: { seq: 'desc' },
      take: MAX_OF_A_SIZE,
      select: LISTED,
    })
    for (const row of rows) {
      const key = await keyOf(row)
      const { envelopeTo } = openListed(row, key)
      if (!mail.envelopeTo.every((to) => envelopeTo.includes(to))) continue
      // The id is a hash of the bytes and the recipients, so equal ids mean equal bytes.
      const id = mailId(master.mailIds, { ...mail, envelopeTo })
      if (id === row.id) return id
    }
    return undefined
  }

  return {
    async store(mail, answered) {
      const earlier = answered === 'each' ? await storedForMore(mail) : undefined
      if (earlier !== undefined) return { is: 'already-stored', id: earlier }
      const { id, row, bytes } = newMail({ master, mailKeys }, mail)
      try {
        if ((await writer.direct('spool', row, bytes)) === 0) return { is: 'already-stored', id }
      } catch (error) {
        if (!(error instanceof EngineError && error.code === 'full')) throw error
        return { is: 'full' }
      }
      if (mail.privateReport?.held === true) aside.tell()
      else stored.tell()
      return { is: 'stored', id }
    },

    waiting: (limit, except = []) => listWaiting(database, { limit, except: new Set(except), free: claims.free() }),

    async open(id) {
      if (!(await claims.claim(id))) return undefined
      const row = await readWaiting(database, id, claims.free())
      const [mail] = row === undefined ? [] : await skipDamaged([row], opened)
      return mail
    },

    async usage(since) {
      const bytesOf = async (
        filter: NonNullable<Parameters<typeof reader.mail.aggregate>[0]['where']>,
      ): Promise<number> => (await reader.mail.aggregate({ where: filter, _sum: { bytes: true } }))._sum.bytes ?? 0
      const free = await database.free()
      return {
        unread: await bytesOf({ state: { in: [...TO_TAKE_IN] }, bytes: OF_A_MAIL }),
        received: await bytesOf({ receivedAt: { gte: BigInt(since) }, bytes: OF_A_MAIL }),
        ...(free === undefined ? {} : { free }),
      }
    },

    async attempt(id) {
      await writer.unsynced('spool', {
        sql: `UPDATE "Mail" SET "attempts" = "attempts" + 1 WHERE "id" = $1`,
        values: [id],
      })
    },

    async survived(id) {
      await writer.unsynced('spool', {
        sql: `UPDATE "Mail" SET "attempts" = "attempts" - 1 WHERE "id" = $1 AND "attempts" > 0`,
        values: [id],
      })
    },

    async setAside(id, because, as) {
      const row = await reader.mail.findUnique({ where: { id }, select: LISTED })
      if (!row) throw new StoreError('unknown-row', 'The spool has no such mail, so it cannot be set aside.')
      await putAside(row, await keyOf(row), because, as)
    },

    async hold(id) {
      // If a person has decided about the mail in the meantime, the decision is kept.
      await writer.direct('spool', {
        sql: `UPDATE "Mail" SET "state" = 'held', "claimedBy" = NULL, "claimedUntil" = NULL
          WHERE "id" = $1 AND "state" = 'waiting'`,
        values: [id],
      })
      aside.tell()
    },

    async held(limit) {
      const rows = await reader.mail.findMany({
        where: { state: 'held' },
        orderBy: { seq: 'asc' },
        take: limit,
        select: LISTED,
      })
      return skipDamaged(rows, listed)
    },

    countHeld: () => reader.mail.count({ where: { state: 'held' } }),

    async decide(id, as, by) {
      const row = await reader.mail.findUnique({ where: { id }, select: LISTED })
      const key = row ? await keyOf(row) : undefined
      if (!key) return false
      const { count } = await writer.single('spool', (db) =>
        db.mail.updateMany({
          where: { id, state: { in: TO_DECIDE.filter((state) => state !== as) } },
          data: { state: as, because: sealBecause(key, id, by), ...UNCLAIMED },
        }),
      )
      if (count === 0) return false
      if (as === 'let-in') stored.tell()
      aside.tell()
      return true
    },

    async checkAgain(id, at) {
      const checkAt = at === undefined ? null : BigInt(at)
      await writer.single('spool', (db) => db.mail.updateMany({ where: { id }, data: { checkAt } }))
    },

    async toCheck(until, limit) {
      const rows = await reader.mail.findMany({
        where: { state: 'in-case', checkAt: { lte: BigInt(until) } },
        orderBy: [{ checkAt: 'asc' }, { seq: 'asc' }],
        take: limit,
        select: { id: true },
      })
      return rows.map(({ id }) => MessageId.parse(id))
    },

    countAside: (from, until) =>
      reader.mail.count({ where: { state: 'set-aside', receivedAt: { gte: BigInt(from), lt: BigInt(until) } } }),

    async find(id) {
      const row = await reader.mail.findUnique({ where: { id }, select: LISTED })
      return row ? whole(row) : undefined
    },

    async list({ limit, stream, state }) {
      const rows = await reader.mail.findMany({
        where: { ...(stream === undefined ? {} : { stream }), ...(state === undefined ? {} : { state }) },
        orderBy: { seq: 'desc' },
        take: limit,
        select: LISTED,
      })
      return Promise.all(rows.map(listedAnyway))
    },

    onStore: (listener) => stored.add(listener),
    onAside: (listener) => aside.add(listener),
  }
}
