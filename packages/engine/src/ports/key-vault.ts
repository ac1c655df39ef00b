import type { ReporterId } from '@embargo/core'

/** What the rest of the program may do with keys. The wrapped keys themselves never leave the store. */
export type KeyVault = {
  /**
   * HMAC-SHA-256 with a key that is derived from the master key for the purpose: address tokens, message ids, repeated
   * reporters, link codes, the mark of the team's channel, or the marks of cases whose reporters have a known key.
   */
  mac(
    purpose: 'address-token' | 'message-id' | 'log-answer.address' | 'account-link' | 'intake-channel' | 'reporter-key',
    text: string,
  ): Uint8Array
  /** Destroys a reporter's key, and with it their identity. The log still verifies. */
  eraseReporter(reporter: ReporterId): Promise<void>
}
