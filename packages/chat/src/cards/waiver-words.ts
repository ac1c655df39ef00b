import type { WaivableGate } from '@embargo/core'

/** What each waiver lets people do. The name of a waiver, such as `fix`, is shown only where people type this name. */
export const WAIVED: Readonly<Record<WaivableGate, string>> = {
  'reporter-check': 'go on without the reporter’s check',
  fix: 'go on without a checked patch',
  cve: 'tell recipients before there is a CVE id',
  notice: 'give a list less notice than promised',
  hours: 'release outside the usual hours',
  'plain-text': 'mail recipients unencrypted',
  credit: 'publish without asking about credit',
  wording: 'publish a sentence that the wording check refused',
}
