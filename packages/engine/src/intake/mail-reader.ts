import type { MessageId } from '@embargo/core'
import { outerHead } from '@embargo/mail'
import type { ParsedMail } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { readingAt } from '../keys/reading.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import type { FindKept } from '../keys/reading.ts'
import { Lru } from '../shared/lru.ts'

/** How many mails are kept. A card shows its mail within seconds after the mail was taken in. */
const MAX_KEPT = 32

/** How many Message-IDs are remembered: enough for the recent mails that we are likely to answer. */
const MAX_IDS = 2_000

/** Larger mails are not kept, so the kept ones take only a few megabytes. */
const MAX_KEPT_BYTES = 64 * 1024

/** Reads stored mails again. */
export type MailReader = {
  /** The mail; undefined if it is not stored, its reporter was erased, or it cannot be parsed. */
  read(message: MessageId): Promise<ParsedMail | undefined>
  /**
   * The Message-ID in the outer header of a mail, by which our answer refers to that mail. The mail is not decrypted
   * for this.
   */
  messageId(message: MessageId): Promise<string | undefined>
  /**
   * Keeps a mail as it was read at intake, so that the mail need not be decrypted again for its card. A second
   * decryption would take as long as all the other work on the mail.
   */
  keep(stored: Pick<SpooledMail, 'id' | 'raw'>, mail: ParsedMail): void
}

type Head = { readonly messageId?: string }

/** `findKept` finds the keys of other people, with which the signatures in a mail are checked. */
export function createMailReader(
  { spool, parser, ownKeys }: Pick<Deps, 'spool' | 'parser' | 'ownKeys'>,
  findKept: FindKept,
): MailReader {
  const kept = new Lru<MessageId, ParsedMail>(MAX_KEPT)
  const ids = new Lru<MessageId, Head>(MAX_IDS)
  return {
    async messageId(message) {
      const known = ids.get(message)
      if (known !== undefined) return known.messageId
      const stored = await spool.find(message)
      if (stored === undefined) return undefined
      const head = headOf(stored.raw)
      ids.set(message, head)
      return head.messageId
    },
    async read(message) {
      const stored = await spool.find(message)
      if (stored === undefined) kept.delete(message)
      if (stored === undefined) return undefined
      const known = kept.get(message)
      if (known !== undefined) return known
      // A quarantined mail cannot be parsed. That was reported when it arrived, so here the mail just has no content.
      return parser.parse(stored.raw, readingAt(ownKeys, stored.receivedAt, findKept)).catch(() => undefined)
    },
    keep({ id, raw }, mail) {
      ids.set(id, headOf(raw))
      // A mail that cannot be decrypted now may be readable once somebody imports a key.
      const isFinal = mail.protection.encryption !== 'unreadable'
      if (isFinal && sizeOf(mail) <= MAX_KEPT_BYTES) kept.set(id, mail)
    },
  }
}

function headOf(raw: Uint8Array): Head {
  const { messageId } = outerHead(raw)
  return messageId === undefined ? {} : { messageId }
}

function sizeOf({ text, quoted, attachments, headers }: ParsedMail): number {
  const fields = [...headers.values()].flat()
  const texts = [text, quoted, ...fields].reduce((sum, one) => sum + one.length, 0)
  return attachments.reduce((sum, { bytes }) => sum + bytes, texts)
}
