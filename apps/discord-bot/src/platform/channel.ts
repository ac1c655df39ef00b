import { OutsideError } from '@embargo/engine'
import type { REST } from 'discord.js'
import { ChannelType, Routes } from 'discord.js'
import { z } from 'zod'
import { calling, CODE, discordCode, NOTHING } from './api-errors.ts'
import { Overwrite } from './permissions.ts'

/** The parts of a channel that this app reads: https://docs.discord.com/developers/resources/channel#channel-object */
export const Channel = z.object({
  id: z.string(),
  type: z.number(),
  name: z.string().default(''),
  topic: z.string().nullish(),
  parent_id: z.string().nullish(),
  permission_overwrites: z.array(Overwrite).default([]),
  last_message_id: z.string().nullish(),
})
export type Channel = z.infer<typeof Channel>

/** What the calls of the platform use: the API client, the one server, and the account of the one bot. */
export type Guild = { readonly rest: REST; readonly guild: string; readonly self: string }

export const listChannels = ({ rest, guild }: Guild): Promise<readonly Channel[]> =>
  calling('list the channels', 'read', () => rest.get(Routes.guildChannels(guild)), z.array(Channel))

export const readChannel = (rest: REST, channel: string): Promise<Channel> =>
  calling('look at a channel', 'read', () => rest.get(Routes.channel(channel)), Channel)

/** Deletes a channel; one that is gone already counts as success. `task` describes the call in an error. */
export const deleteChannel = ({ rest }: Guild, channel: string, task: string): Promise<unknown> =>
  calling(
    task,
    'write',
    async () => {
      try {
        return await rest.delete(Routes.channel(channel))
      } catch (error) {
        if (discordCode(error) === CODE.unknownChannel) return undefined
        throw error
      }
    },
    NOTHING,
  )

export const isDeleted = (error: unknown): boolean => error instanceof OutsideError && error.gone === 'deleted'

export const isCategory = ({ type }: Channel): boolean => type === ChannelType.GuildCategory
/** Whether a channel is a text channel, or an announcement channel, which is a text channel that somebody converted. */
export const isText = ({ type }: Channel): boolean =>
  type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement
