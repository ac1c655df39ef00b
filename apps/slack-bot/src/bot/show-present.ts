import { tellPresent } from '@embargo/chat'
import type { Asked } from './answer.ts'
import { tell } from './answer.ts'
import type { BotContext } from './context.ts'
import { invoke } from './invoke.ts'

/** Where the case stands now, below the answer: to whoever pressed, or sent in, what it had moved on from. */
export const showPresent = (
  context: BotContext,
  asked: Asked,
  press: Parameters<typeof tellPresent>[0],
): Promise<void> =>
  tellPresent(press, {
    ask: (asking) => invoke(context, { ...asking, user: asked.user, channel: asked.channel }),
    tell: (card) => tell(context, asked, card),
    log: context.log,
  })
