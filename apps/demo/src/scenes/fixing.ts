import { stageBecomes } from '../acting/channel.ts'
import { types } from '../acting/people.ts'
import { mailLeaves } from '../acting/post.ts'
import { clockMovesTo } from '../acting/clock.ts'
import { ANA, BEN, REPORTER } from '../cast.ts'
import { ADVISORY, PATCH } from '../material.ts'
import type { Scene } from './scene.ts'

/** Ben writes the patch and the public texts, and the reporter gets the patch to check. */
export const fixing: Scene = {
  title: 'Fixing',
  at: '2026-06-02T15:10Z',
  play: async (playing) => {
    await types(playing, ANA, '/assign-patch @ben')
    await stageBecomes(playing, 'fixing')
    await mailLeaves(playing, REPORTER.address)
    clockMovesTo(playing, '2026-06-04T16:20Z')
    await types(playing, BEN, '/cvd patch', {
      'Fixed in version': '2.4.1',
      'Component, for the advisory': ADVISORY.component,
      'Impact, for the advisory': ADVISORY.impact,
      'Workaround, for the advisory': ADVISORY.workaround,
      'The patch, as text': PATCH,
    })
    await stageBecomes(playing, 'confirming')
  },
}
