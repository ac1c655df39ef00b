import type { NamedFile } from '@embargo/chat'
import type { EffectId } from '@embargo/core'
import type { Card, Log } from '@embargo/engine'
import { OutsideError } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import type { SlackMessage } from '../render/card.ts'
import { asFile, renderCard } from '../render/card.ts'
import { uploadFiles } from './upload-files.ts'
import { MARK_EVENT, markOf } from './mark.ts'
import { calling, outsideError, slackCode } from './api-errors.ts'

/**
 * How far back a post is looked up: two thousand messages. That is enough, because a post whose outcome is unknown is
 * looked up within minutes.
 */
const PAGES_MAX = 10
const PAGE = 200

type Post = {
  readonly effect: EffectId
  readonly channel: string
  readonly card: Card
  readonly pin: boolean
  readonly lookUp: boolean
  /** The accounts of the people to mention. */
  readonly called: readonly string[]
}

/** Posts a card with the effect's mark. With `lookUp`, first searches the recent messages for this mark. */
export async function post(client: WebClient, log: Log, request: Post): Promise<{ readonly message: string }> {
  const { message: drawn, files } = renderCard(request.card, undefined, request.called)
  const known = request.lookUp ? await findMarked(client, request) : undefined
  const message = known ?? (await send(client, request, drawn))
  await addRest(client, log, { ...request, message, files: files.map(asFile), lookUp: known !== undefined })
  if (request.pin) await pin(client, log, request.channel, message)
  return { message }
}

async function send(client: WebClient, { effect, channel }: Post, drawn: SlackMessage): Promise<string> {
  const answer = await calling('chat.postMessage', 'write', () =>
    client.chat.postMessage({
      channel,
      ...drawn,
      // Otherwise Slack would fetch the links in a report, and the owner of a link would learn that somebody read the
      // report.
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: MARK_EVENT, event_payload: { effect: markOf(effect) } },
    }),
  )
  if (answer.ts === undefined)
    throw new OutsideError('unknown', 'Slack accepted a message but did not return its timestamp.')
  return answer.ts
}

async function findMarked(client: WebClient, { effect, channel }: Post): Promise<string | undefined> {
  const mark = markOf(effect)
  let cursor: string | undefined
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await calling('conversations.history', 'read', () =>
      client.conversations.history({
        channel,
        include_all_metadata: true,
        limit: PAGE,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    )
    const found = answer.messages?.find(
      ({ metadata }) => metadata?.event_type === MARK_EVENT && carries(metadata.event_payload, mark),
    )
    if (found?.ts !== undefined) return found.ts
    cursor = answer.response_metadata?.next_cursor
    if (cursor === undefined || cursor === '') return undefined
  }
  return undefined
}

const carries = (payload: unknown, mark: string): boolean =>
  typeof payload === 'object' && payload !== null && 'effect' in payload && payload.effect === mark

type Rest = {
  readonly channel: string
  readonly message: string
  readonly files: readonly NamedFile[]
  readonly lookUp: boolean
}

/**
 * Adds a file with everything that a card leaves out, in the card's thread. The card is posted already. If only the
 * file fails, that must not look as if nothing had been posted.
 */
export async function addRest(client: WebClient, log: Log, rest: Rest): Promise<void> {
  try {
    await uploadFiles(client, rest)
  } catch (error) {
    const outside = outsideError('files.completeUploadExternal', 'write', error)
    if (outside.code === 'refused') {
      // Some workspaces forbid files. Nothing is lost: the case has the whole text, and the card says that it was cut.
      log.warn('the text that did not fit on a card could not be added as a file', {
        error: slackCode(error) ?? 'refused',
      })
      return
    }
    throw afterwards('The card is posted, but its file is not added yet.', outside)
  }
}

// Pins a message that is posted already. If only the pin fails, that must not look as if nothing had been posted.
async function pin(client: WebClient, log: Log, channel: string, timestamp: string): Promise<void> {
  try {
    await client.pins.add({ channel, timestamp })
  } catch (error) {
    if (slackCode(error) === 'already_pinned') return
    const outside = outsideError('pins.add', 'write', error)
    if (outside.code === 'refused') {
      log.warn('a card could not be pinned', { error: slackCode(error) ?? 'refused' })
      return
    }
    throw afterwards('The card is posted but not pinned yet.', outside)
  }
}

/** The error for a failure after the message was posted: the message must be looked up before anything is retried. */
function afterwards(task: string, outside: OutsideError): OutsideError {
  const { retryAfterMs, away } = outside
  return new OutsideError('unknown', `${task} ${outside.message}`, {
    cause: outside,
    away,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}
