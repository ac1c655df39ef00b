import type { Card, Log } from '@embargo/engine'
import { CASE_FIELD } from '../case-field.ts'
import type { Reply } from '../types.ts'

/** A press of a button on a stale card. */
export type Press = { readonly input: Readonly<Record<string, string>>; readonly delivery: string }

/** A query for the case's status. The bot adds who asks and where, and sends it to the router. */
export type StatusQuery = Press & { readonly verb: string }

/** Shows the caller the case's current status, because the card with the button is stale. */
export async function sendCurrentStatus(
  press: Press,
  bot: {
    readonly ask: (query: StatusQuery) => Promise<Reply>
    readonly tell: (card: Card) => Promise<unknown>
    readonly log: Pick<Log, 'info'>
  },
): Promise<void> {
  try {
    // A form that was opened outside its case's channel has the case in a field.
    const about = press.input['case'] ?? press.input[CASE_FIELD]?.trim()
    const reply = await bot.ask({
      verb: 'status',
      input: about === undefined || about === '' ? {} : { case: about.toUpperCase() },
      delivery: `${press.delivery}:now`,
    })
    if ('card' in reply) await bot.tell(reply.card)
  } catch (error) {
    // The press itself was already answered, so a failure here is only logged.
    bot.log.info('the present state could not be shown', { error: error instanceof Error ? error.name : 'unknown' })
  }
}
