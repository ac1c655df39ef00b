import { stageBecomes } from '../acting/channel.ts'
import { cardOf, presses, types } from '../acting/people.ts'
import { mailLeaves } from '../acting/post.ts'
import { ANA, REPORTER } from '../cast.ts'
import type { Scene } from './scene.ts'

/**
 * Ana records that the report is valid, how severe it is and which versions are affected. Then she previews a reply and
 * sends it.
 */
export const assessing: Scene = {
  title: 'Assessing',
  at: '2026-06-02T14:30Z',
  play: async (playing) => {
    await types(
      playing,
      ANA,
      '/cvd triage valid high CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N CWE-22 Documents from outside are rendered by default. --affects main >= 2.0, < 2.4.1',
    )
    await stageBecomes(playing, 'assessing')
    await mailLeaves(playing, REPORTER.address)
    const preview = await types(playing, ANA, '/cvd reply', {
      Text: 'Hello Robin,\n\nthank you, we can see it here too, also with the symbolic link.\nWe will send you a patch within a week.\n\nAna\n',
    })
    await presses(playing, ANA, cardOf(preview), 'Send')
    await mailLeaves(playing, REPORTER.address, 'we can see it here too')
  },
}
