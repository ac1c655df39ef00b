import { MAX_ADDRESS, MAX_LOCAL_PART } from './limits.ts'

// The addresses that we write to: RFC 5321 section 4.1.2 without quoted strings and address literals, but with UTF-8
// (RFC 6531). No character in them can end a header or an SMTP command.
const ADDRESS = /^[^\s\p{Cc}<>()[\]:;@\\,"]+@[^\s\p{Cc}<>()[\]:;@\\,"]+$/u

/** Whether this is a plain address that is safe in a header and an envelope. */
export function isAddress(text: string): boolean {
  return text.length <= MAX_ADDRESS && text.indexOf('@') <= MAX_LOCAL_PART && ADDRESS.test(text)
}

/** Splits an address at the @, with the domain in lower case. Undefined if it is not a plain address. */
export function splitAddress(address: string): { readonly local: string; readonly domain: string } | undefined {
  if (!isAddress(address)) return undefined
  const at = address.lastIndexOf('@')
  return { local: address.slice(0, at), domain: address.slice(at + 1).toLowerCase() }
}

/**
 * Whether two addresses are the same mailbox in practice. No provider distinguishes upper and lower case, although RFC
 * 5321 section 2.4 allows it.
 */
export function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/**
 * Whether mail for `address` is mail for us: whether it is one of our own addresses, with or without a plus tag. Upper
 * and lower case do not matter.
 */
export function isOwnAddress(address: string, own: readonly string[]): boolean {
  return own.some((ownAddress) => tagOf(address, ownAddress) !== undefined)
}

/**
 * Whether this is `postmaster` at one of our domains, or `postmaster` without a domain. RFC 5321 section 4.5.1 requires
 * that both are accepted.
 */
export function isPostmaster(address: string, own: readonly string[]): boolean {
  const lower = address.toLowerCase()
  return lower === 'postmaster' || own.some((one) => lower === `postmaster@${splitAddress(one)?.domain ?? ''}`)
}

/**
 * The plus tag of one of our addresses, in lower case. Empty if there is no tag; undefined if the address is not ours.
 */
export function tagOf(address: string, ownAddress: string): string | undefined {
  const addressParts = splitAddress(address.toLowerCase())
  const ownParts = splitAddress(ownAddress.toLowerCase())
  if (addressParts === undefined || ownParts === undefined || addressParts.domain !== ownParts.domain) return undefined
  if (addressParts.local === ownParts.local) return ''
  return addressParts.local.startsWith(`${ownParts.local}+`)
    ? addressParts.local.slice(ownParts.local.length + 1)
    : undefined
}
