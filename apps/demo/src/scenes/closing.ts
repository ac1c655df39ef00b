import { stageBecomes } from '../acting/channel.ts'
import { types } from '../acting/people.ts'
import { ANA } from '../cast.ts'
import type { Scene } from './scene.ts'

export const closing: Scene = {
  title: 'Closing',
  at: '2026-06-17T09:00Z',
  play: async (playing) => {
    await types(
      playing,
      ANA,
      '/cvd close Fixed in 2.4.1 and published. --root-cause "File names of includes were joined unchecked."',
    )
    await stageBecomes(playing, 'closed')
  },
}
