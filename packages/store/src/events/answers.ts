import type { Commit, Handled } from '@embargo/engine'
import { place, sealJson, unsealJson, type Bytes, type Key } from '../sealing/seal.ts'
import type { Entry } from './audit-record.ts'

/** With its entry of the log as a whole. */
type Kept = Handled & { readonly log: Entry }

const at = (commandId: string): Uint8Array => place('answer', commandId)

/**
 * Answers have a key of their own, since a refusal may belong to no stream. The digest is sealed with its answer: a plain one
 * would confirm a guess of what was typed.
 */
export const sealAnswer = (key: Key, { commandId, answer, digest }: Commit, log: Entry): Bytes =>
  sealJson(key, at(commandId), { answer, digest, log } satisfies Kept)

/** Authenticated by its seal: what comes out is what was put in. */
export function openAnswer(key: Key, commandId: string, sealed: Uint8Array): Handled {
  const { answer, digest } = unsealJson(key, at(commandId), sealed) as Kept
  return { answer, digest }
}

/** What a stored command says of the log. */
export const openEntry = (key: Key, id: string, sealed: Uint8Array): Entry =>
  (unsealJson(key, at(id), sealed) as Kept).log
