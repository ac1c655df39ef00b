import { EffectId } from '@embargo/core'
import type { Policy } from '@embargo/core'
import { placeOf } from './place-of.ts'
import type { ChatPlatform } from './ports/chat-platform.ts'
import type { Log } from './ports/time.ts'

/** The one channel for what belongs in no case's channel. */
export const INTAKE_CHANNEL = 'embargo-intake'

/** The team's channel on a platform, opened where it is not there. */
export async function intakeChannel(
  platform: ChatPlatform,
  { policy, log }: { readonly policy: Policy; readonly log: Log },
): Promise<string> {
  const { channel } = await platform.openChannel({
    effect: EffectId.parse(`intake/channel/${platform.platform}`),
    name: INTAKE_CHANNEL,
    lookUp: true,
  })
  const people = policy.people.filter(({ roles }) => roles.includes('admin') || roles.includes('team'))
  // Somebody who cannot be invited keeps the news from nobody else.
  await platform.invite({ channel, people: people.map(({ id }) => id) }).catch((error: unknown) => {
    log.warn('somebody of the team could not be invited to the intake channel', placeOf(error))
  })
  return channel
}
