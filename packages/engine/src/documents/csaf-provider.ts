import { providerFiles, SHARED_FILES } from '@embargo/documents'
import type { Delivery, TargetDocument } from '../ports/publication-target.ts'

/**
 * The files that accompany the CSAF documents of a delivery: the hashes of the documents, and the lists that all
 * releases share. Lines that such a list already has are kept.
 */
export async function csafProviderFiles(
  { documents, project, signingKey }: Pick<Delivery, 'documents' | 'project' | 'signingKey'>,
  textOf: (name: string) => Promise<string | undefined>,
): Promise<readonly TargetDocument[]> {
  const existing = new Map<string, string>()
  for (const name of SHARED_FILES) {
    const text = await textOf(name)
    if (text !== undefined) existing.set(name, text)
  }
  const { publisher, contact = project.address } = project
  const files = providerFiles({ documents, existing, publisher, contact, key: signingKey })
  return files.map(([name, text]) => ({ name, text }))
}
