import type { StoredAnswer } from '@embargo/engine'
import { place, sealJson, unsealJson, type Bytes, type Key } from '../sealing/seal.ts'

/** Answers have a key of their own: a refusal may belong to no stream. */
export const sealAnswer = (key: Key, commandId: string, answer: StoredAnswer): Bytes =>
  sealJson(key, place('answer', commandId), answer)

/** Authenticated by its seal: what comes out is what was put in. */
export const openAnswer = (key: Key, commandId: string, sealed: Uint8Array): StoredAnswer =>
  unsealJson(key, place('answer', commandId), sealed) as StoredAnswer
