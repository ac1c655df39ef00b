import type { WaivableGate } from '@embargo/core'

/** What a waiver lets people do. Its name is shown only where it is typed. */
export const WAIVED: Readonly<Record<WaivableGate, string>> = {
  'reporter-check': 'go on without the reporter’s check',
  fix: 'go on without a checked patch',
  cve: 'tell recipients without a CVE id',
  notice: 'give other notice than the list was promised',
  hours: 'release outside the usual hours',
  'plain-text': 'mail recipients unencrypted',
  credit: 'publish without asking about credit',
}
