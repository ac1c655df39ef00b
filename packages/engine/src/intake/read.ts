import type { QuarantineReason } from '@embargo/core'
import { MailError, quarantineReason } from '@embargo/mail'
import type { ParsedMail } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { readingAt } from '../keys/reading.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import { DEATHS_FOR_ONE_MAIL, READER_TRIES } from './limits.ts'

/**
 * A stored mail's content, or why nobody can read it; `died`: its reader died, and everything else that waits comes
 * first.
 */
export type Reading =
  | { readonly is: 'read'; readonly mail: ParsedMail }
  | { readonly is: 'unreadable'; readonly because: QuarantineReason }

/**
 * Reads a stored mail. The program's deaths are counted only while a reader has it: a death before or after has other
 * causes, and an innocent mail must not be blamed. `deaths` counts the readers that died before.
 *
 * @throws anything that is not the mail's fault: it stays in the spool
 */
export async function readSpooled(
  { spool, parser, ownKeys }: Deps,
  { id, raw, attempts, receivedAt }: SpooledMail,
  deaths: number,
): Promise<Reading | { readonly is: 'died' }> {
  if (attempts >= DEATHS_FOR_ONE_MAIL) return { is: 'unreadable', because: 'program-died' }
  // On a busy machine a reader takes seconds to start, which is not the mail's time.
  await parser.ready()
  const reading = await readingAt(ownKeys, receivedAt)
  await spool.attempt(id)
  try {
    return { is: 'read', mail: await parser.parse(raw, reading) }
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    if (error.code === 'parser-died' && deaths + 1 < READER_TRIES) return { is: 'died' }
    return { is: 'unreadable', because: quarantineReason(error) }
  } finally {
    // If the database fails here, one death too many is counted; the limit allows for that.
    await spool.survived(id)
  }
}
