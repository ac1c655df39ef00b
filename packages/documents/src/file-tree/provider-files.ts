import type { Publisher } from '../record.ts'
import { stringsOf, valueAt } from '../checks/json.ts'
import { CSAF_FOLDER } from '../records/csaf/csaf-path.ts'
import { CHANGES, csafChanges, csafHashes, csafIndex, INDEX } from './csaf-listing.ts'
import { PROVIDER, providerMetadata } from './provider-metadata.ts'
import type { SigningKey } from './provider-metadata.ts'

/** The files that all releases share. Each release adds its lines to them. */
export const SHARED_FILES: readonly string[] = [INDEX, CHANGES, PROVIDER]

type Provider = {
  /** All documents of a publication. Those that are not CSAF documents are ignored. */
  readonly documents: readonly { readonly name: string; readonly text: string }[]
  /** The text of each shared file that already exists, by the path of the file. */
  readonly existing: ReadonlyMap<string, string>
  readonly publisher: Publisher | undefined
  readonly contact: string
  /** The key with which a trusted provider signs. */
  readonly key?: SigningKey | undefined
}

/**
 * The files that a CSAF provider has beside its documents (CSAF 2.0, section 7.1): the hashes of each document, the
 * list of all documents, the list of their changes and, if the folder is served, the metadata of the provider.
 */
export function providerFiles({
  documents,
  existing,
  publisher,
  contact,
  key,
}: Provider): readonly (readonly [path: string, text: string])[] {
  const files = documents.flatMap(({ name: path, text }) => {
    if (!isCsafDocument(path)) return []
    const [at = ''] = stringsOf(valueAt(JSON.parse(text), ['document', 'tracking', 'current_release_date']))
    return [{ path, text, at: Date.parse(at) }]
  })
  if (files.length === 0) return []
  const updated = Math.max(...files.map(({ at }) => at))
  const metadata = providerMetadata({ publisher, contact, updated, key }, existing.get(PROVIDER))
  return [
    ...files.flatMap(csafHashes),
    [INDEX, csafIndex(files, existing.get(INDEX))],
    [CHANGES, csafChanges(files, existing.get(CHANGES))],
    ...(metadata === undefined ? [] : [[PROVIDER, metadata] as const]),
  ]
}

/** Whether the path leads to a CSAF document in the folder of its year. A trusted provider signs such documents. */
export const isCsafDocument = (path: string): boolean =>
  new RegExp(String.raw`^${CSAF_FOLDER}/\d{4}/[^/]+\.json$`, 'u').test(path)

/** The path of a file's signature, which is beside the file. */
export const signaturePath = (path: string): string => `${path}.asc`
