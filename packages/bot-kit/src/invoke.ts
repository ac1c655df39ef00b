import { sendCurrentStatus } from '@embargo/chat'
import type { GivenFile, Input, Invocation, Reply } from '@embargo/chat'
import type { Card } from '@embargo/engine'
import type { BaseContext } from './context.ts'

/** What somebody typed, pressed or sent in. */
export type BotRequest = {
  readonly verb: string
  readonly input: Input
  readonly user: string
  readonly channel: string | undefined
  readonly delivery: string
  readonly files?: readonly GivenFile[]
}

/** Hands a request over to chat. */
export const invoke = (context: BaseContext, request: BotRequest): Promise<Reply> =>
  context.router.handle(invocationOf(context, request))

/** Why chat refuses a request whatever its files say; undefined for those who may do this. */
export const refusalOf = (context: BaseContext, request: BotRequest): Promise<Reply | undefined> =>
  context.router.refuses(invocationOf(context, request))

/** The state of the case now, for a person who pressed a button or sent a form that is out of date. */
export const showPresent = (
  context: BaseContext,
  {
    user,
    channel,
    press,
  }: Pick<BotRequest, 'user' | 'channel'> & { readonly press: Parameters<typeof sendCurrentStatus>[0] },
  tell: (card: Card) => Promise<void>,
): Promise<void> =>
  sendCurrentStatus(press, { ask: (asked) => invoke(context, { ...asked, user, channel }), tell, log: context.log })

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
