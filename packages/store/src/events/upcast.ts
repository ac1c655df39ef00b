import { StoreError } from '../errors.ts'

/** Brings a stored event from one schema number to the next. */
export type Upcaster = (json: unknown) => unknown

/**
 * The function under the key n upgrades an event from schema n to schema n + 1. The map is empty, because there is only
 * schema 1 so far.
 */
export const UPCASTERS: ReadonlyMap<number, Upcaster> = new Map()

export type UpcastTo = { readonly schema: number; readonly upcasters: ReadonlyMap<number, Upcaster> }

/**
 * Returns a stored event in the form of the present schema.
 *
 * @throws StoreError `newer-database` when a later version of the program wrote the event, `damaged` when an upcaster
 * is missing
 */
export function upcast(schema: number, json: unknown, to: UpcastTo): unknown {
  if (schema > to.schema) {
    throw new StoreError(
      'newer-database',
      `An event has schema ${schema}, but this version of Embargo knows only schemas up to ${to.schema}. Start the later version.`,
    )
  }
  let value = json
  for (let from = schema; from < to.schema; from++) {
    const step = to.upcasters.get(from)
    if (!step) throw new StoreError('damaged', `No step leads from event schema ${from} to ${from + 1}.`)
    value = step(value)
  }
  return value
}
