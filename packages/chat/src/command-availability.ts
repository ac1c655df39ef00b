import type { Platform, ProfileName } from '@embargo/core'
import type { ChatCommand } from './chat-command.ts'

/** Whether a command is offered on a platform and under a profile. Whether the caller may run it is decided in core. */
export function isCommandOffered(
  command: ChatCommand,
  place: { readonly platform: Platform; readonly profile?: ProfileName },
): boolean {
  const { platforms, profiles } = command.allowed
  const here = platforms === undefined || platforms.includes(place.platform)
  return here && (profiles === undefined || place.profile === undefined || profiles.includes(place.profile))
}
