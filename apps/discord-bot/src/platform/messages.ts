import type { REST } from 'discord.js'
import { Routes } from 'discord.js'
import { z } from 'zod'
import { calling } from './api-errors.ts'
import { withBackoff } from './paginate-with-backoff.ts'
import type { Backoff } from './paginate-with-backoff.ts'

/** https://docs.discord.com/developers/resources/message#get-channel-messages */
const PAGE = 100

type Reading<T> = {
  readonly channel: string
  /** The purpose of the call, for errors. */
  readonly what: string
  readonly pagesMax: number
  readonly shape: z.ZodType<T>
  readonly backoff: Backoff
}

/** The messages of a channel page by page, the newest first. Waits between two pages if Discord asks us to. */
export async function* pagesOf<T extends { readonly id: string }>(
  rest: REST,
  { channel, what, pagesMax, shape, backoff }: Reading<T>,
): AsyncGenerator<readonly T[]> {
  let before: string | undefined
  for (let page = 0; page < pagesMax; page += 1) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(before === undefined ? {} : { before }) })
    const messages = await withBackoff(backoff, () =>
      calling(what, 'read', () => rest.get(Routes.channelMessages(channel), { query }), z.array(shape)),
    )
    yield messages
    before = messages.at(-1)?.id
    if (messages.length < PAGE) return
  }
}
