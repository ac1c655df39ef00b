import type { EffectId } from '@embargo/core'
import type { REST } from 'discord.js'
import { Routes } from 'discord.js'
import { z } from 'zod'
import type { DrawnCard } from '../render/card.ts'
import type { Guild } from './channel.ts'
import { markOf, nonceOf } from './mark.ts'
import { sending } from './message-body.ts'
import { pagesOf } from './messages.ts'
import { calling, NOTHING } from './api-errors.ts'
import type { Backoff } from './paginate-with-backoff.ts'
import type { Pins } from './pins.ts'

/**
 * The search for a message ends after ten pages, which have a thousand messages. That is enough: if it is unknown
 * whether a post succeeded, the search follows within minutes, so the message is still among the newest thousand.
 */
const PAGES_MAX = 10

const Message = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  embeds: z.array(z.object({ footer: z.object({ text: z.string() }).optional() })).default([]),
})

type Post = {
  readonly effect: EffectId
  readonly channel: string
  readonly drawn: DrawnCard
  readonly pin: boolean
  readonly lookUp: boolean
  readonly backoff: Backoff
}

/**
 * Posts a card with the effect's nonce and mark. With `lookUp`, first searches the recent messages for the mark. For
 * some minutes after the first attempt, the nonce is enough: Discord answers a repeated post with the first message.
 */
export async function post(
  server: Guild,
  pins: Pick<Pins, 'pin'>,
  request: Post,
): Promise<{ readonly message: string }> {
  const known = request.lookUp ? await findMarked(server, request) : undefined
  const message = known ?? (await send(server.rest, request))
  if (request.pin) await pins.pin(request.channel, message)
  return { message }
}

async function send(rest: REST, { effect, channel, drawn }: Post): Promise<string> {
  const { body, files } = sending(drawn)
  const sent = await calling(
    'post a message',
    'write',
    () =>
      rest.post(Routes.channelMessages(channel), {
        body: { ...body, nonce: nonceOf(effect), enforce_nonce: true },
        ...(files === undefined ? {} : { files }),
      }),
    Message,
  )
  return sent.id
}

/**
 * Reads the mark in the footer of one of our messages. An edit must send this mark again. Undefined if there is no
 * mark.
 */
export async function markAt(rest: REST, channel: string, message: string): Promise<string | undefined> {
  const { embeds } = await calling(
    'look at a message',
    'read',
    () => rest.get(Routes.channelMessage(channel, message)),
    Message,
  )
  return embeds.at(-1)?.footer?.text
}

async function findMarked({ rest, self }: Guild, { effect, channel, backoff }: Post): Promise<string | undefined> {
  const mark = markOf(effect)
  const reading = { channel, what: 'look for a message', pagesMax: PAGES_MAX, shape: Message, backoff }
  for await (const messages of pagesOf(rest, reading)) {
    const found = messages.find(
      ({ author, embeds }) => author.id === self && embeds.some(({ footer }) => footer?.text === mark),
    )
    if (found !== undefined) return found.id
  }
  return undefined
}

export async function edit(
  rest: REST,
  request: { readonly channel: string; readonly message: string; readonly drawn: DrawnCard },
): Promise<void> {
  await calling(
    'edit a message',
    'write',
    () => rest.patch(Routes.channelMessage(request.channel, request.message), sending(request.drawn)),
    NOTHING,
  )
}
