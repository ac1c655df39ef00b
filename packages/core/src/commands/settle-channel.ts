import type { CaseEvent } from '../events/case-events.ts'
import { Platform } from '../shared/actor.ts'
import { readableChannels, requestNextChannel } from '../state/channel-life.ts'
import { nothingToDo, onCase } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/**
 * Records a person's statement that nobody outside the case can read its channels any longer. The posts that were held
 * back are then posted.
 */
export const settleChannelOk = defineRequest({
  verb: 'settle.channel.ok',
  gates: [],
  decide: (context) => {
    const { channels } = context.state
    const events = Platform.options.flatMap((platform): readonly CaseEvent[] => {
      const known = channels[platform]
      const exposed = known === undefined ? [] : readableChannels(known).filter((one) => one.exposed !== undefined)
      return exposed.map(({ channel }) => ({ type: 'ChannelCleared', platform, channel }))
    })
    return events.length === 0 ? nothingToDo('Nothing is held back in this case’s channels.') : onCase(context, events)
  },
  inputs: ({ id }) => [{ verb: 'settle.channel.ok', case: id }],
})

/** Opens another channel when the previous channel is archived or lost. */
export const settleChannelOpen = defineRequest({
  verb: 'settle.channel.open',
  gates: [],
  decide: (context) => {
    const { state } = context
    const lost = Platform.options.filter((platform) => state.channels[platform]?.gone !== undefined)
    const events = lost.flatMap((platform) => requestNextChannel(state, platform))
    if (events.length > 0) return onCase(context, events)
    return nothingToDo(
      lost.length === 0 ? 'None of the case’s channels is missing.' : 'Another channel is being opened already.',
    )
  },
  inputs: ({ id }) => [{ verb: 'settle.channel.open', case: id }],
})
