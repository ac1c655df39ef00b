import type { Player } from '../cast.ts'
import type { Answer, ShownMessage, FormEntries } from '../chat/played-chat.ts'
import { placesOf } from '../playing.ts'
import type { ChannelInChat, PlayInProgress } from '../playing.ts'
import { counterpart } from './channel.ts'
import type { FoundMessage } from './channel.ts'

/** An answer that only one person sees, and the channel in which they see it. */
export type PrivateAnswer = Answer & { readonly at: ChannelInChat }

/** A person types a command in the case's channel, fills in its form if one opens, and sees the answer. */
export async function types(
  playing: PlayInProgress,
  player: Player,
  typed: string,
  form?: FormEntries,
): Promise<PrivateAnswer> {
  const at = whereIs(playing, player)
  const { shown, left, answer } = at.chat.types(player, typed, at.channel.id, form)
  playing.say({ line: 'does', who: player.name, what: `${shown}${onWhich(playing, at)}` })
  const answered = seen(playing, player, at, await answer)
  return answered.form === undefined || form === undefined ? answered : fillsIn(playing, player, at, left)
}

/** A person presses a button, and sees the answer. */
export async function presses(
  playing: PlayInProgress,
  player: Player,
  on: FoundMessage | { readonly at: ChannelInChat; readonly card: ShownMessage },
  button: string,
): Promise<PrivateAnswer> {
  // A message for everybody is on every platform, and each person presses the button on their own platform.
  const own = 'card' in on ? on : await counterpart(playing, on, whereIs(playing, player))
  const { at } = own
  playing.say({ line: 'does', who: player.name, what: `(presses [ ${button} ])${onWhich(playing, at)}` })
  return seen(playing, player, at, await at.chat.presses(player, 'card' in own ? own.card : own.message, button))
}

/** A person reads the parts of a long text, one after the other, until the button appears. */
export async function readsUntil(
  playing: PlayInProgress,
  player: Player,
  answer: PrivateAnswer,
  button: string,
): Promise<PrivateAnswer> {
  let read = answer
  while (!read.text.includes(`[ ${button} ]`)) read = await presses(playing, player, cardOf(read), 'Show more')
  return read
}

async function fillsIn(
  playing: PlayInProgress,
  player: Player,
  at: ChannelInChat,
  values: FormEntries,
): Promise<PrivateAnswer> {
  const title = at.chat.formBefore(player)
  if (title === undefined) throw new Error(`${player.name} has no form to fill in.`)
  const written = Object.entries(values).map(([name, value]) => `${name}: ${value}`)
  playing.say({ line: 'does', who: player.name, what: `(fills in “${title}”)\n${written.join('\n')}` })
  return seen(playing, player, at, await at.chat.fillsIn(player, values))
}

function seen({ say }: PlayInProgress, player: Player, at: ChannelInChat, answer: Answer): PrivateAnswer {
  const { card, form, text } = answer
  if (form !== undefined) say({ line: 'shows', to: `${player.name} alone`, what: 'is shown a form', text })
  if (card !== undefined) say({ line: 'shows', to: `${player.name} alone`, what: 'sees', text })
  return { ...answer, at }
}

/** The case's channel, on the platform that this person uses. */
function whereIs(playing: PlayInProgress, player: Player): ChannelInChat {
  const places = placesOf(playing)
  return places.find(({ chat }) => chat.platform === playing.sits(player)) ?? places[0]
}

const onWhich = ({ chats }: PlayInProgress, { chat }: ChannelInChat): string =>
  chats.length === 1 ? '' : `   [on ${chat.called}]`

/**
 * The card of an answer.
 * @throws if the answer has none
 */
export function cardOf({ card, at }: PrivateAnswer): { readonly at: ChannelInChat; readonly card: ShownMessage } {
  if (card === undefined) throw new Error('The answer has no card.')
  return { at, card }
}

/** Stops the play if an answer does not have the words that the scene needs. */
export function mustSay(answer: PrivateAnswer, ...words: readonly string[]): PrivateAnswer {
  const missing = words.find((word) => !answer.text.includes(word))
  if (missing !== undefined) throw new Error(`The answer does not say “${missing}”. It says:\n${answer.text}`)
  return answer
}
