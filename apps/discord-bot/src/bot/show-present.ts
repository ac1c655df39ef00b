import { tellPresent } from '@embargo/chat'
import type { Asked } from './answer.ts'
import { tellMore } from './answer.ts'
import type { BotContext } from './context.ts'
import { channelOf, invoke } from './invoke.ts'

/** Where the case stands now, below the answer: to whoever pressed, or sent in, what it had moved on from. */
export const showPresent = (
  context: BotContext,
  asked: Asked,
  press: Parameters<typeof tellPresent>[0],
): Promise<void> =>
  tellPresent(press, {
    ask: (asking) =>
      invoke(context, { ...asking, user: asked.interaction.user.id, channel: channelOf(asked.interaction) }),
    tell: (card) => tellMore(context, asked, card),
    log: context.log,
  })
