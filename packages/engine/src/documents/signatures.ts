import type { Instant } from '@embargo/core'
import { isCsafDocument, signaturePath } from '@embargo/documents'
import { signDetached } from '@embargo/mail'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { currentKey } from '../keys/project-keys.ts'
import type { Deps } from '../deps.ts'
import type { Delivery } from '../ports/publication-target.ts'

/**
 * Adds a signature for each CSAF document to the delivery, if the policy says where readers can fetch the project's
 * key.
 *
 * @throws CannotPerform if the key cannot sign now
 */
export async function withSignatures(
  { ownKeys }: Pick<Deps, 'ownKeys'>,
  delivery: Delivery,
  at: Instant,
): Promise<Delivery> {
  const url = delivery.project.publisher?.key
  const signed = delivery.documents.filter(({ name }) => isCsafDocument(name))
  if (url === undefined || signed.length === 0) return delivery
  const own = await currentKey(ownKeys, delivery.project)
  if (own === undefined)
    throw new CannotPerform(
      'The policy names a key for the records (publisher.key), but the project has none here. Make it with "embargo keys", or leave that setting out.',
    )
  const signingKey = { url, fingerprint: own.fingerprint }
  // Later attempts reuse the signatures of the first.
  if (delivery.documents.some(({ name }) => signed.some((one) => name === signaturePath(one.name))))
    return { ...delivery, signingKey }
  try {
    const signatures = await Promise.all(
      signed.map(async ({ name, text }) => ({
        name: signaturePath(name),
        text: await signDetached(new TextEncoder().encode(text), own.secret, at),
      })),
    )
    return { ...delivery, signingKey, documents: [...delivery.documents, ...signatures] }
  } catch (error) {
    throw new CannotPerform(
      'The records could not be signed: the key of the project has expired, or its signing part is missing. Look at the key with "embargo keys"; if it has expired, extend it with "embargo keys extend". Then try this again.',
      { cause: error },
    )
  }
}
