import type { EffectId } from '@embargo/core'
import type { Audience } from '@embargo/engine'
import { OverwriteType } from 'discord.js'
import type { Guild } from './channel.ts'
import { isText, listChannels } from './channel.ts'
import { markOf } from './mark.ts'
import { isOpenToOthers, letIn } from './permissions.ts'

type AudienceRequest = {
  readonly effect: EffectId
  readonly seen: readonly string[]
  readonly teamRoles: ReadonlySet<string>
}

/** Finds out who can read the channels that were opened for an effect. */
export async function audience(
  server: Guild,
  { effect, seen, teamRoles }: AudienceRequest,
): Promise<readonly Audience[]> {
  const mark = markOf(effect)
  return (await listChannels(server))
    .filter((each) => isText(each) && (each.topic?.includes(mark) === true || seen.includes(each.id)))
    .map(({ id: channel, permission_overwrites: overwrites }) => ({
      channel,
      isOpen: isOpenToOthers(overwrites, { ...server, teamRoles }),
      accounts: letIn(overwrites, server.self).flatMap(({ id, type }) => (type === OverwriteType.Member ? [id] : [])),
    }))
}
