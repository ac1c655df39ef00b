import { channelShows, stageBecomes } from '../acting/channel.ts'
import { mustSay, types } from '../acting/people.ts'
import { mailLeaves, reporterWrites } from '../acting/post.ts'
import { clockMovesTo } from '../acting/clock.ts'
import { ANA, BEN, REPORTER } from '../cast.ts'
import type { Scene } from './scene.ts'

/**
 * Somebody other than the author checks the patch: here the reporter does, by mail. Ben tries to go on before that, and
 * is told why he must wait.
 */
export const confirming: Scene = {
  title: 'Confirming',
  at: '2026-06-04T16:21Z',
  play: async (playing) => {
    const letter = await mailLeaves(playing, REPORTER.address)
    const early = await types(playing, BEN, '/prenotify 2026-06-16')
    mustSay(early, 'The patch for main has no verification')
    clockMovesTo(playing, '2026-06-05T08:55Z')
    await reporterWrites(playing, {
      subject: `Re: ${letter.header('Subject')}`,
      text: 'Hello Ana,\n\nI have applied it to 2.4.0 and tried everything I had: the patch fixes it, the\nsymbolic link too.\n\nRobin\n',
      answers: letter,
    })
    await channelShows(playing, 'the patch fixes it')
    await types(playing, ANA, '/cvd log-answer last fixed')
    await stageBecomes(playing, 'ready')
  },
}
