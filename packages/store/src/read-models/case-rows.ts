import type { StreamId } from '@embargo/core'
import type { CaseRow } from '@embargo/engine'
import type { Db } from '../database/db.ts'
import { openInstant } from '../instants.ts'
import { place, sealJson, unsealJson, type Bytes, type Key } from '../sealing/seal.ts'

/**
 * The sealed part of a row. It also contains the channels of the case, so a page of cases needs no second query for
 * them. The table of channels is used only to find a case by its channel.
 */
type SealedPart = Pick<CaseRow, 'summary' | 'channels'>

const at = (stream: string, version: number): Uint8Array => place('case-row', stream, version)

export const sealRow = (key: Key, { stream, version, summary, channels }: CaseRow): Bytes =>
  sealJson(key, at(stream, version), { summary, channels } satisfies SealedPart)

type StoredRow = {
  readonly stream: string
  readonly version: number
  readonly open: boolean
  readonly stage: string
  readonly urgency: number
  readonly nextDue: bigint | null
  readonly severity: string
  readonly owner: string
  readonly openedAt: bigint
  readonly dueAt: bigint | null
  readonly people: string
  readonly keyMarks: string
  readonly projection: string
  readonly sealed: Uint8Array
}

const hex = (id: string): string => Buffer.from(id, 'utf8').toString('hex')

/** The id is written in hexadecimal, so no id contains another id or a wildcard of the database's search. */
export const searchedPerson = (id: string): string => `|${hex(id)}|`

const peopleColumn = (people: CaseRow['people']): string =>
  people.length === 0 ? '' : `|${people.map(hex).join('|')}|`

const peopleOf = (column: string): CaseRow['people'] =>
  column
    .split('|')
    .filter((id) => id !== '')
    .map((id) => Buffer.from(id, 'hex').toString('utf8'))

const marksColumn = (marks: readonly string[]): string => (marks.length === 0 ? '' : `|${marks.join('|')}|`)

const marksOf = (column: string): readonly string[] => column.split('|').filter((mark) => mark !== '')

/** The unsealed columns of a row. Both ways of writing a row use them. */
export function columnsOf(row: CaseRow) {
  const { version, open, stage, urgency, nextDue, severity, owner, openedAt, due, people } = row
  const { keyMarks = [], projection = '' } = row
  return {
    version,
    open,
    stage,
    urgency,
    nextDue: nextDue === undefined ? null : BigInt(nextDue),
    severity,
    owner,
    openedAt: BigInt(openedAt),
    dueAt: due === undefined ? null : BigInt(due),
    people: peopleColumn(people),
    keyMarks: marksColumn(keyMarks),
    projection,
  }
}

/** The content is not validated, because the seal guarantees that we wrote it. */
export function openRow(key: Key, row: StoredRow): CaseRow {
  const { summary, channels } = unsealJson(key, at(row.stream, row.version), row.sealed) as SealedPart
  const { version, open, stage, urgency, severity, owner } = row
  return {
    stream: row.stream as StreamId,
    version,
    open,
    stage,
    urgency,
    ...(row.nextDue === null ? {} : { nextDue: openInstant(row.nextDue) }),
    severity,
    owner,
    openedAt: openInstant(row.openedAt),
    ...(row.dueAt === null ? {} : { due: openInstant(row.dueAt) }),
    people: peopleOf(row.people),
    ...(row.keyMarks === '' ? {} : { keyMarks: marksOf(row.keyMarks) }),
    ...(row.projection === '' ? {} : { projection: row.projection }),
    channels,
    summary,
  }
}

/**
 * Writes a row within the caller's transaction. Also writes the channels that lead to the case, unless `channelsStand`
 * says that the stored channels are still right.
 */
export async function putRow(
  db: Db,
  row: CaseRow,
  { sealed, channelsStand }: { readonly sealed: Bytes; readonly channelsStand: boolean },
): Promise<void> {
  const { stream, version } = row
  const columns = { ...columnsOf(row), sealed }
  const replaced = async (): Promise<boolean> =>
    (await db.caseRow.updateMany({ where: { stream, version: { lte: version } }, data: columns })).count > 0
  if (!(await replaced())) {
    // This must not be `create`: another process may write the first row at the same time, and on PostgreSQL a taken
    // key makes the whole transaction fail.
    const present = await db.caseRow.upsert({
      where: { stream },
      create: { stream, ...columns },
      // This changes nothing. Without an update, Prisma would first query the row and then create it in a second
      // statement.
      update: { stream },
      select: { version: true },
    })
    // A command on a release also writes the rows of its cases. If such a case has a newer row in the meantime, that
    // row is kept.
    if (present.version > version || (present.version < version && !(await replaced()))) return
  }
  if (!channelsStand) await putChannels(db, row)
}

async function putChannels(db: Db, { stream, channels }: CaseRow): Promise<void> {
  const present = await db.channel.findMany({ where: { stream } })
  const name = (channel: { readonly platform: string; readonly channel: string }): string =>
    `${channel.platform} ${channel.channel}`
  const before = new Set(present.map(name))
  const after = new Set(channels.map(name))
  const removed = present.filter((channel) => !after.has(name(channel)))
  const added = channels.filter((channel) => !before.has(name(channel)))
  for (const { platform, channel } of [...removed, ...added])
    await db.channel.deleteMany({ where: { platform, channel } })
  if (added.length > 0)
    await db.channel.createMany({ data: added.map(({ platform, channel }) => ({ platform, channel, stream })) })
}
