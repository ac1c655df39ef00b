import { BlobId, Sha256 } from '@embargo/core'
import type { Shown } from '@embargo/core'
import { about } from '../option.ts'

/** What a preview's button carries: exactly this was shown. */
export const shownOptions = () => ({
  digest: Sha256.exactOptional().register(about, { label: 'Digest', hidden: true, takes: 'named' }),
  blob: BlobId.exactOptional().register(about, { label: 'What was shown', hidden: true, takes: 'named' }),
})

/** Both, or nothing was shown yet. */
export function shownBy(values: { readonly digest?: Sha256; readonly blob?: BlobId }): Shown | undefined {
  const { digest, blob } = values
  return digest === undefined || blob === undefined ? undefined : { digest, blob }
}
