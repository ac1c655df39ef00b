import type { QuarantineReason } from '@embargo/core'
import { MailError, quarantineReason } from '@embargo/mail'
import type { ParsedMail } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import { DEATHS_FOR_ONE_MAIL, READER_TRIES } from './limits.ts'

/** What a stored mail says, or why nobody can read it; `died`: its reader ended, and what else waits comes first. */
export type Reading =
  | { readonly is: 'read'; readonly mail: ParsedMail }
  | { readonly is: 'unreadable'; readonly because: QuarantineReason }

/**
 * Reads a stored mail. The program's deaths are counted while a reader has it, and then alone: a death before or after
 * has other causes, and an innocent mail must not be taken for it. `deaths` of its readers were seen before.
 *
 * @throws whatever is not the mail's fault: it stays in the spool
 */
export async function readSpooled(
  { spool, parser }: Deps,
  { id, raw, attempts }: SpooledMail,
  deaths: number,
): Promise<Reading | { readonly is: 'died' }> {
  if (attempts >= DEATHS_FOR_ONE_MAIL) return { is: 'unreadable', because: 'program-died' }
  // A reader takes a while to start, on a busy machine seconds: not the mail's time.
  await parser.ready()
  await spool.attempt(id)
  try {
    return { is: 'read', mail: await parser.parse(raw) }
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    if (error.code === 'parser-died' && deaths + 1 < READER_TRIES) return { is: 'died' }
    return { is: 'unreadable', because: quarantineReason(error) }
  } finally {
    // Where the database fails here, one death too many is counted; the bound leaves room for it.
    await spool.survived(id)
  }
}
