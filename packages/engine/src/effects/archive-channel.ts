import type { BlobId, Sha256 } from '@embargo/core'
import { policyFor } from '@embargo/core'
import type { EffectContext, EffectHandler } from '../dispatch/context.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import { CannotPerform } from '../dispatch/trouble.ts'
import { OutsideError } from '../ports/chat-platform.ts'
import { platformOf } from './channel-of.ts'
import { sealTalk } from './seal-talk.ts'

/**
 * What was said is kept first: afterwards the platform may let nobody read it, us neither. A channel that is gone needs no
 * closing.
 *
 * @throws CannotPerform when it is out of our reach and what was said in it is to be kept: a person may let us in again
 */
export const archiveChannel: EffectHandler<'archive-channel'> = {
  kind: 'archive-channel',
  async perform(context) {
    const { effect, outside, begin } = context
    const { platform: name, channel } = effect
    const platform = platformOf(outside, name)
    try {
      const transcript = await kept(context, platform)
      await begin()
      await platform.archiveChannel({ channel })
      return {
        outcome: {
          is: 'channel-archived',
          platform: name,
          channel,
          ...(transcript === undefined ? {} : { transcript }),
        },
        evidence: `channel ${channel}${transcript === undefined ? '' : `, ${transcript.lines} messages kept`}`,
      }
    } catch (error) {
      // Where the whole platform is away, it comes back with its channels.
      if (!(error instanceof OutsideError) || error.gone === undefined || error.forAll) throw error
      if (error.gone !== 'deleted' && isToBeKept(context)) throw new CannotPerform(error.message)
      return {
        outcome: { is: 'channel-archived', platform: name, channel },
        evidence: `channel ${channel} was ${error.gone}`,
      }
    }
  },
}

type Kept = { readonly blob: BlobId; readonly sha256: Sha256; readonly lines: number }

const isToBeKept = ({ world, policy }: EffectContext<'archive-channel'>): boolean =>
  world.case !== undefined && policyFor(policy.policy, world.case).chat.transcript !== 'not-kept'

async function kept(context: EffectContext<'archive-channel'>, platform: ChatPlatform): Promise<Kept | undefined> {
  if (!isToBeKept(context)) return undefined
  const { from: _from, ...transcript } = await sealTalk(context, platform)
  return transcript
}
