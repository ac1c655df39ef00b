import { timingSafeEqual } from 'node:crypto'
import { base32 } from './base32.ts'

/** Computes a keyed hash (HMAC-SHA-256). This function comes from the key vault and already contains the key. */
export type Mac = (text: string) => Uint8Array

/** 16 characters of base 32 are 80 bits: too many to guess by mail, even at a thousand guesses a second. */
export const MAC_CHARACTERS = 16

/** The short form of a mac that fits into addresses and Message-IDs. */
export function shortMac(mac: Mac, text: string): string {
  return base32(mac(text)).slice(0, MAC_CHARACTERS)
}

export const macMatches = (mac: Mac, text: string, given: string): boolean =>
  sameText(shortMac(mac, text), given.toLowerCase())

/** Compares in constant time, so the delay of an answer does not show how much of a guess was right. */
export function sameText(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}
