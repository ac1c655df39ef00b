import type { App } from '@slack/bolt'

/** A payload with the way to acknowledge it, however it came. */
export type Delivery = {
  readonly body: Readonly<Record<string, unknown>>
  readonly ack: (answer?: unknown) => Promise<void>
  /** Which repetition it is; absent for the first delivery. */
  readonly retryNum?: number
}

/**
 * Gives a payload to Bolt. Bolt acknowledges an event before anybody has looked at it; here it is acknowledged when its
 * handling has succeeded, so that Slack sends it again (at once, after a minute, after five) when we failed or died.
 * Rejects where the handling failed.
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
