import type { GivenFile, Input, Place, Reply } from '@embargo/chat'
import type { BaseInteraction } from 'discord.js'
import type { BotContext } from './context.ts'

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
export function invoke(context: BotContext, said: Said): Promise<Reply> {
  return context.router.handle({
    verb: said.verb,
    input: said.input,
    actor: context.engine.actorOf('discord', said.user),
    place: placeOf(said.channel),
    deliveryId: said.delivery,
    at: context.now(),
    ...(said.files === undefined || said.files.length === 0 ? {} : { files: said.files }),
  })
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
