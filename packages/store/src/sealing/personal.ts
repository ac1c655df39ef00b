import { place, sealJson, unsealJson, type Key } from './seal.ts'

/** The personal part of an event, as core writes it. */
type Personal = { readonly $personal: string; readonly value: unknown }
/** The personal part of an event as the log stores it. */
type SealedPersonal = { readonly $personal: string; readonly sealed: string }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isPersonal = (value: unknown): value is Personal =>
  isRecord(value) && typeof value['$personal'] === 'string' && 'value' in value
const isSealed = (value: unknown): value is SealedPersonal =>
  isRecord(value) && typeof value['$personal'] === 'string' && typeof value['sealed'] === 'string'

/** Returns a JSON value in which `change` has replaced values. Parts without a replaced value are not copied. */
function rewrite(
  value: unknown,
  change: (value: Record<string, unknown>) => { readonly is: unknown } | undefined,
): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map((item) => rewrite(item, change))
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  const record = value as Record<string, unknown>
  const changed = change(record)
  if (changed) return changed.is
  let copy = record
  for (const name in record) {
    const item = rewrite(record[name], change)
    if (item === record[name]) continue
    if (copy === record) copy = { ...record }
    copy[name] = item
  }
  return copy
}

/** The reporters whose personal data a JSON value contains, sealed or not. */
export function reportersIn(json: unknown): Set<string> {
  const reporters = new Set<string>()
  rewrite(json, (value) => {
    if (!isPersonal(value) && !isSealed(value)) return undefined
    reporters.add(value.$personal)
    return { is: value }
  })
  return reporters
}

/**
 * Seals every `{ $personal, value }` under its reporter's key. If the reporter was erased and has no key, the value is
 * dropped.
 */
export function sealPersonal(
  json: unknown,
  position: readonly [string, number],
  keys: ReadonlyMap<string, Key>,
): unknown {
  return rewrite(json, (value) => {
    if (!isPersonal(value)) return undefined
    const key = keys.get(value.$personal)
    if (!key || value.value === null) return { is: { $personal: value.$personal, value: null } }
    const sealed = sealJson(key, personalPlace(position, value.$personal), value.value)
    return { is: { $personal: value.$personal, sealed: Buffer.from(sealed).toString('base64') } }
  })
}

/** Opens what `sealPersonal` sealed. The value of an erased reporter is `null`. */
export function openPersonal(
  json: unknown,
  position: readonly [string, number],
  keys: ReadonlyMap<string, Key>,
): unknown {
  return rewrite(json, (value) => {
    if (!isSealed(value)) return undefined
    const key = keys.get(value.$personal)
    const open = key
      ? unsealJson(key, personalPlace(position, value.$personal), Buffer.from(value.sealed, 'base64'))
      : null
    return { is: { $personal: value.$personal, value: open } }
  })
}

const personalPlace = ([stream, version]: readonly [string, number], reporter: string): Uint8Array =>
  place('personal', stream, version, reporter)
