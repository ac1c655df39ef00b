import type { QuarantineReason } from '@embargo/core'
import { MailError, quarantineReason } from '@embargo/mail'
import type { ParsedMail } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { knownKeys } from '../keys/known-keys.ts'
import type { KeptKey } from '../keys/known-keys.ts'
import { readingAt } from '../keys/reading.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import { DEATHS_FOR_ONE_MAIL, READER_TRIES } from './limits.ts'

/**
 * A stored mail's content with the keys that it was checked with, or why nobody can read it; `died`: its reader died, and everything else that waits comes
 * first.
 */
export type Reading =
  | { readonly is: 'read'; readonly mail: ParsedMail; readonly known: readonly KeptKey[] }
  | { readonly is: 'unreadable'; readonly because: QuarantineReason }

/**
 * Reads a stored mail. The program's deaths are counted only while a reader has it: a death before or after has other
 * causes, and an innocent mail must not be blamed. `deaths` counts the readers that died before.
 *
 * @throws anything that is not the mail's fault: it stays in the spool
 */
export async function readSpooled(
  deps: Deps,
  { id, raw, attempts, receivedAt, envelopeTo }: SpooledMail,
  deaths: number,
): Promise<Reading | { readonly is: 'died' }> {
  const { spool, parser, ownKeys } = deps
  if (attempts >= DEATHS_FOR_ONE_MAIL) return { is: 'unreadable', because: 'program-died' }
  // On a busy machine a reader takes seconds to start, which is not the mail's time.
  await parser.ready()
  const known = await knownKeys(deps, { envelopeTo })
  const reading = await readingAt(ownKeys, receivedAt, known)
  await spool.attempt(id)
  try {
    return { is: 'read', mail: await parser.parse(raw, reading), known }
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    if (error.code === 'parser-died' && deaths + 1 < READER_TRIES) return { is: 'died' }
    return { is: 'unreadable', because: quarantineReason(error) }
  } finally {
    // If the database fails here, one death too many is counted; the limit allows for that.
    await spool.survived(id)
  }
}
