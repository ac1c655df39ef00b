import type { Channel, Platform, World } from '@embargo/core'
import type { Attempt, EffectOf, ExternalServices } from '../context.ts'
import { CannotPerform, NeedsReview, NotNeeded, NotYet } from '../effect-errors.ts'
import type { ChatPlatform } from '../../ports/chat-platform.ts'

/**
 * The case's channel.
 *
 * @throws NotYet until the channel is opened, which may take until a person requests a retry
 * @throws NotNeeded when the channel is gone and no other channel was requested
 */
export function channelOf(world: World, platform: Platform): Channel {
  const channel = world.case?.channels[platform]
  if (channel === undefined) throw new NotYet(`The case has no channel on ${platform} yet.`)
  if (channel.gone === undefined) return channel
  if (channel.wanted === true) throw new NotYet(`The case’s next channel on ${platform} is not there yet.`)
  throw new NotNeeded('the channel is gone')
}

/**
 * The channel for posts about the case.
 *
 * @throws NeedsReview while people who are not on the case can read the channel, unless the post is the warning that
 * they can read it
 */
export function channelForPosts({
  world,
  effect,
  recorded: { event },
}: Attempt & { readonly effect: EffectOf<'post' | 'place-card' | 'update-card'> }): Channel {
  const channel = channelOf(world, effect.platform)
  if (channel.exposed === undefined || event.type === 'ChannelExposed') return channel
  throw new NeedsReview(
    'People who are not on the case may be able to read its channel. A team member must check the channel first.',
  )
}

/** @throws CannotPerform when this process does not have the platform, although its capabilities include it */
export function platformOf(outside: ExternalServices, platform: Platform): ChatPlatform {
  const found = outside.chat.get(platform)
  if (found === undefined)
    throw new CannotPerform(`This program is not connected to ${platform}. Check its configuration and roles.`)
  return found
}
