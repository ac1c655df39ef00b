import { createHash } from 'node:crypto'
import { MessageId, StreamId } from '@embargo/core'
import type { EffectId } from '@embargo/core'
import { skipDamaged } from '@embargo/engine'
import { contentKind } from '@embargo/mail'
import type { ListedMail } from '@embargo/engine'
import { z } from 'zod'
import type { ProgramParts } from '../program/program.ts'
import { assertReadable, readAccess } from './read-access.ts'
import type { ReadAccess } from './read-access.ts'
import { allStreams, withRelease } from './streams.ts'
import { blockersOf } from './blockers.ts'
import { unsentMails } from './unsent-mails.ts'

/** How many received and how many sent mails are listed. */
const MAX_ROWS = 200

/** How many hexadecimal digits name a mail in a list. */
const NAME_DIGITS = 10

/** An attachment; `name` is safe as the name of a file. */
export type MailFiles = readonly {
  readonly name: string
  readonly kind: string
  readonly bytes: number
  readonly sha256: string
  readonly content: string
}[]

/** The name of a received mail in the list: the first part of its id. */
const nameOfCame = (id: string): string => id.slice(0, 'm-'.length + NAME_DIGITS)
/**
 * A short name for a mail of ours. It is made from a hash of the mail's id: the whole id would fill a line, and
 * the first part of the id is the same for all mails of a case.
 */
const nameOfWent = (id: string): string => `o-${createHash('sha256').update(id).digest('hex').slice(0, NAME_DIGITS)}`

type MailContext = Pick<ProgramParts, 'store' | 'engine'> & { readonly access: ReadAccess }

/**
 * The received and sent mails of the caller's cases. People who may open cases also see the mails that are in no case.
 */
export async function listMails({ store, engine, relays }: ProgramParts, raw: unknown) {
  const { case: stream } = z.object({ case: StreamId.optional() }).parse(raw)
  const access = readAccess(engine)
  if (stream !== undefined) await assertReadable(access, stream)
  const listed = await cameOf({ store, engine, access }, stream)
  const quarantined = await quarantinedIn(engine, new Set(listed.flatMap((one) => one.stream ?? [])))
  const came = []
  for (const one of listed) {
    const isClosed = quarantined.has(one.id)
    const mail = one.stream === undefined || isClosed ? undefined : await engine.queries.mail(one.id)
    came.push({
      ...one,
      name: nameOfCame(one.id),
      ...(isClosed && { quarantined: true }),
      ...(mail && { from: mail.from, subject: mail.subject }),
    })
  }
  const streams = stream === undefined ? await allStreams(store) : await withRelease(engine, stream)
  const went = []
  for (const one of streams) {
    if ((await access.stream(one)) !== 'read') continue
    const withdrawn = await unsentMails(engine, one)
    const effects = await engine.queries.effects(one)
    const behind = blockersOf(effects)
    for (const { effect, state: place, evidence } of effects) {
      if (effect.kind !== 'send-mail') continue
      const { id, case: about, letter, to } = effect
      const state = withdrawn.has(id) ? 'withdrawn' : place
      const first = behind.get(id)
      went.push({
        effect: id,
        name: nameOfWent(id),
        case: about,
        letter,
        to,
        state,
        evidence,
        ...(first !== undefined && { behind: nameOfWent(first) }),
      })
    }
  }
  const unread = stream === undefined && access.inNoCase ? await unreadMails(store) : []
  return { came, went: went.slice(-MAX_ROWS), relays, unread }
}

/** Mails that lie in a mailbox and are not stored yet, with the reason. */
async function unreadMails({ mailboxCursors }: ProgramParts['store']) {
  const cursors = await mailboxCursors.list()
  return cursors.flatMap(({ mailbox, folder, unread }) => unread.map((mail) => ({ mailbox, folder, ...mail })))
}

/** One mail, by its id or by its name in the list. */
export async function showMail({ store, engine }: ProgramParts, raw: unknown) {
  const { id } = z.object({ id: z.string() }).parse(raw)
  const looking = { store, engine, access: readAccess(engine) }
  const message = (await cameOf(looking)).find((one) => nameOfCame(one.id) === id)?.id ?? MessageId.safeParse(id).data
  const came = message === undefined ? undefined : await store.spool.find(message)
  // If the caller may not read a mail, the answer is the same as for a mail that does not exist.
  if (came !== undefined && (await readsMail(looking.access, came.stream))) return { raw: text(came.raw) }
  const effect = await effectCalled(looking, id)
  const draft = effect === undefined ? undefined : await engine.texts.draft(effect)
  if (draft !== undefined) return { raw: text(draft) }
  throw new Error('There is no such mail here. "embargo read mails" lists the received and the sent mails.')
}

/**
 * The most bytes that the attachments of one mail may have in total. In base64, attachments of this size still fit into
 * one answer of the program. The limit is needed although a mail has at most 25 MB, because decrypted content may be
 * larger than the mail.
 */
const MAX_FILES_BYTES = 20 * 1024 * 1024

/**
 * The attachments of one received mail, decrypted if it came encrypted. This is the only way to get the attachments of
 * a quarantined mail.
 */
export async function mailFiles({ store, engine }: ProgramParts, raw: unknown): Promise<{ readonly files: MailFiles }> {
  const { id } = z.object({ id: z.string() }).parse(raw)
  const looking = { store, engine, access: readAccess(engine) }
  const message = (await cameOf(looking)).find((one) => nameOfCame(one.id) === id)?.id ?? MessageId.safeParse(id).data
  const came = message === undefined ? undefined : await store.spool.find(message)
  if (message === undefined || came === undefined || !(await readsMail(looking.access, came.stream)))
    throw new Error('There is no such mail here. "embargo read mails" lists the received mails.')
  const mail = await engine.deps.readMail(message)
  if (mail === undefined) throw new Error('This mail cannot be opened; its bytes are stored.')
  const bytes = mail.attachments.reduce((sum, one) => sum + one.bytes, 0)
  if (bytes > MAX_FILES_BYTES)
    throw new Error(
      `The files of this mail have ${bytes} bytes; at most ${MAX_FILES_BYTES} are fetched. "embargo read mails ${nameOfCame(message)} --json" prints the mail.`,
    )
  const files = mail.attachments.map(({ name, type, sha256, content }) => ({
    name,
    kind: contentKind(content, type),
    bytes: content.length,
    sha256,
    content: Buffer.from(content).toString('base64'),
  }))
  return { files }
}

const text = (raw: Uint8Array): string => new TextDecoder().decode(raw)

const readsMail = async (access: ReadAccess, stream: StreamId | undefined): Promise<boolean> =>
  stream === undefined ? access.inNoCase : (await access.stream(stream)) === 'read'

async function cameOf({ store, access }: MailContext, stream?: StreamId): Promise<readonly ListedMail[]> {
  const listed: ListedMail[] = []
  for (const one of await store.spool.list({ limit: MAX_ROWS, ...(stream === undefined ? {} : { stream }) }))
    if (await readsMail(access, one.stream)) listed.push(one)
  return listed
}

/** Finds a mail of ours by its id or its name, if it is in a stream that the caller may read. */
async function effectCalled({ store, engine, access }: MailContext, called: string): Promise<EffectId | undefined> {
  for (const stream of await allStreams(store)) {
    if ((await access.stream(stream)) !== 'read') continue
    const found = (await engine.queries.effects(stream)).find(
      ({ effect: { id, kind } }) => id === called || (kind === 'send-mail' && nameOfWent(id) === called),
    )
    if (found !== undefined) return found.effect.id
  }
  return undefined
}

async function quarantinedIn(
  engine: ProgramParts['engine'],
  streams: ReadonlySet<StreamId>,
): Promise<ReadonlySet<MessageId>> {
  const all = new Set<MessageId>()
  for (const stream of streams) {
    const state = await skipDamaged(() => engine.queries.state(stream))
    if (state?.kind === 'case') for (const message of state.quarantined) all.add(message)
  }
  return all
}
