import { CaseId } from '@embargo/core'
import { channelShows, stageBecomes } from '../acting/channel.ts'
import { mailLeaves, reporterWrites } from '../acting/post.ts'
import { REPORTER } from '../cast.ts'
import { REPORT } from '../material.ts'
import type { PlayedChannel, PlayedChat } from '../chat/played-chat.ts'
import type { Scene } from './scene.ts'

/** A mail opens a case: a private channel, the people invited, the report, the status card, and a receipt. */
export const report: Scene = {
  title: 'A report arrives',
  at: '2026-06-02T09:12Z',
  play: async (playing) => {
    await reporterWrites(playing, REPORT)
    const placed = await Promise.all(playing.chats.map(async (chat) => ({ chat, channel: await opened(chat) })))
    const [first, ...others] = placed
    if (first === undefined) throw new Error('There is no chat platform to play on.')
    for (const { chat, channel } of placed)
      playing.say({
        line: 'note',
        text: `${chat.called} has a new private channel #${channel.name} with ${channel.people().join(', ')} in it.`,
      })
    playing.case = {
      id: CaseId.parse(first.channel.name.toUpperCase()),
      channels: [first, ...others],
      stage: undefined,
    }
    await channelShows(playing, 'a report arrived')
    await stageBecomes(playing, 'received')
    await mailLeaves(playing, REPORTER.address)
  },
}

/** The case's channel, as soon as both people and the app are in it. */
async function opened(chat: PlayedChat): Promise<PlayedChannel> {
  return chat.until(
    () => chat.channels().find((each) => each.name.startsWith('sec-') && each.people().length >= 3),
    `a channel for the case on ${chat.called}, with Ana and Ben in it`,
  )
}
