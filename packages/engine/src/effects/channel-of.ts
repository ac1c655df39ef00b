import type { Platform } from '@embargo/core'
import type { Channel, World } from '@embargo/core'
import type { Outside } from '../dispatch/context.ts'
import { CannotPerform, NotYet } from '../dispatch/trouble.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'

/** The case's channel. @throws NotYet while it was not opened: the opening may be parked and be sent again by a person */
export function channelOf(world: World, platform: Platform): Channel {
  const channel = world.case?.channels[platform]
  if (channel === undefined) throw new NotYet(`The case has no channel on ${platform} yet.`)
  return channel
}

/** @throws CannotPerform when this process has no such platform: its capabilities say more than it can do */
export function platformOf(outside: Outside, platform: Platform): ChatPlatform {
  const found = outside.chat.get(platform)
  if (found === undefined)
    throw new CannotPerform(`This program is not connected to ${platform}. Check its configuration and roles.`)
  return found
}
