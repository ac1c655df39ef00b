import { EVENT_SCHEMA, RecordedEvent } from '@embargo/core'
import { StoreError } from '../errors.ts'
import { openPersonal, reportersIn, sealPersonal } from '../sealing/personal.ts'
import { place, sealJson, unsealJson, type Bytes, type Key } from '../sealing/seal.ts'
import { upcast, UPCASTERS } from './upcast.ts'

const at = (stream: string, version: number, schema: number): Uint8Array => place('event', stream, version, schema)

export type EventKeys = { readonly stream: Key; readonly reporters: ReadonlyMap<string, Key> }

/** Seals personal data under the reporters' keys first, and then the whole event under its stream's key. */
export function sealEvent(event: RecordedEvent, keys: EventKeys): Bytes {
  const json = sealPersonal(event, [event.stream, event.version], keys.reporters)
  return sealJson(keys.stream, at(event.stream, event.version, EVENT_SCHEMA), json)
}

export type EventRow = {
  readonly stream: string
  readonly version: number
  readonly schema: number
  readonly sealed: Uint8Array
}

/**
 * Opens an event, including the personal data of reporters in it.
 *
 * @throws StoreError `damaged`
 */
export async function openEvent(row: EventRow, key: Key, reporterKeys: ReporterKeysOf): Promise<void> {
  const json = unsealJson(key, at(row.stream, row.version, row.schema), row.sealed)
  const reporters = reportersIn(json)
  if (reporters.size > 0) openPersonal(json, [row.stream, row.version], await reporterKeys(reporters))
}

type ReporterKeysOf = (reporters: ReadonlySet<string>) => Promise<ReadonlyMap<string, Key>>

/** Unseals events and upgrades them to the present schema. `reporterKeys` is called once for all events. */
export async function openEvents(
  rows: readonly EventRow[],
  key: Key,
  reporterKeys: ReporterKeysOf,
): Promise<readonly RecordedEvent[]> {
  const opened = rows.map((row) => ({
    row,
    json: unsealJson(key, at(row.stream, row.version, row.schema), row.sealed),
  }))
  const reporters = new Set(opened.flatMap(({ json }) => [...reportersIn(json)]))
  const keys = await reporterKeys(reporters)
  return opened.map(({ row, json }) => {
    const whole = reporters.size > 0 ? openPersonal(json, [row.stream, row.version], keys) : json
    const parsed = RecordedEvent.safeParse(upcast(row.schema, whole, { schema: EVENT_SCHEMA, upcasters: UPCASTERS }))
    if (parsed.success) return parsed.data
    throw new StoreError(
      'damaged',
      `Event ${row.version} of ${row.stream} does not have the form of its schema ${row.schema}.`,
      { cause: parsed.error },
    )
  })
}
