import { BlobId, CommandId, Instant, policyFor, Sha256 } from '@embargo/core'
import type { EarlyOutcome, EffectContext, EffectHandler, EffectOf, EffectResult } from '../context.ts'
import { CannotPerform } from '../effect-errors.ts'
import { OutsideError } from '../../ports/chat-platform.ts'
import { platformOf } from './case-channel.ts'
import { sealTranscript } from './transcript.ts'
import type { SealedTranscript } from './transcript.ts'

/**
 * Stores the messages of the channel before archiving it, because an archived channel may be unreadable even for us.
 * The id of the transcript's blob is stored with the effect, so the next attempt finds the transcript even if this
 * attempt archived the channel. A channel that is gone need not be archived.
 *
 * @throws CannotPerform if the channel's messages must be stored, no attempt has read them yet, and we have lost
 * access. A person can then restore our access.
 */
export const archiveChannel: EffectHandler<'archive-channel'> = {
  kind: 'archive-channel',
  // Parking asks a person what happened or what to do. This person may archive the channel by hand, and then the
  // messages of the channel are not read again. So the transcript is recorded before the person is asked.
  beforeParking: transcriptOutcome,
  async perform(context) {
    const { effect, outside, rendered, keepRendered, begin, now } = context
    const { platform: name, channel } = effect
    const platform = platformOf(outside, name)
    const keeps = needsTranscript(context)
    let kept = !keeps || rendered === undefined ? undefined : parseTranscript(rendered)
    try {
      if (keeps) {
        kept = { from: now, ...(await sealTranscript(context, platform)) }
        await keepRendered(serializeTranscript(kept))
      }
      await begin()
      await platform.archiveChannel({ channel })
      return archived(context, { kept, found: '' })
    } catch (error) {
      // If the whole platform is unreachable, the channel is not gone: it comes back with the platform.
      if (!(error instanceof OutsideError) || error.gone === undefined || error.forAll) throw error
      if (error.gone !== 'deleted' && keeps && kept === undefined) throw new CannotPerform(error.message)
      return archived(context, { kept, found: ` was ${error.gone}` })
    }
  },
}

/**
 * After an attempt that stored the channel's transcript but could not archive the channel, this outcome records the
 * transcript. Undefined if no attempt stored a transcript. The outcome is recorded at once, because the effect does not
 * run again if people archive the channel by hand.
 */
function transcriptOutcome(
  { case: theCase, platform, channel }: EffectOf<'archive-channel'>,
  rendered: Uint8Array | undefined,
): EarlyOutcome | undefined {
  if (rendered === undefined) return undefined
  const { from, ...transcript } = parseTranscript(rendered)
  return {
    commandId: CommandId.parse(`talk:${theCase}:${platform}:${channel}:${transcript.sha256}`),
    outcome: { is: 'talk-kept', platform, channel, transcript, from },
  }
}

type SavedTranscript = Required<SealedTranscript>

const archived = (
  { effect: { platform, channel } }: EffectContext<'archive-channel'>,
  { kept, found }: { readonly kept: SavedTranscript | undefined; readonly found: string },
): EffectResult => ({
  outcome: {
    is: 'channel-archived',
    platform,
    channel,
    ...(kept === undefined ? {} : { transcript: transcriptOf(kept), from: kept.from }),
  },
  evidence: `channel ${channel}${found}${kept === undefined ? '' : `, ${kept.lines} messages kept`}`,
})

const needsTranscript = ({ world, policy }: EffectContext<'archive-channel'>): boolean =>
  world.case !== undefined && policyFor(policy.policy, world.case).chat.transcript !== 'not-kept'

const transcriptOf = ({ blob, sha256, lines }: SavedTranscript) => ({ blob, sha256, lines })

const serializeTranscript = ({ blob, sha256, lines, from }: SavedTranscript): Uint8Array =>
  new TextEncoder().encode([blob, sha256, lines, from].join('\n'))

function parseTranscript(bytes: Uint8Array): SavedTranscript {
  const [blob, sha256, lines, from] = new TextDecoder().decode(bytes).split('\n')
  return {
    blob: BlobId.parse(blob),
    sha256: Sha256.parse(sha256),
    lines: Number(lines),
    from: Instant.parse(Number(from)),
  }
}
