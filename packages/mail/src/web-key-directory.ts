import { createHash } from 'node:crypto'
import { splitAddress } from './address.ts'
import { domainName } from './domain-checks/domain-name.ts'
import { zBase32 } from './z-base-32.ts'

/**
 * A place where the key of an address may be: a host and the path of a folder on it. The path has no slash at its
 * beginning or end.
 */
export type DirectoryPlace = { readonly host: string; readonly folder: string }

export type DirectoryPlaces = {
  /**
   * The advanced method of draft-koch-openpgp-webkey-service: the host `openpgpkey` below the domain of the address.
   */
  readonly advanced: DirectoryPlace
  /** The direct method: the domain of the address itself. It is used if there is no host `openpgpkey`. */
  readonly direct: DirectoryPlace
  /** The name of the key's file. At both places it is in the subfolder `hu`. */
  readonly file: string
  /** The part of the address before the @, unchanged, for servers that compute the name of the file from it. */
  readonly local: string
}

const ROOT = '.well-known/openpgpkey'

/** Where a Web Key Directory has the key of an address (draft-koch-openpgp-webkey-service section 3.1). */
export function directoryPlaces(address: string): DirectoryPlaces | undefined {
  const local = splitAddress(address)?.local
  const domain = domainName(address)
  if (local === undefined || domain === undefined) return undefined
  return {
    advanced: { host: `openpgpkey.${domain}`, folder: `${ROOT}/${domain}` },
    direct: { host: domain, folder: ROOT },
    file: zBase32(createHash('sha1').update(lowerCase(local)).digest()),
    local,
  }
}

/** Changes only ASCII letters, so every implementation computes the same name. */
const lowerCase = (text: string): string => text.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase())
