import { channelShows, messageBecomes, stageBecomes } from '../acting/channel.ts'
import { cardOf, presses, types } from '../acting/people.ts'
import { mailLeaves } from '../acting/post.ts'
import { ANA, ANNOUNCE, BEN, RECIPIENTS } from '../cast.ts'
import type { Scene } from './scene.ts'

/**
 * Two people approve the notice to the list. Each recipient gets a separate mail, and the public learns only the date.
 */
export const prenotifying: Scene = {
  title: 'Pre-notification',
  at: '2026-06-08T09:30Z',
  play: async (playing) => {
    const preview = await types(playing, ANA, '/prenotify 2026-06-16 14:00')
    await presses(playing, ANA, cardOf(preview), 'Ask the second person')
    const question = await channelShows(playing, 'Ana asks: ')
    const look = await presses(playing, BEN, question, 'Look and approve')
    await presses(playing, BEN, cardOf(look), 'Approve')
    await messageBecomes(playing, question, 'Approved.')
    for (const { address } of RECIPIENTS) await mailLeaves(playing, address)
    await mailLeaves(playing, ANNOUNCE)
    await stageBecomes(playing, 'prenotified', `${RECIPIENTS.length} recipient`)
  },
}
