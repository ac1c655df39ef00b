import type { EffectId } from '@embargo/core'
import type { Audience } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import { isExposed, lookAtChannel } from './exposure.ts'
import { ownMarked } from './open-channel.ts'
import { calling } from './api-errors.ts'

const MEMBERS_PAGE = 999
/** Enough pages for ten thousand people in one channel. There is a limit in case Slack returns pages without end. */
const PAGES_MAX = 10

/**
 * Finds out who can read the channels that were opened for an effect. `seen`: the channels that are already known.
 * Slack does not list public channels to the app, so a channel that was made public is found only if `seen` contains
 * it.
 */
export async function audience(
  { client, self }: { readonly client: WebClient; readonly self: string },
  { effect, seen }: { readonly effect: EffectId; readonly seen: readonly string[] },
): Promise<readonly Audience[]> {
  const marked = await ownMarked({ client, self }, effect)
  const all: Audience[] = []
  for (const channel of new Set([...marked, ...seen])) {
    const shown = await lookAtChannel(client, channel)
    if (shown === 'nothing' || shown.is_archived === true) continue
    // The members of a public channel do not matter, because everybody in the workspace can read it.
    if (shown.is_private === false) all.push({ channel, isOpen: true, accounts: [] })
    else all.push({ channel, isOpen: isExposed(shown), accounts: await membersOf(client, { channel, self }) })
  }
  return all
}

async function membersOf(
  client: WebClient,
  { channel, self }: { readonly channel: string; readonly self: string },
): Promise<readonly string[]> {
  const all: string[] = []
  let cursor: string | undefined
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { members = [], response_metadata: next } = await calling('conversations.members', 'read', () =>
      client.conversations.members({
        channel,
        limit: MEMBERS_PAGE,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    )
    all.push(...members.filter((member) => member !== self))
    cursor = next?.next_cursor
    if (cursor === undefined || cursor === '') break
  }
  return all
}
