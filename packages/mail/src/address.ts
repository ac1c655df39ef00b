import { MAX_ADDRESS, MAX_LOCAL_PART } from './limits.ts'

// RFC 5321 section 4.1.2 without quoted strings and literals, with UTF-8 (RFC 6531). We do not write to stranger addresses,
// so no character in one can end a header or a command.
const ADDRESS = /^[^\s\p{Cc}<>()[\]:;@\\,"]+@[^\s\p{Cc}<>()[\]:;@\\,"]+$/u

/** Whether this is a plain address that is safe in a header and an envelope. */
export function isAddress(text: string): boolean {
  return text.length <= MAX_ADDRESS && text.indexOf('@') <= MAX_LOCAL_PART && ADDRESS.test(text)
}

/** Splits at the @; undefined if it is no plain address. The domain is returned in lower case. */
export function splitAddress(address: string): { readonly local: string; readonly domain: string } | undefined {
  if (!isAddress(address)) return undefined
  const at = address.lastIndexOf('@')
  return { local: address.slice(0, at), domain: address.slice(at + 1).toLowerCase() }
}

/**
 * The same mailbox in practice: no provider distinguishes upper and lower case, although RFC 5321 section 2.4 allows
 * it.
 */
export function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/**
 * Whether mail for `address` is mail for us: one of our own addresses, with or without a plus tag.
 * Case does not matter.
 */
export function isOwnAddress(address: string, own: readonly string[]): boolean {
  return own.some((ownAddress) => tagOf(address, ownAddress) !== undefined)
}

/**
 * Whether this is the postmaster of one of our domains, or of none: both must be accepted (RFC 5321 section 4.5.1).
 */
export function isPostmaster(address: string, own: readonly string[]): boolean {
  const lower = address.toLowerCase()
  return lower === 'postmaster' || own.some((one) => lower === `postmaster@${splitAddress(one)?.domain ?? ''}`)
}

/** The plus tag of an address below one of ours, in lower case; empty without a tag, undefined for a stranger's. */
export function tagOf(address: string, ownAddress: string): string | undefined {
  const addressParts = splitAddress(address.toLowerCase())
  const ownParts = splitAddress(ownAddress.toLowerCase())
  if (addressParts === undefined || ownParts === undefined || addressParts.domain !== ownParts.domain) return undefined
  if (addressParts.local === ownParts.local) return ''
  return addressParts.local.startsWith(`${ownParts.local}+`)
    ? addressParts.local.slice(ownParts.local.length + 1)
    : undefined
}
