import { oneLine } from '@embargo/core'
import { providerAddress } from '../file-tree/provider-metadata.ts'

const DAY_MS = 86_400_000

/** How long the file is valid: eleven months. RFC 9116, section 2.5.5, recommends less than a year. */
const VALID_DAYS = 334

/** What a project tells people who want to report a vulnerability. */
export type SecurityTxtFields = {
  /** The address that takes reports. */
  readonly address: string
  /** When the file is written, epoch milliseconds. */
  readonly now: number
  /** The web address of the OpenPGP key to which reports can be encrypted. */
  readonly key?: string | undefined
  /** The web address under which the file tree of the records is served. */
  readonly records?: string | undefined
}

/** The `security.txt` of a project (RFC 9116). */
export function securityTxt({ address, now, key, records }: SecurityTxtFields): string {
  const lines = [
    `Contact: mailto:${oneLine(address)}`,
    `Expires: ${securityTxtExpires(now)}`,
    ...(key === undefined ? [] : [`Encryption: ${oneLine(key)}`]),
    'Preferred-Languages: en',
    ...(records === undefined ? [] : [`CSAF: ${providerAddress(oneLine(records))}`]),
  ]
  return `${lines.join('\n')}\n`
}

/** When a file that is written at `now` expires: the first second of a day in UTC. */
export const securityTxtExpires = (now: number): string =>
  `${new Date(now + VALID_DAYS * DAY_MS).toISOString().slice(0, 10)}T00:00:00Z`
