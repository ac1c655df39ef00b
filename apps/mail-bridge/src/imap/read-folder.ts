import { earliest, HOUR } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { SMALL_MAIL_BYTES } from '@embargo/engine'
import type { ArrivingMail, Clock, Log, MailboxCursor, MailboxCursors, UnreadMail, UnreadReason } from '@embargo/engine'
import { deliveredTo, MAX_MAIL_BYTES, returnPathIn } from '@embargo/mail'
import type { Quota } from '../admission.ts'
import { sharedSource } from '../source.ts'
import { MailboxError } from './mailbox-error.ts'
import type { FolderState, MailboxFolder, MailFacts, MailboxSession } from './session.ts'

/** The points at which tests can stop the program while it takes a mail out of a mailbox, in order. */
export type MailboxCrashPoint = 'imap-mail-fetched-before-store' | 'imap-mail-stored'

export type FolderReading = {
  readonly session: MailboxSession
  /** `user@host` */
  readonly mailbox: string
  /**
   * Our own addresses whose mail arrives in this mailbox. A mail that names none of them counts as sent to the first
   * one.
   */
  readonly addresses: readonly string[]
  /**
   * At the first connection, the mails that were received since this time are read. If it is absent, only mails that
   * arrive after the first connection are read.
   */
  readonly since?: Instant
  /**
   * `trust`: the mail server writes the field Return-Path itself, so this field tells us the sender of the envelope.
   * Without `trust`, the sender of the envelope is unknown.
   */
  readonly returnPath?: 'trust'
  readonly cursors: Pick<MailboxCursors, 'find' | 'advance'>
  readonly quota: Quota
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  /** How often the connection ended while each mail was fetched. */
  readonly broken: Map<string, number>
  /** When each unread mail was last tried. */
  readonly tried: Map<string, Instant>
  /**
   * Mails that are done although some mails with lower UIDs are not. The cursor (the UID up to which the folder has
   * been read) has not reached them yet.
   */
  readonly ahead: Set<string>
  /** Mails that were tried when the list of unread mails was full. The cursor stays before them. */
  readonly waiting: Set<string>
  readonly crashPoints?: (name: MailboxCrashPoint) => void | Promise<void>
}

/** The number of mails whose size and date are requested in one call. */
const FACTS_AT_ONCE = 200
/** How many mails are sorted together, so that the small mails among them are fetched before the large ones. */
const ORDERED_AT_ONCE = 5_000
/**
 * The most mails and bytes in a batch, which is fetched and stored together. A mail with more bytes is a batch of its
 * own.
 */
const MAILS_AT_ONCE = 50
const BYTES_AT_ONCE = 4 * 1024 * 1024

/**
 * If the connection ends this often during the same mail, the mail goes on the list of unread mails. After that, the
 * mails behind it can be read.
 */
const BREAKS_FOR_ONE_MAIL = 3

/**
 * The most mails on the list of unread mails. Mails that are too large do not count: the size of the mailbox limits
 * their number. When the list is full, the cursor stays before the next unread mail, so no mail is lost. Newer mails
 * are still read.
 */
export const MAX_UNREAD = 1_000
/**
 * In one reading, at most `AGAIN_AT_ONCE` unread mails of each kind are tried again, each of them alone. A mail that
 * waits for room is tried in every reading, any other mail only if `AGAIN_MS` have passed since its last try. Mails
 * that are too large are not fetched: they are only looked up, to see whether they are gone.
 */
const AGAIN_AT_ONCE = 20
const AGAIN_MS = HOUR

/**
 * What to do with one mail: fetch and store it, skip it (`pass`) because it is gone or too old, or put it on the list
 * of unread mails.
 */
type Step = { readonly uid: number; readonly facts?: MailFacts; readonly do: 'fetch' | 'pass' | UnreadReason }

/**
 * Stores the new mails of a folder. Each batch is stored together with the new cursor. If the connection ends or the
 * database fails, this function throws, and the next reading continues from the last cursor. `unread-full`: the list of
 * unread mails is full, and more mails could not be read.
 */
export async function readFolder(
  reading: FolderReading,
  folder: MailboxFolder,
  signal: AbortSignal,
): Promise<'read' | 'unread-full'> {
  const { session, ahead, waiting } = reading
  // Opening a folder is slow at some servers, and INBOX must be opened again afterwards. So a spam folder without new
  // mail is not opened.
  const state = folder.spam ? await session.state(folder.path) : await session.open(folder.path)
  const start = await currentCursor(reading, folder, state)
  if (folder.spam) {
    if (start.unread.length === 0 && start.uid >= state.uidNext - 1) return 'read'
    await session.open(folder.path)
  }
  let cursor = await readAgain(reading, folder, start, signal)
  const uids = await session.uids(cursor.uid + 1, cursor.uid === 0 ? cursor.backlog?.from : undefined)
  const keyed = (uid: number): string => aheadOf(folder, cursor, uid)
  let room = roomIn(cursor.unread)
  /** The lowest UID of a mail that waits for room on the list of unread mails. */
  let waits = Infinity
  for (let at = 0; at < uids.length; at += ORDERED_AT_ONCE) {
    const part = uids.slice(at, at + ORDERED_AT_ONCE)
    const open = new Set<number>()
    for (const uid of part) {
      if (waiting.has(keyed(uid)) && (room -= 1) < 0) waits = Math.min(waits, uid)
      else if (!ahead.has(keyed(uid))) open.add(uid)
    }
    const facts = await factsOf(session, [...open])
    const steps = [...open].map((uid) => stepOf(reading, folder, cursor, uid, facts.get(uid)))
    const batches = [...batchesOf(reading, folder, smallFirst(steps))]
    let coming = startFetch(session, batches[0])
    for (const [index, batch] of batches.entries()) {
      if (signal.aborted) return 'read'
      const raw = await fetched(reading, folder, coming)
      // The server sends the next batch while this one is stored.
      coming = startFetch(session, batches[index + 1])
      for (const { uid } of batch) open.delete(uid)
      // A set keeps its order, so the first UID that is left in it is the lowest.
      const [lowest] = open
      const upTo = Math.min(waits, lowest ?? Infinity) - 1
      const taken = await takeBatch(reading, folder, cursor, {
        steps: batch,
        upTo: Math.min(upTo, part.at(-1) ?? cursor.uid),
        raw,
      })
      cursor = taken.cursor
      waits = Math.min(waits, ...taken.waiting)
      for (const { uid } of batch) {
        const isWaiting = taken.waiting.includes(uid)
        ahead[isWaiting ? 'delete' : 'add'](keyed(uid))
        waiting[isWaiting ? 'add' : 'delete'](keyed(uid))
      }
    }
    // If all mails of this part are done or wait for room, no batch has moved the cursor. The cursor can still move if
    // the mails that held it back have left the folder.
    const upTo = Math.min(waits - 1, part.at(-1) ?? cursor.uid)
    if (upTo > cursor.uid) cursor = await advance(reading, { ...cursor, uid: upTo }, [])
    for (const uid of part) if (uid <= cursor.uid) ahead.delete(keyed(uid))
  }
  return waits === Infinity ? 'read' : 'unread-full'
}

/** Puts large mails after the small ones, as the spool does, so that small mails need not wait for large ones. */
function smallFirst(steps: readonly Step[]): readonly Step[] {
  const isLarge = ({ do: then, facts }: Step): boolean => then === 'fetch' && (facts?.bytes ?? 0) > SMALL_MAIL_BYTES
  return [...steps.filter((step) => !isLarge(step)), ...steps.filter(isLarge)]
}

async function factsOf(session: MailboxSession, uids: readonly number[]): Promise<ReadonlyMap<number, MailFacts>> {
  const facts = new Map<number, MailFacts>()
  for (let at = 0; at < uids.length; at += FACTS_AT_ONCE)
    for (const [uid, found] of await session.facts(uids.slice(at, at + FACTS_AT_ONCE))) facts.set(uid, found)
  return facts
}

/** The cursor. It is created at the first connection, and again if the server renumbers its mails. */
async function currentCursor(
  reading: FolderReading,
  { path }: MailboxFolder,
  { uidValidity, uidNext }: FolderState,
): Promise<MailboxCursor> {
  const { mailbox, cursors, clock, since, log } = reading
  const found = await cursors.find(mailbox, path)
  if (found?.uidValidity === uidValidity) return found
  const renewed = { mailbox, folder: path, uidValidity, uid: 0, unread: [] }
  if (found === undefined) {
    const begin = since === undefined ? { uid: uidNext - 1 } : { backlog: { below: uidNext, from: since } }
    return advance(reading, { ...renewed, version: 0, newest: clock.now(), ...begin }, [])
  }
  log.warn('the server renumbered the mails of a mailbox (new UIDs), so the recent ones are read again', {
    folder: path,
  })
  // Reads again from the newest mail that was seen, or from the oldest mail on the list of unread mails if that is
  // older. The spool recognises the mails that it already has.
  const from = found.unread.map(({ receivedAt }) => receivedAt).reduce(earliest, found.newest)
  const { version, newest } = found
  return advance(reading, { ...renewed, version, newest, backlog: { below: uidNext, from } }, [])
}

function stepOf(
  reading: FolderReading,
  folder: MailboxFolder,
  cursor: MailboxCursor,
  uid: number,
  facts: MailFacts | undefined,
): Step {
  const { backlog } = cursor
  if (facts === undefined) return { uid, do: 'pass' }
  const { bytes, internalDate } = facts
  // A mail without a date is read. It may be a report, and a person can see whether it is old.
  const isOld =
    backlog !== undefined && uid < backlog.below && internalDate !== undefined && internalDate < backlog.from
  if (isOld) return { uid, do: 'pass' }
  if (bytes > MAX_MAIL_BYTES) return { uid, facts, do: 'too-large' }
  return { uid, facts, do: breaksOf(reading, folder, uid) < BREAKS_FOR_ONE_MAIL ? 'fetch' : 'no-bytes' }
}

/**
 * Splits the steps into batches, without changing their order. If the connection once ended while a mail was fetched,
 * that mail is now fetched alone.
 */
function* batchesOf(reading: FolderReading, folder: MailboxFolder, steps: readonly Step[]): Generator<readonly Step[]> {
  let batch: Step[] = []
  let bytes = 0
  for (const step of steps) {
    const size = step.do === 'fetch' ? (step.facts?.bytes ?? 0) : 0
    const alone = step.do === 'fetch' && breaksOf(reading, folder, step.uid) > 0
    if (batch.length > 0 && (alone || batch.length >= MAILS_AT_ONCE || bytes + size > BYTES_AT_ONCE)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(step)
    bytes += alone ? BYTES_AT_ONCE : size
  }
  if (batch.length > 0) yield batch
}

/**
 * Stores the mails of a batch together with the new cursor. The cursor moves to `upTo`. But if the list of unread mails
 * has no room for some of the mails (`waiting`), the cursor stays before the first of them.
 */
async function takeBatch(
  reading: FolderReading,
  folder: MailboxFolder,
  cursor: MailboxCursor,
  { steps, upTo, raw }: { readonly steps: readonly Step[]; readonly upTo: number; readonly raw: RawMails },
): Promise<{ readonly cursor: MailboxCursor; readonly waiting: readonly number[] }> {
  const mails: AcceptedMail[] = []
  // If the program crashed before the cursor passed a mail, the mail may already be on the list of unread mails. The
  // mail is judged again here, so its old entry is left out.
  const unread = cursor.unread.filter(({ uid }) => !steps.some((step) => step.uid === uid && step.do !== 'pass'))
  const waiting: number[] = []
  let { newest } = cursor
  for (const { uid, facts, do: then } of steps) {
    if (facts === undefined) continue
    // A mail may have a date in the future. If `newest` were that date, later mails could count as too old when the
    // server renumbers its mails.
    const receivedAt = earliest(facts.internalDate ?? reading.clock.now(), reading.clock.now())
    if (receivedAt > newest) newest = receivedAt
    const result = then === 'fetch' ? await accept(reading, folder, cursor, { uid, raw: raw.get(uid) }) : then
    if (typeof result === 'object') mails.push(result)
    else if (result === 'too-large' || (result !== 'pass' && roomIn(unread) > 0))
      unread.push({ uid, bytes: facts.bytes, because: result, receivedAt })
    else if (result !== 'pass') waiting.push(uid)
  }
  const reached = { ...cursor, uid: Math.min(upTo, ...waiting.map((uid) => uid - 1)), newest, unread }
  return { cursor: await advance(reading, reached, mails), waiting }
}

const roomIn = (unread: readonly UnreadMail[]): number => MAX_UNREAD - unread.filter(isTriedAgain).length

const isTriedAgain = ({ because }: UnreadMail): boolean => because !== 'too-large'

/**
 * The kind of an unread mail: why it could not be stored. Each kind is tried again separately, so that many mails of
 * one kind do not hold up the others. The quota counts small and large mails separately, so `no-room` has two kinds.
 */
const kindOf = ({ because, bytes }: UnreadMail): string =>
  because === 'no-room' ? `${because} ${bytes > SMALL_MAIL_BYTES ? 'large' : 'small'}` : because

/** Tries some of the unread mails again, each alone, and forgets those that are gone. */
async function readAgain(
  reading: FolderReading,
  folder: MailboxFolder,
  start: MailboxCursor,
  signal: AbortSignal,
): Promise<MailboxCursor> {
  const { session, clock, tried } = reading
  const isDue = ({ uid, because }: UnreadMail): boolean => {
    const last = tried.get(keyOf(folder, uid))
    return because === 'no-room' || last === undefined || clock.now() - last >= AGAIN_MS
  }
  const due = Object.values(Object.groupBy(start.unread.filter(isDue), kindOf)).flatMap((mails = []) =>
    mails.slice(0, AGAIN_AT_ONCE),
  )
  if (due.length === 0) return start
  const full = new Set<string>()
  const facts = await session.facts(due.map(({ uid }) => uid))
  let cursor = start
  for (const mail of due) {
    const { uid } = mail
    if (signal.aborted) return cursor
    if (full.has(kindOf(mail))) continue
    tried.set(keyOf(folder, uid), clock.now())
    const without = { ...cursor, unread: cursor.unread.filter((one) => one.uid !== uid) }
    if (!facts.has(uid)) {
      cursor = await advance(reading, without, [])
      continue
    }
    if (!isTriedAgain(mail)) continue
    const raw = (await fetched(reading, folder, { uids: [uid], mails: session.raw([uid]) })).get(uid)
    const result = await accept(reading, folder, cursor, { uid, raw })
    if (typeof result === 'object') cursor = await advance(reading, without, [result])
    // There is no room for other mails of this kind (small or large) either.
    else if (result === 'no-room') full.add(kindOf({ ...mail, because: result }))
  }
  return cursor
}

type RawMails = ReadonlyMap<number, Uint8Array>
type Fetch = { readonly uids: readonly number[]; readonly mails: Promise<RawMails> }

function startFetch(session: MailboxSession, steps: readonly Step[] = []): Fetch {
  const uids = steps.flatMap(({ uid, do: then }) => (then === 'fetch' ? [uid] : []))
  const mails = uids.length === 0 ? Promise.resolve(new Map<number, Uint8Array>()) : session.raw(uids)
  // If storing the previous batch fails, nothing awaits this fetch, so its error must not go unhandled.
  mails.catch(() => undefined)
  return { uids, mails }
}

/**
 * The mails of a fetch. If the connection ended during the fetch, remembers these mails, so that each of them is
 * fetched alone the next time.
 */
async function fetched({ broken }: FolderReading, folder: MailboxFolder, { uids, mails }: Fetch): Promise<RawMails> {
  try {
    return await mails
  } catch (error) {
    for (const uid of uids) broken.set(keyOf(folder, uid), (broken.get(keyOf(folder, uid)) ?? 0) + 1)
    throw error
  }
}

/** A mail that may be stored. The sending machine is unknown here, so the mailbox counts as the source of the mail. */
type AcceptedMail = { readonly mail: ArrivingMail; readonly sender: Parameters<Quota['stored']>[0] }

/**
 * The mail, or why it cannot be stored now: the server sent no bytes or too many, or the quota refuses it. The quota is
 * the same as for mail that comes by SMTP.
 */
async function accept(
  reading: FolderReading,
  folder: MailboxFolder,
  cursor: MailboxCursor,
  { uid, raw }: { readonly uid: number; readonly raw: Uint8Array | undefined },
): Promise<AcceptedMail | UnreadReason> {
  if (raw === undefined) return 'no-bytes'
  if (raw.length > MAX_MAIL_BYTES) return 'too-large'
  const mail = mailOf(reading, folder, cursor, { uid, raw })
  const source = sharedSource(reading.mailbox, raw.length)
  const sender = { source, known: await reading.quota.isKnown(mail.envelopeTo) }
  return (await reading.quota.refuses(sender, raw.length)) === undefined ? { mail, sender } : 'no-room'
}

function mailOf(
  { mailbox, addresses, returnPath, clock }: FolderReading,
  { path, spam }: MailboxFolder,
  { uidValidity }: MailboxCursor,
  { uid, raw }: { readonly uid: number; readonly raw: Uint8Array },
): ArrivingMail {
  const found = deliveredTo(raw, addresses)
  const envelopeFrom = returnPath === 'trust' ? returnPathIn(raw) : undefined
  return {
    raw,
    ...(envelopeFrom !== undefined && { envelopeFrom }),
    envelopeTo: found.length > 0 ? found : addresses.slice(0, 1),
    receivedAt: clock.now(),
    delivery: `imap:${mailbox}:${path}:${uidValidity}:${uid}`,
    ...(spam && { spam }),
  }
}

async function advance(
  reading: FolderReading,
  cursor: MailboxCursor,
  mails: readonly AcceptedMail[],
): Promise<MailboxCursor> {
  const { cursors, quota, log, crashPoints } = reading
  if (mails.length > 0) await crashPoints?.('imap-mail-fetched-before-store')
  const result = await cursors.advance(
    cursor,
    mails.map(({ mail }) => mail),
  )
  if (result === 'full') throw new MailboxError('full', 'The disk of the database is full.')
  if (result === 'moved') throw new MailboxError('moved', 'Another process read this folder meanwhile.')
  for (const { mail, sender } of mails) quota.stored(sender, mail.raw.length)
  if (mails.length > 0) {
    log.info('mails were stored from a mailbox', { folder: cursor.folder, mails: mails.length, uid: cursor.uid })
    await crashPoints?.('imap-mail-stored')
  }
  return { ...cursor, version: cursor.version + 1 }
}

const keyOf = ({ path }: MailboxFolder, uid: number): string => `${uid} ${path}`

const aheadOf = (folder: MailboxFolder, { uidValidity }: MailboxCursor, uid: number): string =>
  `${uidValidity} ${keyOf(folder, uid)}`

const breaksOf = ({ broken }: FolderReading, folder: MailboxFolder, uid: number): number =>
  broken.get(keyOf(folder, uid)) ?? 0
