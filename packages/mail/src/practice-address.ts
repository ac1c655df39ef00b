import { tagOf } from './address.ts'
import { plus } from './address-token.ts'
import { macMatches, shortMac } from './mac.ts'
import type { Mac } from './mac.ts'

const TAG = 'practice'
const SIGNED = 'practice:'

/**
 * The address for mails of practice cases. A report to this address counts as practice. The address is signed, and
 * only the program's own command line knows it. So a real report from somebody else cannot count as practice.
 */
export const makePracticeAddress = (own: string, mac: Mac): string => plus(own, `${TAG}.${shortMac(mac, SIGNED)}`)

/** Whether an address is one of ours with the signed tag for practice cases. */
export const isPracticeAddress = (address: string, own: readonly string[], mac: Mac): boolean =>
  own.some((ownAddress) => {
    const [tag, code, ...more] = tagOf(address, ownAddress)?.toLowerCase().split('.') ?? []
    return tag === TAG && code !== undefined && more.length === 0 && macMatches(mac, SIGNED, code)
  })
