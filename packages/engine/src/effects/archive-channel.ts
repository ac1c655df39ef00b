import { BlobId, policyFor, Sha256 } from '@embargo/core'
import type { EffectContext, EffectHandler, Performed } from '../dispatch/context.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import { CannotPerform } from '../dispatch/trouble.ts'
import { OutsideError } from '../ports/chat-platform.ts'
import { platformOf } from './channel-of.ts'
import { sealTalk } from './seal-talk.ts'

/**
 * What was said is kept first: afterwards the platform may let nobody read it, us neither. Which blob that is stands with
 * the effect before the channel is touched, for the next attempt, which may find that the one before did close it. A
 * channel that is gone needs no closing.
 *
 * @throws CannotPerform when it is out of our reach and what was said in it is to be kept, and was never read: a person may
 *   let us in again
 */
export const archiveChannel: EffectHandler<'archive-channel'> = {
  kind: 'archive-channel',
  async perform(context) {
    const { effect, outside, rendered, keepRendered, begin } = context
    const { platform: name, channel } = effect
    const platform = platformOf(outside, name)
    const keeps = isToBeKept(context)
    let transcript = !keeps || rendered === undefined ? undefined : readKept(rendered)
    try {
      if (keeps) {
        transcript = await kept(context, platform)
        await keepRendered(writeKept(transcript))
      }
      await begin()
      await platform.archiveChannel({ channel })
      return archived(context, { transcript, found: '' })
    } catch (error) {
      // Where the whole platform is away, it comes back with its channels.
      if (!(error instanceof OutsideError) || error.gone === undefined || error.forAll) throw error
      if (error.gone !== 'deleted' && keeps && transcript === undefined) throw new CannotPerform(error.message)
      return archived(context, { transcript, found: ` was ${error.gone}` })
    }
  },
}

type Kept = { readonly blob: BlobId; readonly sha256: Sha256; readonly lines: number }

const archived = (
  { effect: { platform, channel } }: EffectContext<'archive-channel'>,
  { transcript, found }: { readonly transcript: Kept | undefined; readonly found: string },
): Performed => ({
  outcome: { is: 'channel-archived', platform, channel, ...(transcript === undefined ? {} : { transcript }) },
  evidence: `channel ${channel}${found}${transcript === undefined ? '' : `, ${transcript.lines} messages kept`}`,
})

const isToBeKept = ({ world, policy }: EffectContext<'archive-channel'>): boolean =>
  world.case !== undefined && policyFor(policy.policy, world.case).chat.transcript !== 'not-kept'

async function kept(context: EffectContext<'archive-channel'>, platform: ChatPlatform): Promise<Kept> {
  const { from: _from, ...transcript } = await sealTalk(context, platform)
  return transcript
}

const writeKept = ({ blob, sha256, lines }: Kept): Uint8Array =>
  new TextEncoder().encode([blob, sha256, lines].join('\n'))

function readKept(bytes: Uint8Array): Kept {
  const [blob, sha256, lines] = new TextDecoder().decode(bytes).split('\n')
  return { blob: BlobId.parse(blob), sha256: Sha256.parse(sha256), lines: Number(lines) }
}
