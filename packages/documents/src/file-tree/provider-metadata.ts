import type { Publisher } from '../record.ts'
import { objectIn } from '../checks/json.ts'
import { CSAF_FOLDER } from '../records/csaf/csaf-path.ts'

/** The file in which programs find the folder's address and its publisher (CSAF 2.0, section 7.1.7). */
export const PROVIDER = `${CSAF_FOLDER}/provider-metadata.json`

/** The key that signs the documents: where it can be fetched, and its fingerprint. */
export type SigningKey = { readonly url: string; readonly fingerprint: string }

type Provider = {
  readonly publisher: Publisher | undefined
  readonly contact: string
  /** When a document last changed, epoch milliseconds. */
  readonly updated: number
  readonly key?: SigningKey | undefined
}

/** The web address of the provider's metadata. `records`: the web address at which the folder is served. */
export const providerAddress = (records: string): string => `${records.replace(/\/$/u, '')}/${PROVIDER}`

/**
 * The metadata of the provider, if the policy says where the folder is served. A provider who signs counts as trusted.
 * A person may have added to an existing file, so everything in the file is kept except `last_updated`.
 */
export function providerMetadata(
  { publisher, contact, updated, key }: Provider,
  existing: string | undefined,
): string | undefined {
  if (publisher?.records === undefined) return undefined
  const { name, namespace, records } = publisher
  const metadata = {
    canonical_url: providerAddress(records),
    distributions: [{ directory_url: `${records.replace(/\/$/u, '')}/${CSAF_FOLDER}` }],
    list_on_CSAF_aggregators: true,
    metadata_version: '2.0',
    mirror_on_CSAF_aggregators: true,
    ...(key === undefined ? {} : { public_openpgp_keys: [{ fingerprint: key.fingerprint, url: key.url }] }),
    publisher: { category: 'vendor', contact_details: contact, name, namespace },
    role: key === undefined ? 'csaf_provider' : 'csaf_trusted_provider',
    ...(existing === undefined ? {} : objectIn(existing)),
    last_updated: new Date(updated).toISOString(),
  }
  return `${JSON.stringify(metadata, undefined, 2)}\n`
}
