import type { BlobId, Instant, Sha256 } from '@embargo/core'
import type { EffectContext } from '../context.ts'
import type { ChatPlatform } from '../../ports/chat-platform.ts'

export type SealedTranscript = {
  readonly blob: BlobId
  readonly sha256: Sha256
  readonly lines: number
  /** When the first message of the transcript was written. */
  readonly from?: Instant
}

/** Encrypts and stores the messages of a channel with the key of the case. */
export async function sealTranscript(
  { effect, deps }: EffectContext<'archive-channel' | 'keep-talk'>,
  platform: ChatPlatform,
): Promise<SealedTranscript> {
  const lines = await platform.transcript({ channel: effect.channel })
  const bytes = new TextEncoder().encode(JSON.stringify({ transcript: lines }))
  const [first] = lines
  return {
    ...(await deps.blobs.put(effect.case, bytes)),
    lines: lines.length,
    ...(first === undefined ? {} : { from: first.at }),
  }
}
