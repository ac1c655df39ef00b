import type { QuarantineReason } from '@embargo/core'
import { MailError, quarantineReason } from '@embargo/mail'
import type { ParsedMail } from '@embargo/mail'
import type { Inside } from '../inside.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import { DEATHS_FOR_ONE_MAIL, READER_TRIES } from './limits.ts'

/** What a stored mail says, or why nobody can read it. */
export type Reading =
  | { readonly is: 'read'; readonly mail: ParsedMail }
  | { readonly is: 'unreadable'; readonly because: QuarantineReason }

/**
 * Reads a stored mail. The program's deaths are counted while a reader has it, and then alone: a death before or after
 * has other causes, and an innocent mail must not be taken for it.
 *
 * @throws whatever is not the mail's fault: it stays in the spool
 */
export async function readSpooled({ spool, parser }: Inside, { id, raw, attempts }: SpooledMail): Promise<Reading> {
  if (attempts >= DEATHS_FOR_ONE_MAIL) return { is: 'unreadable', because: 'program-died' }
  // A reader takes a while to start, on a busy machine seconds: not the mail's time.
  await parser.ready()
  await spool.attempt(id)
  try {
    return await read(parser, raw)
  } finally {
    // Where the database fails here, one death too many is counted; the bound leaves room for it.
    await spool.survived(id)
  }
}

/** Once more when it ended its reader: the machine may have taken the reader's memory for somebody else. */
async function read(parser: Inside['parser'], raw: Uint8Array): Promise<Reading> {
  for (let tries = 1; ; tries += 1) {
    try {
      return { is: 'read', mail: await parser.parse(raw) }
    } catch (error) {
      if (!(error instanceof MailError)) throw error
      if (error.code !== 'parser-died' || tries >= READER_TRIES)
        return { is: 'unreadable', because: quarantineReason(error) }
    }
  }
}
