import type { App } from '@slack/bolt'

/** A payload with the means to acknowledge it, over either transport. */
export type Delivery = {
  readonly body: Readonly<Record<string, unknown>>
  readonly ack: (answer?: unknown) => Promise<void>
  /** The number of the retry; absent for the first delivery. */
  readonly retryNum?: number
}

/**
 * Passes a payload to Bolt. An event is acknowledged only after it was handled, although Bolt itself would acknowledge
 * it before. If the handling fails or the process dies, Slack therefore sends the event again: at once, after one
 * minute, and after five minutes. Rejects if the handling failed.
 */
export async function processDelivery(
  app: Pick<App, 'processEvent'>,
  { body, ack, retryNum }: Delivery,
): Promise<void> {
  const repetition = retryNum === undefined ? {} : { retryNum }
  if (body['type'] !== 'event_callback') return app.processEvent({ body, ack, ...repetition })
  await app.processEvent({ body, ack: async () => {}, ...repetition })
  await ack()
}
