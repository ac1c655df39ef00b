import { channelShows, messageBecomes, messageMoves, messageSays, stageBecomes } from '../acting/channel.ts'
import { clockMovesTo } from '../acting/clock.ts'
import { cardOf, presses, readsUntil, types } from '../acting/people.ts'
import { mailLeaves } from '../acting/post.ts'
import { advisoryAppears, filesAppear } from '../acting/publication.ts'
import { ANA, ANNOUNCE, BEN, OSS_SECURITY, RECIPIENTS, REPORTER } from '../cast.ts'
import type { Scene } from './scene.ts'

/** The day of the release: a reminder, the approval of two people, and the publication step by step. */
export const releasing: Scene = {
  title: 'Release',
  at: '2026-06-15T14:00Z',
  // Ana is on a train, with Discord on her phone.
  watchedOn: 'discord',
  play: async (playing) => {
    await channelShows(playing, 'reminder')
    clockMovesTo(playing, '2026-06-16T14:00Z')
    await channelShows(playing, 'reminder')
    const preview = await types(playing, ANA, '/disclose')
    await presses(playing, ANA, cardOf(preview), 'Ask the second person')
    const question = await channelShows(playing, 'Ana asks: ')
    const look = await presses(playing, BEN, question, 'Look and approve')
    const whole = await readsUntil(playing, BEN, look, 'Approve')
    await presses(playing, BEN, cardOf(whole), 'Approve')
    await messageBecomes(playing, question, 'Approved.')
    await messageMoves(playing, await messageSays(playing, 'announcement', 'thanks to the reporter'), 'Disclosed')
    await advisoryAppears(playing)
    await filesAppear(playing)
    await mailLeaves(playing, ANNOUNCE)
    await mailLeaves(playing, OSS_SECURITY)
    for (const { address } of RECIPIENTS) await mailLeaves(playing, address)
    await mailLeaves(playing, REPORTER.address, 'Published, and thank you')
    await stageBecomes(playing, 'disclosed', 'hold the retrospective')
  },
}
