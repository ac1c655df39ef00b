import type { Settings } from '@embargo/engine'
import type { SMTPServerSession } from 'smtp-server'

/** The most sizes that are remembered. Each takes a few bytes. */
const MAX_SIZES = 1_000

/** The most recipients that one mail may have. */
const MAX_RECIPIENTS = 20

/**
 * Remembers, for each mail that is being received, the recipients for whom we answered 452 (try again later). A
 * recipient who got a 452 and a recipient who was accepted may have the same address before the `+`. Then the mail is
 * stored for both. The sender will deliver the mail again to the recipient who got the 452, and this second delivery
 * must not open a second case.
 */
export type PutOff = {
  add(session: SMTPServerSession, address: string): void
  /**
   * The recipients who got a 452 in this transaction and have the same address before the `+` as an accepted recipient.
   */
  of(session: SMTPServerSession, accepted: readonly string[]): readonly string[]
  /**
   * Remembers the size of a mail that was stored for accepted recipients and also for recipients who got a 452. If
   * there are settings, the size is remembered even after a restart.
   */
  stored(bytes: number): Promise<void>
  /**
   * Whether a mail of this size may be a repeated delivery. A repeated delivery has only some of the recipients for
   * whom the first delivery was stored.
   */
  mayRepeat(bytes: number): boolean
}

/** Turns `security+case@example.org` into `security@example.org`. */
const withoutExtension = (address: string): string => address.toLowerCase().replace(/\+[^@]*(?=@)/u, '')

/** The name of the setting that contains the sizes. */
const SETTING = 'put-off-sizes'

const sizesIn = (kept: unknown): readonly number[] =>
  Array.isArray(kept) ? kept.filter((size) => Number.isSafeInteger(size)).slice(-MAX_SIZES) : []

export async function createPutOff(settings: Settings | undefined): Promise<PutOff> {
  const recipients = new WeakMap<SMTPServerSession, { readonly transaction: number; readonly to: Set<string> }>()
  const sizes = new Set(sizesIn(await settings?.read(SETTING)))
  const present = (session: SMTPServerSession): Set<string> => {
    const known = recipients.get(session)
    if (known?.transaction === session.transaction) return known.to
    const to = new Set<string>()
    recipients.set(session, { transaction: session.transaction, to })
    return to
  }
  return {
    add(session, address) {
      const to = present(session)
      if (to.size < MAX_RECIPIENTS) to.add(address)
    },
    of(session, accepted) {
      const bases = new Set(accepted.map(withoutExtension))
      return [...present(session)].filter((address) => bases.has(withoutExtension(address)))
    },
    async stored(bytes) {
      sizes.delete(bytes)
      sizes.add(bytes)
      const [oldest] = sizes
      if (oldest !== undefined && sizes.size > MAX_SIZES) sizes.delete(oldest)
      await settings?.write(SETTING, [...sizes])
    },
    mayRepeat: (bytes) => sizes.has(bytes),
  }
}
