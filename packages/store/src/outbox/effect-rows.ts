import type { Effect } from '@embargo/core'
import { place, seal, sealJson, unseal, unsealJson, type Bytes, type Key } from '../sealing/seal.ts'

type Part = 'effect' | 'rendered' | 'evidence'
const at = (id: string, part: Part): Uint8Array => place(part, id)

export const sealEffect = (key: Key, effect: Effect): Bytes => sealJson(key, at(effect.id, 'effect'), effect)

/** The content is not validated, because the seal guarantees that we wrote it. */
export const openEffect = (key: Key, id: string, sealed: Uint8Array): Effect =>
  unsealJson(key, at(id, 'effect'), sealed) as Effect

export const sealRendered = (key: Key, id: string, bytes: Uint8Array): Bytes => seal(key, at(id, 'rendered'), bytes)
export const openRendered = (key: Key, id: string, sealed: Uint8Array): Uint8Array =>
  unseal(key, at(id, 'rendered'), sealed)

/** How a row ended; absent if it has not. */
export type End = 'done' | 'failed' | 'parked'

type Evidence = { readonly text: string; readonly ended?: End }

/**
 * Seals the evidence of an effect, because a relay's answer may contain an address. The sealed text also says how the
 * row ended. So the effect is not performed a second time if somebody resets the unsealed column `state`.
 */
export const sealEvidence = (key: Key, id: string, text: string, ended?: End): Bytes =>
  sealJson(key, at(id, 'evidence'), { text, ...(ended && { ended }) } satisfies Evidence)
export const openEvidence = (key: Key, id: string, sealed: Uint8Array): Evidence =>
  unsealJson(key, at(id, 'evidence'), sealed) as Evidence
