import { types } from '../acting/people.ts'
import { mailLeaves, reporterWrites } from '../acting/post.ts'
import { channelShows, stageBecomes } from '../acting/channel.ts'
import { clockMovesTo } from '../acting/clock.ts'
import { ANA, REPORTER } from '../cast.ts'
import type { Scene } from './scene.ts'

/** Ana acknowledges the report. The acknowledgment contains questions, and the reporter answers them. */
export const acknowledging: Scene = {
  title: 'Acknowledging',
  at: '2026-06-02T10:05Z',
  play: async (playing) => {
    await types(playing, ANA, '/ack I am handling this one.')
    await stageBecomes(playing, 'acknowledged')
    const letter = await mailLeaves(playing, REPORTER.address)
    clockMovesTo(playing, '2026-06-02T12:40Z')
    await reporterWrites(playing, {
      subject: `Re: ${letter.header('Subject')}`,
      text: 'Hello Ana,\n\nplease credit me by name: Robin Sample. I would rather not write the patch, but I\nwill gladly check yours. No AI was used; I found it while reading the source.\n\nRobin\n',
      answers: letter,
    })
    await channelShows(playing, 'I would rather not write the patch')
    await types(playing, ANA, '/cvd log-answer last patch-no ai-no credit-named Robin Sample')
  },
}
