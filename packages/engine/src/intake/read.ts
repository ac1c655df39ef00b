import type { QuarantineReason } from '@embargo/core'
import { MailError, quarantineReason } from '@embargo/mail'
import type { ParsedMail } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { keysOfSender, keysWithIds, knownKeys, presentKeys } from '../keys/known-keys.ts'
import type { KeptKey } from '../keys/known-keys.ts'
import { readingAt } from '../keys/reading.ts'
import { safeError } from '../shared/safe-error.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import { DEATHS_FOR_ONE_MAIL, READER_TRIES } from './limits.ts'

/** The content of a stored mail with the keys with which it was checked, or why it is unreadable. */
export type Reading =
  | { readonly is: 'read'; readonly mail: ParsedMail; readonly known: readonly KeptKey[] }
  | { readonly is: 'unreadable'; readonly because: QuarantineReason }

/**
 * Reads a stored mail. `deaths`: how many parsers this mail has crashed before. The result `died`: the mail has now
 * crashed another parser, and must be read again after all other mails. A crash of the whole program counts against the
 * mail only if the mail is being parsed at that time.
 *
 * @throws errors that are not the mail's fault; the mail stays in the spool
 */
export async function readSpooled(
  deps: Deps,
  { id, raw, attempts, receivedAt, envelopeTo }: SpooledMail,
  deaths: number,
): Promise<Reading | { readonly is: 'died' }> {
  const { spool, parser, ownKeys, log } = deps
  if (attempts >= DEATHS_FOR_ONE_MAIL) return { is: 'unreadable', because: 'program-died' }
  // On a busy machine a parser takes seconds to start, which must not count towards the time limit of the mail.
  await parser.ready()
  const known = [...(await knownKeys(deps, { envelopeTo, raw }))]
  const reading = readingAt(ownKeys, receivedAt, async (ids) => {
    known.push(...(await keysWithIds(deps, ids)))
    const named = known.filter(({ key }) => key.keyIds.some((id) => ids.includes(id)))
    // The same key may be known from several cases, and is tried once.
    return [...new Map(named.map((one) => [one.key.file, one])).values()]
  })
  await spool.attempt(id)
  try {
    const mail = await parser.parse(raw, reading)
    deps.keepMail({ id, raw }, mail)
    return { is: 'read', mail, known: presentKeys([...known, ...(await keysOfSender(deps, mail))]) }
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    if (error.code === 'parser-died' && deaths + 1 < READER_TRIES) return { is: 'died' }
    return { is: 'unreadable', because: quarantineReason(error) }
  } finally {
    // This write undoes the count of `attempt`, and nothing waits for it. If the write fails, the mail stays counted as
    // if it had crashed the program. The limit `DEATHS_FOR_ONE_MAIL` allows for such a wrong count.
    spool.survived(id).catch((error: unknown) => {
      log.error('a mail was read, but the attempt still counts as a crash of the program', {
        message: id,
        ...safeError(error),
      })
    })
  }
}
