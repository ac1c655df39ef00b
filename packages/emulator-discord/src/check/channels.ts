import { z } from 'zod'
import { CHANNEL_NAME_MAX, OVERWRITES_MAX, SLOWMODE_MAX_SECONDS, TOPIC_MAX } from '../limits.ts'
import { permissionBits, snowflake } from './scalars.ts'

const overwrite = z.object({
  id: snowflake,
  type: z.union([
    z.literal([0, 1]),
    z.literal('role').transform(() => 0 as const),
    z.literal('member').transform(() => 1 as const),
  ]),
  allow: permissionBits.nullish(),
  deny: permissionBits.nullish(),
})

const fields = {
  name: z.string().trim().min(1).max(CHANNEL_NAME_MAX),
  topic: z.string().max(TOPIC_MAX).nullish(),
  position: z.int().min(0).nullish(),
  parent_id: snowflake.nullish(),
  nsfw: z.boolean().nullish(),
  rate_limit_per_user: z.int().min(0).max(SLOWMODE_MAX_SECONDS).nullish(),
  permission_overwrites: z.array(overwrite).max(OVERWRITES_MAX).nullish(),
}

/**
 * Fields of a channel that are checked, and then refused if they are set, because the emulator does not support them.
 */
export const CHANNEL_UNSUPPORTED: readonly string[] = ['nsfw', 'rate_limit_per_user']

/**
 * https://docs.discord.com/developers/resources/guild#create-guild-channel. The emulator supports only text channels
 * and categories.
 */
export const newChannel = z.object({ ...fields, type: z.literal([0, 4]).nullish() })
export type NewChannel = z.infer<typeof newChannel>

/**
 * https://docs.discord.com/developers/resources/channel#start-thread-without-message-json-params. The emulator supports
 * only threads of a text channel.
 */
export const newThread = z.object({
  name: fields.name,
  type: z.literal([11, 12]).nullish(),
  auto_archive_duration: z.literal([60, 1440, 4320, 10_080]).nullish(),
  rate_limit_per_user: fields.rate_limit_per_user,
  invitable: z.boolean().nullish(),
})

/** https://docs.discord.com/developers/resources/channel#modify-channel-json-params-guild-channel */
export const channelChange = z.object({ ...fields, name: fields.name.optional() })

/** https://docs.discord.com/developers/resources/channel#edit-channel-permissions */
export const overwriteChange = z.object({
  type: z.literal([0, 1]),
  allow: permissionBits.nullish(),
  deny: permissionBits.nullish(),
})
