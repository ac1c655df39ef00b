import type { Commit, Handled, StoredAnswer } from '@embargo/engine'
import { place, sealJson, unsealJson, type Bytes, type Key } from '../sealing/seal.ts'
import type { Entry } from './entries.ts'

/** With its entry of the log as a whole, where the version that wrote it kept one. */
type Kept = Handled & { readonly log?: Entry }

const at = (commandId: string): Uint8Array => place('answer', commandId)

/**
 * Answers have a key of their own: a refusal may belong to no stream. The digest is sealed with its answer, for a plain
 * one would tell whoever guesses what was typed that they guessed right.
 */
export const sealAnswer = (key: Key, { commandId, answer, digest }: Commit, log: Entry): Bytes =>
  sealJson(key, at(commandId), { answer, digest, log } satisfies Kept)

/** Of the program itself: an entry without a command. */
export const sealEntry = (key: Key, id: string, log: Entry): Bytes => sealJson(key, at(id), { log })

/** Authenticated by its seal: what comes out is what was put in, by this version or by one that kept the answer alone. */
export function openAnswer(key: Key, commandId: string, sealed: Uint8Array): Handled {
  const opened = unsealJson(key, at(commandId), sealed) as Kept | StoredAnswer
  if ('ok' in opened) return { answer: opened }
  const { answer, digest } = opened
  return digest === undefined ? { answer } : { answer, digest }
}

/** What a stored command says of the log; `versions` is what one of an older program has, which kept no entry. */
export function openEntry(
  key: Key,
  id: string,
  sealed: Uint8Array,
): { readonly log: Entry } | { readonly versions: Readonly<Record<string, number>> } {
  const opened = unsealJson(key, at(id), sealed) as Partial<Kept> | StoredAnswer
  if ('log' in opened && opened.log !== undefined) return { log: opened.log }
  const answer = 'ok' in opened ? opened : 'answer' in opened ? opened.answer : undefined
  return { versions: answer?.ok === true ? answer.versions : {} }
}
