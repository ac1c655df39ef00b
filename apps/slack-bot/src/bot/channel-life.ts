import { errorName } from '@embargo/bot-kit'
import type { App } from '@slack/bolt'
import type { ExposureGuard } from '../platform/exposure-guard.ts'
import type { BotContext } from './context.ts'
import { putOutGuest } from './guests.ts'
import type { News, Watch } from './watch.ts'

type Life = Pick<BotContext, 'client' | 'log' | 'deliveries' | 'self'> & {
  readonly watch: Watch
  readonly guard: Pick<ExposureGuard, 'doubt'>
}

/**
 * Listens to changes of channels and their members. An event whose handling fails is not acknowledged, so Slack sends
 * it again.
 */
export function listenToChannels(app: App, life: Life): void {
  const { watch, self } = life
  /** Handles each event once, identified by Slack's event id. */
  const once = async (event: string, work: (noticeKey: string) => Promise<void>): Promise<void> => {
    try {
      await life.deliveries.once(event, () => work(`event:${event}`))
    } catch (error) {
      life.log.error('a change to a channel could not be checked', { error: errorName(error) })
      throw error
    }
  }
  const tells = (event: string, news: News): Promise<void> => once(event, (noticeKey) => watch.news(news, noticeKey))

  app.event('member_joined_channel', ({ event, body }) =>
    once(body.event_id, (noticeKey) => onJoin(life, { channel: event.channel, account: event.user, noticeKey })),
  )
  app.event('member_left_channel', ({ event, body }) =>
    once(body.event_id, (noticeKey) => watch.went(event.channel, event.user, noticeKey)),
  )
  app.event('group_rename', ({ event: { channel }, body }) =>
    tells(body.event_id, { channel: channel.id, what: 'renamed', name: channel.name }),
  )
  app.event('group_archive', async ({ event, body }) => {
    // We archive a channel ourselves when its case is over; that is not reported.
    if (event.user !== self) await tells(body.event_id, { channel: event.channel, what: 'archived' })
  })
  app.event('group_unarchive', ({ event, body }) =>
    tells(body.event_id, { channel: event.channel, what: 'unarchived' }),
  )
  app.event('group_deleted', ({ event, body }) => tells(body.event_id, { channel: event.channel, what: 'deleted' }))
  app.event('group_left', ({ event, body }) => tells(body.event_id, { channel: event.channel, what: 'bot-removed' }))
  app.event('channel_shared', ({ event, body }) => shared(event.channel, body.event_id))
  // A channel that moves to the whole organisation gets another id;
  // https://docs.slack.dev/reference/events/channel_id_changed
  app.event('channel_id_changed', ({ event, body }) => shared(event.old_channel_id, body.event_id))

  function shared(channel: string, event: string): Promise<void> {
    life.guard.doubt(channel)
    return once(event, async (noticeKey) => void (await watch.exposed(channel, noticeKey)))
  }
}

type Newcomer = { readonly channel: string; readonly account: string; readonly noticeKey: string }

/**
 * Reports somebody who joined a channel, since any member of a private channel can add others. A person who is not on
 * the case is announced, and removed if they are a guest.
 */
async function onJoin({ watch, client, log }: Life, { channel, account, noticeKey }: Newcomer): Promise<void> {
  if (await watch.came(channel, account, noticeKey)) await putOutGuest(client, log, { channel, account })
}
