import { stageInWords, stageOf } from '@embargo/core'
import type { Stage } from '@embargo/core'
import type { ShownMessage } from '../chat/played-chat.ts'
import { placesOf, theCase } from '../playing.ts'
import type { ChannelInChat, PlayInProgress } from '../playing.ts'

/** A message, its channel, and the words by which the message was found. */
export type FoundMessage = {
  readonly at: ChannelInChat
  readonly message: ShownMessage
  readonly words: readonly string[]
}

/** Waits until the case's channel has a new message with all of the words, on the platform that the play shows. */
export async function messageSays(playing: PlayInProgress, ...words: readonly string[]): Promise<FoundMessage> {
  const [at] = placesOf(playing)
  return messageAt(playing, at, words)
}

async function messageAt(
  { shown }: PlayInProgress,
  at: ChannelInChat,
  words: readonly string[],
): Promise<FoundMessage> {
  const { chat, channel } = at
  const message = await chat.until(
    () => chat.messagesIn(channel.id).find((each) => !shown.has(each.id) && saysAll(each.text(), words)),
    `a message in #${channel.name} on ${chat.called} that says ${quoted(words)}`,
  )
  return { at, message, words }
}

/** Finds the same message in another channel of the case. */
export async function counterpart(
  playing: PlayInProgress,
  original: FoundMessage,
  at: ChannelInChat,
): Promise<FoundMessage> {
  if (original.at.chat.platform === at.chat.platform) return original
  const found = await messageAt(playing, at, original.words)
  playing.shown.add(found.message.id)
  return found
}

/** Waits for a message as `messageSays` does, and prints it. */
export async function channelShows(playing: PlayInProgress, ...words: readonly string[]): Promise<FoundMessage> {
  const { shown, say } = playing
  const found = await messageSays(playing, ...words)
  const { at, message } = found
  shown.add(message.id)
  say({ line: 'shows', to: nameOf(playing, at), what: 'shows', text: message.text() })
  return found
}

/** Waits until an existing message has all of the words, and prints it. */
export async function messageBecomes(
  playing: PlayInProgress,
  { at, message }: FoundMessage,
  ...words: readonly string[]
): Promise<void> {
  await at.chat.until(() => saysAll(message.text(), words), `the edited message with ${quoted(words)}`)
  playing.say({ line: 'shows', to: nameOf(playing, at), what: 'edits its message', text: message.text() })
}

/** Waits until a message has all of the words. Shows the message as it was at first, and after each edit. */
export async function messageMoves(
  playing: PlayInProgress,
  { at, message }: FoundMessage,
  ...words: readonly string[]
): Promise<void> {
  const { say, shown } = playing
  shown.add(message.id)
  await at.chat.until(() => saysAll(message.text(), words), `the edited message with ${quoted(words)}`)
  const versions = message.versions()
  const moved = versions.filter((text, index) => text !== versions[index - 1])
  for (const [index, text] of moved.entries()) {
    say({ line: 'shows', to: nameOf(playing, at), what: index === 0 ? 'shows' : 'edits its message', text })
  }
}

/**
 * Waits until the case's status card shows this stage and these words on every platform. Prints the card of the watched
 * platform.
 */
export async function stageBecomes(playing: PlayInProgress, stage: Stage, ...words: readonly string[]): Promise<void> {
  const { say, shown, program } = playing
  const open = theCase(playing)
  const cards = await Promise.all(
    placesOf(playing).map(async (at) => cardSays(at, [`· ${stageInWords(stage)}`, ...words])),
  )
  const world = await program.engine.queries.world(open.id)
  const now = world?.case === undefined ? undefined : stageOf(world.case, world.release)
  if (now !== stage) throw new Error(`The card says ${stage}, and the log says ${now ?? 'nothing'}.`)
  for (const { at, message } of cards.slice(0, 1)) {
    const verb = shown.has(message.id) ? 'edits its pinned card' : 'pins'
    shown.add(message.id)
    say({ line: 'shows', to: nameOf(playing, at), what: verb, text: message.text() })
  }
  say({ line: 'stage', case: open.id, stage, ...(open.stage === undefined ? {} : { was: open.stage }) })
  open.stage = stage
}

/** Waits until the status card has all of the words, and returns it. The card is pinned, and edited in place. */
async function cardSays(at: ChannelInChat, words: readonly string[]): Promise<Omit<FoundMessage, 'words'>> {
  const { chat, channel } = at
  const pinned = (): ShownMessage | undefined => chat.messagesIn(channel.id).find((each) => each.isPinned)
  const message = await chat.until(
    () => {
      const card = pinned()
      return card !== undefined && saysAll(card.text(), words) && card
    },
    `the pinned status card in #${channel.name} that says ${quoted(words)}`,
  )
  return { at, message }
}

/** The channel's name, with the platform's name if the play uses two platforms. */
const nameOf = ({ chats }: PlayInProgress, { chat, channel }: ChannelInChat): string =>
  chats.length === 1 ? `#${channel.name}` : `#${channel.name} on ${chat.called}`

const saysAll = (text: string, words: readonly string[]): boolean => words.every((word) => text.includes(word))
const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(' and ')
