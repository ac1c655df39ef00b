import { providerFiles, SHARED_FILES } from '@embargo/documents'
import type { Delivery, TargetDocument } from '../ports/publication-target.ts'

/**
 * The files beside the CSAF documents of a delivery: their hashes, and the lists that all releases share. A list keeps
 * the lines that it already has in the folder.
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
