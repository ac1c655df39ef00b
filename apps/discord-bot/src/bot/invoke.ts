import { invoke, refusalOf } from '@embargo/bot-kit'
import type { BotRequest } from '@embargo/bot-kit'
import type { GivenFile, Place, Reply } from '@embargo/chat'
import type { BaseInteraction } from 'discord.js'
import type { BotContext } from './context.ts'
import type { DiscordFile } from '../platform/download-files.ts'

export const placeOf = (channel: string | undefined): Place => ({
  platform: 'discord',
  ...(channel === undefined ? {} : { channel }),
})

/** A thread in a case's channel counts as that channel, because the same people see both. */
export const channelOf = ({ channel, channelId }: Pick<BaseInteraction, 'channel' | 'channelId'>): string | undefined =>
  (channel?.isThread() === true ? channel.parentId : channelId) ?? undefined

/**
 * Like `invoke`, for a request with attachments. Files are downloaded only if the person may use this command at all.
 * If a file is refused, the answer says why.
 */
export async function invokeWith(
  context: BotContext,
  request: BotRequest,
  attached: readonly GivenAttachment[],
): Promise<Reply | { readonly because: string }> {
  if (attached.length === 0) return invoke(context, request)
  const refusal = await refusalOf(context, request)
  if (refusal !== undefined) return refusal
  const files = await take(context, attached)
  return 'because' in files ? files : invoke(context, { ...request, files })
}

export type GivenAttachment = { readonly option: string; readonly file: DiscordFile; readonly most?: number }

/** Downloads the attachments. Returns their bytes, or why one of them was refused. */
async function take(
  context: BotContext,
  files: readonly GivenAttachment[],
): Promise<readonly GivenFile[] | { readonly because: string }> {
  const taken: GivenFile[] = []
  for (const { option, file, most } of files) {
    const got = await context.downloadFile(file, most)
    if (!got.ok) return got
    taken.push({ option, name: file.name, type: file.contentType ?? 'application/octet-stream', bytes: got.bytes })
  }
  return taken
}

/** A mention of a member in a typed option: `<@112233445566778899>`. */
const MEMBER = /<@!?(\d{17,20})>/g

/**
 * Replaces a mention by `@` and the person's id if the account belongs to a person in the policy. Any other mention
 * remains.
 */
export const withPeople = (context: BotContext, text: string): string =>
  text.replace(MEMBER, (mention, account: string) => {
    const person = context.engine.queries.personOfAccount('discord', account)
    return person === undefined ? mention : `@${person.id}`
  })
