import type { ReporterId } from '@embargo/core'

/** What the rest of the program may do with keys. The wrapped keys themselves never leave the store. */
export type KeyVault = {
  /**
   * HMAC-SHA-256 with a key that is derived from the master key, a different one for each purpose. `account-link` is
   * for the codes that link accounts, `intake-channel` for the mark of the team's channel, and `reporter-key` for the
   * marks by which cases are found (see `keyMarksOf`).
   */
  mac(
    purpose: 'address-token' | 'message-id' | 'account-link' | 'intake-channel' | 'reporter-key',
    text: string,
  ): Uint8Array
  /**
   * Destroys a reporter's key, so that nobody can read the reporter's identity any more. `EventStore.verify` still
   * accepts the log.
   */
  eraseReporter(reporter: ReporterId): Promise<void>
}
