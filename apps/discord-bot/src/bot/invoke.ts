import type { GivenFile, Input, Invocation, Place, Reply } from '@embargo/chat'
import type { BaseInteraction } from 'discord.js'
import type { BotContext } from './context.ts'
import type { Attached } from '../platform/download-files.ts'

type Said = {
  readonly verb: string
  readonly input: Input
  readonly user: string
  readonly channel: string | null
  readonly delivery: string
  readonly files?: readonly GivenFile[]
}

export const placeOf = (channel: string | null): Place => ({
  platform: 'discord',
  ...(channel === null ? {} : { channel }),
})

/** A thread within a case's channel is that channel: whoever sees the one sees the other. */
export const channelOf = ({ channel, channelId }: Pick<BaseInteraction, 'channel' | 'channelId'>): string | null =>
  channel?.isThread() === true ? channel.parentId : channelId

/** Hands over to chat what somebody typed, pressed or sent in. */
export const invoke = (context: BotContext, said: Said): Promise<Reply> =>
  context.router.handle(invocationOf(context, said))

/** What is refused before anybody writes a word; undefined for who may do this. */
export const refusalOf = (context: BotContext, said: Said): Promise<Reply | undefined> =>
  context.router.refuses(invocationOf(context, said))

/** The same with what they attached, which is fetched only for who may do this at all; or why a file was not taken. */
export async function invokeWith(
  context: BotContext,
  said: Said,
  attached: readonly GivenAttachment[],
): Promise<Reply | { readonly because: string }> {
  if (attached.length === 0) return invoke(context, said)
  const refusal = await refusalOf(context, said)
  if (refusal !== undefined) return refusal
  const files = await take(context, attached)
  return 'because' in files ? files : invoke(context, { ...said, files })
}

const invocationOf = (context: BotContext, said: Said): Invocation => ({
  verb: said.verb,
  input: said.input,
  actor: context.engine.actorOf('discord', said.user),
  place: placeOf(said.channel),
  deliveryId: said.delivery,
  at: context.now(),
  ...(said.files === undefined || said.files.length === 0 ? {} : { files: said.files }),
})

export type GivenAttachment = { readonly option: string; readonly file: Attached; readonly most?: number }

/** The bytes of what was attached, or why one was not taken. */
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

/** A member as a person types one in an option: `<@112233445566778899>`. */
const MEMBER = /<@!?(\d{17,20})>/g

/** A mention of a listed person becomes `@` and the person's id; one of anybody else stays a mention. */
export const withPeople = (context: BotContext, text: string): string =>
  text.replace(MEMBER, (mention, account: string) => {
    const person = context.engine.personOfAccount('discord', account)
    return person === undefined ? mention : `@${person.id}`
  })

export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')
