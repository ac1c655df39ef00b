import { errorName } from '@embargo/bot-kit'
import { typedAt, unknownAccountCard } from '@embargo/chat'
import type { App } from '@slack/bolt'
import { outsideError } from '../platform/api-errors.ts'
import { renderHome } from '../render/home.ts'
import type { BotContext } from './context.ts'

/** Draws the app's Home tab again each time somebody opens it. */
export function listenToHome(app: App, context: BotContext): void {
  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab === 'messages') return
    try {
      await context.deliveries.once(body.event_id, () => publishHome(context, event.user))
    } catch (error) {
      // A failure is only logged, because the tab is drawn again at the next visit.
      context.log.warn('a Home tab was not drawn', { error: errorName(error) })
    }
  })
}

/** Draws a person's Home tab: what waits for this person, what is overdue, and which cases they coordinate. */
export async function publishHome(context: BotContext, user: string): Promise<void> {
  const { client, engine, router } = context
  const actor = engine.queries.actorOf('slack', user)
  const place = context.placeOf(undefined)
  const cards = actor.person === undefined ? [unknownAccountCard('slack')] : await router.home(actor, place)
  try {
    await client.views.publish({ user_id: user, view: renderHome(cards, typedAt(place, 'status all')) })
  } catch (error) {
    throw outsideError('views.publish', 'write', error)
  }
}
