import type { BlobId, Sha256 } from '@embargo/core'
import { policyFor } from '@embargo/core'
import type { EffectContext, EffectHandler } from '../dispatch/context.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import { platformOf } from './channel-of.ts'

/** What was said is kept first: afterwards the platform may let nobody read it, us neither. */
export const archiveChannel: EffectHandler<'archive-channel'> = {
  kind: 'archive-channel',
  async perform(context) {
    const { effect, outside, begin } = context
    const platform = platformOf(outside, effect.platform)
    const transcript = await kept(context, platform)
    await begin()
    await platform.archiveChannel({ channel: effect.channel })
    const { channel } = effect
    return {
      outcome: {
        is: 'channel-archived',
        platform: effect.platform,
        channel,
        ...(transcript === undefined ? {} : { transcript }),
      },
      evidence: `channel ${channel}${transcript === undefined ? '' : `, ${transcript.lines} messages kept`}`,
    }
  },
}

type Kept = { readonly blob: BlobId; readonly sha256: Sha256; readonly lines: number }

async function kept(
  { effect, world, policy, inside }: EffectContext<'archive-channel'>,
  platform: ChatPlatform,
): Promise<Kept | undefined> {
  const state = world.case
  if (state === undefined || policyFor(policy.policy, state).chat.transcript === 'not-kept') return undefined
  const lines = await platform.transcript({ channel: effect.channel })
  const bytes = new TextEncoder().encode(JSON.stringify({ transcript: lines }))
  return { ...(await inside.blobs.put(effect.case, bytes)), lines: lines.length }
}
