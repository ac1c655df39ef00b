import type { Commit, Handled, StoredAnswer } from '@embargo/engine'
import { place, sealJson, unsealJson, type Bytes, type Key } from '../sealing/seal.ts'

/**
 * Answers have a key of their own: a refusal may belong to no stream. The digest is sealed with its answer, for a plain
 * one would tell whoever guesses what was typed that they guessed right.
 */
export const sealAnswer = (key: Key, { commandId, answer, digest }: Commit): Bytes =>
  sealJson(key, place('answer', commandId), { answer, digest } satisfies Handled)

/** Authenticated by its seal: what comes out is what was put in, by this version or by one that kept the answer alone. */
export function openAnswer(key: Key, commandId: string, sealed: Uint8Array): Handled {
  const opened = unsealJson(key, place('answer', commandId), sealed) as Handled | StoredAnswer
  return 'ok' in opened ? { answer: opened } : opened
}
