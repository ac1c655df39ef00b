import { MailError } from '@embargo/mail'
import type { ParsedMail } from '@embargo/mail'
import type { Inside } from '../inside.ts'
import { READER_TRIES } from './limits.ts'

/**
 * A mail made readable. Once more when it ended its reader: the machine may have taken the reader's memory for somebody
 * else.
 *
 * @throws MailError when the mail is to blame; anything else is not its fault
 */
export async function readMail({ parser }: Pick<Inside, 'parser'>, raw: Uint8Array): Promise<ParsedMail> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await parser.parse(raw)
    } catch (error) {
      if (!(error instanceof MailError) || error.code !== 'parser-died' || tries >= READER_TRIES) throw error
    }
  }
}
