import { stageOf } from '@embargo/core'
import type { Stage } from '@embargo/core'
import type { Message } from '@embargo/testkit'
import { PATIENCE_MS, theCase } from '../playing.ts'
import type { Playing } from '../playing.ts'

/** Waits until the channel has a message, not shown before, that says all of the words. */
export async function messageSays(playing: Playing, ...words: readonly string[]): Promise<Message> {
  const { slack, shown } = playing
  const { channel } = theCase(playing)
  return slack.until(
    (state) => state.messagesIn(channel.id).find((each) => !shown.has(each.ts) && saysAll(slack.render(each), words)),
    { timeoutMs: PATIENCE_MS, wanted: `a message in #${channel.name} that says ${quoted(words)}` },
  )
}

/** The same, and shows it. */
export async function channelShows(playing: Playing, ...words: readonly string[]): Promise<Message> {
  const { slack, shown, say } = playing
  const { channel } = theCase(playing)
  const message = await messageSays(playing, ...words)
  shown.add(message.ts)
  say({ line: 'shows', to: `#${channel.name}`, what: 'shows', text: slack.render(message) })
  return message
}

/** Waits until a message that is there already says all of the words; shows it as it is now. */
export async function messageBecomes(playing: Playing, message: Message, ...words: readonly string[]): Promise<void> {
  const { slack, say } = playing
  const { channel } = theCase(playing)
  await slack.until(() => saysAll(slack.render(message), words), {
    timeoutMs: PATIENCE_MS,
    wanted: `the message that comes to say ${quoted(words)}`,
  })
  say({ line: 'shows', to: `#${channel.name}`, what: 'edits its message', text: slack.render(message) })
}

/** The status card: pinned, and edited in place. */
export async function statusCard(playing: Playing): Promise<Message> {
  const { slack } = playing
  const { channel } = theCase(playing)
  return slack.until((state) => state.messagesIn(channel.id).find((each) => each.pinned), {
    timeoutMs: PATIENCE_MS,
    wanted: `a pinned status card in #${channel.name}`,
  })
}

/** Waits until a message has come to say all of the words; shows it as it was at first, and each of its edits. */
export async function messageMoves(playing: Playing, message: Message, ...words: readonly string[]): Promise<void> {
  const { slack, say, shown } = playing
  const { channel } = theCase(playing)
  shown.add(message.ts)
  await slack.until(() => saysAll(slack.render(message), words), {
    timeoutMs: PATIENCE_MS,
    wanted: `the message that comes to say ${quoted(words)}`,
  })
  const versions = [...message.edits, message].map((each) => slack.render({ ...message, ...each }))
  const moved = versions.filter((text, index) => text !== versions[index - 1])
  for (const [index, text] of moved.entries()) {
    say({ line: 'shows', to: `#${channel.name}`, what: index === 0 ? 'shows' : 'edits its message', text })
  }
}

/** Waits until the case is at a stage and its status card says so, and these words; shows the card. */
export async function stageBecomes(playing: Playing, stage: Stage, ...words: readonly string[]): Promise<void> {
  const { slack, say, shown, program } = playing
  const open = theCase(playing)
  const card = await statusCard(playing)
  await slack.until(() => saysAll(slack.render(card), [`· ${stage}`, ...words]), {
    timeoutMs: PATIENCE_MS,
    wanted: `the status card at the stage ${quoted([stage, ...words])}`,
  })
  const world = await program.engine.world(open.id)
  const now = world?.case === undefined ? undefined : stageOf(world.case, world.release)
  if (now !== stage) throw new Error(`The card says ${stage}, and the log says ${now ?? 'nothing'}.`)
  const what = shown.has(card.ts) ? 'edits its pinned card' : 'pins'
  shown.add(card.ts)
  say({ line: 'shows', to: `#${open.channel.name}`, what, text: slack.render(card) })
  say({ line: 'stage', case: open.id, stage, ...(open.stage === undefined ? {} : { was: open.stage }) })
  open.stage = stage
}

const saysAll = (text: string, words: readonly string[]): boolean => words.every((word) => text.includes(word))
const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(' and ')
