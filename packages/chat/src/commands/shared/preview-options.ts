import { BlobId, Sha256 } from '@embargo/core'
import type { Rendering } from '@embargo/core'
import { z } from 'zod'
import { casesInView, isRedacted } from '../../redact/policy.ts'
import type { CaseCall } from '../../chat-command.ts'
import { about } from '../../option.ts'

/** Which part of a long text to show. */
export const partOption = () =>
  z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .exactOptional()
    .register(about, { label: 'Part', hidden: true, takes: 'named' })

/**
 * The options by which the button of a preview identifies exactly what the caller saw: a digest, and a reference to the
 * stored content.
 */
export const previewOptions = () => ({
  digest: Sha256.exactOptional().register(about, { label: 'Digest', hidden: true, takes: 'named' }),
  blob: BlobId.exactOptional().register(about, { label: 'What was shown', hidden: true, takes: 'named' }),
  part: partOption(),
})

/** The options that every command with a preview has. */
export type PreviewValues = { readonly digest?: Sha256; readonly blob?: BlobId; readonly part?: string }

/**
 * Which part of a long preview to show. A terminal shows the whole preview at once. If the policy keeps content out of
 * chat, the card shows no content, so nothing is split.
 */
export const previewExtent = ({ values, invocation, engine, case: seen }: CaseCall<{ readonly part?: string }>) => {
  const { platform } = invocation.place
  const shown = { platform, policy: engine.policy.policy, cases: casesInView(seen) }
  return { part: Number(values.part ?? 1), whole: platform === 'terminal' || isRedacted(shown) }
}

/** The reference to what was shown; undefined unless the button carried both the digest and the blob. */
export function previewRef(values: {
  readonly digest?: Sha256
  readonly blob?: BlobId
}): Pick<Rendering, 'digest' | 'blob'> | undefined {
  const { digest, blob } = values
  return digest === undefined || blob === undefined ? undefined : { digest, blob }
}
