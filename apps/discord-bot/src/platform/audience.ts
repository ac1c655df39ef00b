import type { EffectId } from '@embargo/core'
import type { Audience } from '@embargo/engine'
import { OverwriteType } from 'discord.js'
import type { Guild } from './channel.ts'
import { isText, listChannels } from './channel.ts'
import { markOf } from './mark.ts'
import { isClosed, letIn } from './permissions.ts'

type Asked = { readonly effect: EffectId; readonly seen: readonly string[]; readonly teamRoles: ReadonlySet<string> }

/** Who can read in the channels of an effect. A role that is let in is a crowd, but where it makes people of the team. */
export async function audience(where: Guild, { effect, seen, teamRoles }: Asked): Promise<readonly Audience[]> {
  const mark = markOf(effect)
  return (await listChannels(where))
    .filter((each) => isText(each) && (each.topic?.includes(mark) === true || seen.includes(each.id)))
    .map(({ id: channel, permission_overwrites: overwrites }) => {
      const inside = letIn(overwrites, where.self)
      return {
        channel,
        isOpen:
          !isClosed(overwrites, where.guild) ||
          inside.some(({ id, type }) => type === OverwriteType.Role && !teamRoles.has(id)),
        accounts: inside.flatMap(({ id, type }) => (type === OverwriteType.Member ? [id] : [])),
      }
    })
}
