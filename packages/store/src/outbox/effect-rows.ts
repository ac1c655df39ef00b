import type { Effect } from '@embargo/core'
import { place, seal, sealJson, unseal, unsealJson, type Bytes, type Key } from '../sealing/seal.ts'

type Part = 'effect' | 'rendered' | 'evidence'
const at = (id: string, part: Part): Uint8Array => place(part, id)

export const sealEffect = (key: Key, effect: Effect): Bytes => sealJson(key, at(effect.id, 'effect'), effect)

/** Authenticated by its seal: what comes out is what was put in. */
export const openEffect = (key: Key, id: string, sealed: Uint8Array): Effect =>
  unsealJson(key, at(id, 'effect'), sealed) as Effect

export const sealRendered = (key: Key, id: string, bytes: Uint8Array): Bytes => seal(key, at(id, 'rendered'), bytes)
export const openRendered = (key: Key, id: string, sealed: Uint8Array): Uint8Array =>
  unseal(key, at(id, 'rendered'), sealed)

/** Evidence is sealed too: a relay's answer may repeat an address. */
export const sealEvidence = (key: Key, id: string, text: string): Bytes => sealJson(key, at(id, 'evidence'), text)
export const openEvidence = (key: Key, id: string, sealed: Uint8Array): string =>
  String(unsealJson(key, at(id, 'evidence'), sealed))
