import type { EffectHandler } from '../context.ts'
import { OutsideError } from '../../ports/chat-platform.ts'
import { platformOf } from './case-channel.ts'
import { sealTranscript } from './transcript.ts'

/**
 * Stores the messages that a channel has so far. If the channel is gone, this is not reported as a failure here. When
 * the channel is archived, the messages are read again, and a failure is reported then.
 */
export const keepTalk: EffectHandler<'keep-talk'> = {
  kind: 'keep-talk',
  async perform(context) {
    const { effect, outside, begin, now } = context
    const { platform: name, channel } = effect
    await begin()
    try {
      const { from = now, ...transcript } = await sealTranscript(context, platformOf(outside, name))
      return {
        outcome: { is: 'talk-kept', platform: name, channel, transcript, from },
        evidence: `channel ${channel}, ${transcript.lines} messages kept`,
      }
    } catch (error) {
      // If the whole platform is unreachable, the channel is not gone: it comes back with the platform.
      if (!(error instanceof OutsideError) || error.gone === undefined || error.forAll) throw error
      return { outcome: { is: 'done' }, evidence: `channel ${channel} is ${error.gone}` }
    }
  },
}
