import { BlobId, Sha256 } from '@embargo/core'
import type { Shown } from '@embargo/core'
import { z } from 'zod'
import { about } from '../option.ts'
import type { Place } from '../types.ts'

/** What a preview's button carries: exactly this was shown. */
export const shownOptions = () => ({
  digest: Sha256.exactOptional().register(about, { label: 'Digest', hidden: true, takes: 'named' }),
  blob: BlobId.exactOptional().register(about, { label: 'What was shown', hidden: true, takes: 'named' }),
  part: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .exactOptional()
    .register(about, { label: 'Part', hidden: true, takes: 'named' }),
})

/** What every command with a preview reads. */
export type ShownValues = { readonly digest?: Sha256; readonly blob?: BlobId; readonly part?: string }

/** Which part of a long preview, and whether it comes whole. */
export const howMuch = (values: { readonly part?: string }, place: Pick<Place, 'platform'>) => ({
  part: Number(values.part ?? 1),
  whole: place.platform === 'terminal',
})

/** Both, or nothing was shown yet. */
export function shownBy(values: {
  readonly digest?: Sha256
  readonly blob?: BlobId
}): Pick<Shown, 'digest' | 'blob'> | undefined {
  const { digest, blob } = values
  return digest === undefined || blob === undefined ? undefined : { digest, blob }
}
