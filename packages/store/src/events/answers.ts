import type { Commit, HandledCommand } from '@embargo/engine'
import { place, sealJson, unsealJson, type Bytes, type Key } from '../sealing/seal.ts'
import type { AuditRecord } from './audit-record.ts'

type StoredAnswer = HandledCommand & { readonly log: AuditRecord }

const at = (commandId: string): Uint8Array => place('answer', commandId)

/**
 * Seals an answer with the digest of its request. Answers are not sealed with the key of a stream but with a key of
 * their own, because a refusal may belong to no stream. The digest is sealed too, because somebody could use it to
 * check a guess of what was typed.
 */
export const sealAnswer = (key: Key, { commandId, answer, digest }: Commit, log: AuditRecord): Bytes =>
  sealJson(key, at(commandId), { answer, digest, log } satisfies StoredAnswer)

/** The content is not validated, because the seal guarantees that we wrote it. */
export function openAnswer(key: Key, commandId: string, sealed: Uint8Array): HandledCommand {
  const { answer, digest } = unsealJson(key, at(commandId), sealed) as StoredAnswer
  return { answer, digest }
}

export const openAuditRecord = (key: Key, id: string, sealed: Uint8Array): AuditRecord =>
  (unsealJson(key, at(id), sealed) as StoredAnswer).log
