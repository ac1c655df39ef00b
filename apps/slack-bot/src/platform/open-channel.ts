import type { EffectId } from '@embargo/core'
import type { ChannelRef, Log } from '@embargo/engine'
import { OutsideError } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import { WebAPIRateLimitedError } from '@slack/web-api'
import { CHANNEL_NAME_MAX } from '../limits.ts'
import { isExposed } from './exposure.ts'
import { topicMark } from './mark.ts'
import { calling, outsideError, slackCode } from './api-errors.ts'

/**
 * How many names are tried: `sec-2026-0042`, `sec-2026-0042-2` and so on. If all are taken, somebody takes our names on
 * purpose, and a person must look into it.
 */
const NAMES_TRIED = 9
/** How many pages of 999 channels are read: enough for more than ten thousand cases. */
const PAGES_MAX = 12
const PAGE = 999

type Opening = {
  readonly client: WebClient
  /** The app's own user. A channel that somebody else created is not ours, even if its name fits. */
  readonly self: string
  readonly log: Log
}
type Request = { readonly effect: EffectId; readonly name: string; readonly lookUp: boolean }
type ListedChannel = {
  readonly id?: string
  readonly name?: string
  readonly creator?: string
  readonly topic?: { readonly value?: string }
  readonly is_ext_shared?: boolean
  readonly is_org_shared?: boolean
}

/**
 * Opens a private channel, once for each effect. The topic contains the effect's mark. With `lookUp`, a channel of ours
 * without a topic is used too, because an earlier attempt may have failed before it set the topic.
 */
export async function openChannel(opening: Opening, request: Request): Promise<ChannelRef> {
  if (request.lookUp) {
    const found = await findOwn(opening, request)
    if (found !== undefined) return found
  }
  for (let turn = 1; turn <= NAMES_TRIED; turn += 1) {
    const made = await create(opening.client, nameFor(request.name, turn))
    if (made !== undefined) {
      await mark(opening, made, request.effect)
      return made
    }
    const found = turn === 1 && !request.lookUp ? await findOwn(opening, request) : undefined
    if (found !== undefined) return found
  }
  throw new OutsideError(
    'refused',
    `Every name from ${nameFor(request.name, 1)} to ${nameFor(request.name, NAMES_TRIED)} is taken in Slack. Rename or delete one of these channels.`,
  )
}

/** The channel name in a form that Slack accepts: small letters, digits, dashes and underscores. */
export function nameFor(name: string, turn: number): string {
  const suffix = turn === 1 ? '' : `-${turn}`
  return `${name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .slice(0, CHANNEL_NAME_MAX - suffix.length)}${suffix}`
}

async function create(client: WebClient, name: string): Promise<ChannelRef | undefined> {
  try {
    const { channel } = await client.conversations.create({ name, is_private: true })
    if (channel?.id === undefined)
      throw new OutsideError('unknown', 'Slack created a channel but did not return its id.')
    return { channel: channel.id, name: channel.name ?? name }
  } catch (error) {
    if (slackCode(error) === 'name_taken') return undefined
    throw outsideError('conversations.create', 'write', error)
  }
}

// Sets the topic with the mark. A failure here must not look as if no channel had been created, or the next attempt
// would create a second one.
async function mark({ client, log }: Opening, { channel }: ChannelRef, effect: EffectId): Promise<void> {
  try {
    await client.conversations.setTopic({ channel, topic: topicFor(effect) })
  } catch (error) {
    // The code `unknown` makes the next attempt find this channel and mark it. Without the mark, nobody could say which
    // effect opened the channel.
    if (error instanceof WebAPIRateLimitedError)
      throw new OutsideError('unknown', 'Slack created a channel and asked us to wait before setting its topic.', {
        cause: error,
        retryAfterMs: error.retryAfter * 1000,
      })
    log.warn('a new channel has no topic yet', { error: slackCode(error) ?? 'no answer' })
  }
}

const topicFor = (effect: EffectId): string => `Embargo: what is said here stays here · ref ${topicMark(effect)}`

async function findOwn(
  { client, self, log }: Opening,
  { effect, name, lookUp }: Request,
): Promise<ChannelRef | undefined> {
  const names = new Set(Array.from({ length: NAMES_TRIED }, (_, index) => nameFor(name, index + 1)))
  // A channel that somebody has shared since it was created is not used: nothing must be posted in it, because nobody
  // knows who reads it.
  const own = (await listPrivate(client)).filter(
    (each) => each.creator === self && each.name !== undefined && names.has(each.name) && !isExposed(each),
  )
  const marked = own.find((each) => isMarked(each, effect))
  const unmarked = lookUp ? own.find((each) => (each.topic?.value ?? '') === '') : undefined
  const found = marked ?? unmarked
  if (found?.id === undefined || found.name === undefined) return undefined
  const ref = { channel: found.id, name: found.name }
  if (marked === undefined) await mark({ client, self, log }, ref, effect)
  return ref
}

const isMarked = ({ topic }: ListedChannel, effect: EffectId): boolean =>
  topic?.value?.includes(topicMark(effect)) === true

/** The channels that an effect opened, whatever their names are now, except public and archived ones. */
export async function ownMarked(
  { client, self }: Pick<Opening, 'client' | 'self'>,
  effect: EffectId,
): Promise<readonly string[]> {
  const own = (await listPrivate(client)).filter((each) => each.creator === self && isMarked(each, effect))
  return own.flatMap(({ id }) => (id === undefined ? [] : [id]))
}

async function listPrivate(client: WebClient): Promise<readonly ListedChannel[]> {
  const all: ListedChannel[] = []
  let cursor: string | undefined
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await calling('conversations.list', 'read', () =>
      client.conversations.list({
        types: 'private_channel',
        exclude_archived: true,
        limit: PAGE,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    )
    all.push(...(answer.channels ?? []))
    cursor = answer.response_metadata?.next_cursor
    if (cursor === undefined || cursor === '') return all
  }
  return all
}
