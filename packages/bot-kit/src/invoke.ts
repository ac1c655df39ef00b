import { sendCurrentStatus } from '@embargo/chat'
import type { GivenFile, Input, Invocation, Reply } from '@embargo/chat'
import type { Card } from '@embargo/engine'
import type { BaseContext } from './context.ts'

/** A typed command, a pressed button or a submitted form. */
export type BotRequest = {
  readonly verb: string
  readonly input: Input
  readonly user: string
  readonly channel: string | undefined
  readonly delivery: string
  readonly files?: readonly GivenFile[]
}

/** Passes a request on to chat. */
export const invoke = (context: BaseContext, request: BotRequest): Promise<Reply> =>
  context.router.handle(invocationOf(context, request))

/** Chat's refusal, if chat refuses the request no matter what its files contain. Otherwise undefined. */
export const refusalOf = (context: BaseContext, request: BotRequest): Promise<Reply | undefined> =>
  context.router.refuses(invocationOf(context, request))

/** The current state of the case, for a person who used an outdated button or form. */
export const showPresent = (
  context: BaseContext,
  {
    user,
    channel,
    press,
  }: Pick<BotRequest, 'user' | 'channel'> & { readonly press: Parameters<typeof sendCurrentStatus>[0] },
  tell: (card: Card) => Promise<void>,
): Promise<void> =>
  sendCurrentStatus(press, { ask: (request) => invoke(context, { ...request, user, channel }), tell, log: context.log })

function invocationOf(
  { engine, now, placeOf }: BaseContext,
  { verb, input, user, channel, delivery, files = [] }: BotRequest,
): Invocation {
  const place = placeOf(channel)
  return {
    verb,
    input,
    actor: engine.queries.actorOf(place.platform, user),
    place,
    deliveryId: delivery,
    ...(files.length === 0 ? {} : { files }),
    at: now(),
  }
}
