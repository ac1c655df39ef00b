import { COMMANDS, kebab, wayOption } from '@embargo/chat'
import type { DiscordEmulator, DiscordMessage, DiscordOutcome } from '@embargo/emulator-discord'
import type { Player } from '../cast.ts'
import { PATIENCE_MS, NoResponseWarning } from './played-chat.ts'
import type { Answer, PlayedChat, ShownMessage, FormEntries } from './played-chat.ts'

/** The message whose button was pressed, with its earlier text, because an answer may replace the message. */
type PressedMessage = { readonly card: ShownMessage; readonly said: string }

/** The small line at the foot of a card. By this line the program recognises its own messages. */
const MARK = /^┃ ref [0-9a-f]{16}\n?/gm

/** Discord as its users see it. */
export function discordChat(discord: DiscordEmulator): PlayedChat {
  const { state } = discord
  const shown = (one: DiscordMessage): string => discord.render(one).replaceAll(MARK, '')

  const seen = (one: DiscordMessage): ShownMessage => ({
    id: one.id,
    isPinned: one.pinned,
    text: () => shown(one),
    versions: () => [...one.edits.map((each) => ({ ...one, ...each })), one].map(shown),
  })

  async function answerOf(player: Player, outcome: DiscordOutcome, on?: PressedMessage): Promise<Answer> {
    if (outcome.failure !== undefined)
      throw new NoResponseWarning(`Discord shows ${player.name} a warning: ${outcome.failure}.`)
    await discord.until(
      () =>
        outcome.messages.length > 0 || outcome.modal !== undefined || (on !== undefined && on.card.text() !== on.said),
      {
        timeoutMs: PATIENCE_MS,
        wanted: `what ${player.name} sees in answer`,
      },
    )
    const { modal } = outcome
    if (modal !== undefined)
      return { card: undefined, form: { title: modal.modal.title }, text: discord.render(modal), all: () => [] }
    const card = outcome.ephemerals.at(-1)
    const all = () => outcome.ephemerals.map(shown)
    if (card !== undefined) return { card: seen(card), form: undefined, text: shown(card), all }
    return { card: on?.card, form: undefined, text: on?.card.text() ?? '', all }
  }

  return {
    platform: 'discord',
    called: 'Discord',
    channels: () =>
      [...state.channels.values()]
        .filter(({ kind }) => kind === 'text')
        .map(({ id, name }) => ({ id, name, people: () => readersOf(discord, id) })),
    messagesIn: (channel) => state.messagesIn(channel).map(seen),
    until: async (look, wanted) => discord.until(look, { timeoutMs: PATIENCE_MS, wanted }),
    types(player, typed, channel, form = {}) {
      const { verb, values, left } = asOptions(typed, form)
      const filled = Object.entries(values).map(([name, value]) => ` ${name}:${value}`)
      const answer = discord
        .person(player.discord)
        .command(`/${verb}`, values, channel)
        .then(async (outcome) => answerOf(player, outcome))
      return { shown: `/${verb}${filled.join('')}`, left, answer }
    },
    async presses(player, on, button) {
      const before = { card: on, said: on.text() }
      return answerOf(player, await discord.person(player.discord).click(on.id, button), before)
    },
    formBefore: (player) => discord.person(player.discord).modal?.modal.title,
    fillsIn: async (player, values) => answerOf(player, await discord.person(player.discord).submitModal(values)),
    notifications: () => state.notifications.map(({ text }) => text),
  }
}

/** The members of the server who can see a channel. */
const readersOf = (discord: DiscordEmulator, channel: string): readonly string[] =>
  [...discord.state.members.values()]
    .filter(({ user }) => user.isBot || discord.person(user.id).channels.some(({ id }) => id === channel))
    .map(({ user }) => user.globalName ?? user.username)

type FilledCommand = { readonly verb: string; readonly values: FormEntries; readonly left: FormEntries }

/**
 * Turns a line that was written for Slack or the terminal into a Discord command with options. Some values are options
 * on Discord but fields of a form on the other platforms. These values are taken from `form`.
 */
function asOptions(typed: string, form: FormEntries): FilledCommand {
  const words = typed.replace(/^\/cvd /u, '/')
  const [, verb = '', first = '', behind = ''] = /^\/(\S+)\s*(\S*)\s*([\s\S]*)$/u.exec(words) ?? []
  const base = COMMANDS.find((one) => one.verb === verb)
  // `/release plan` is the command `release.plan`. On Discord, people select `plan` in an option of `/release`.
  const way = COMMANDS.find((one) => one.verb === `${verb}.${first}`)
  const command = way ?? base
  const rest = way === undefined ? words.slice(verb.length + 1) : behind
  const parsed = command?.parse(rest, { branches: ['main'] })
  if (command === undefined || parsed?.ok !== true) throw new Error(`Nobody can type ${typed} on Discord.`)
  const offered = command.options.filter(({ hidden }) => !hidden)
  // Short texts are typed as options of the command, to keep its form to one page.
  const beside = offered.filter(
    ({ kind, required, carried, label }) => ((required && kind === 'text') || carried) && form[label] !== undefined,
  )
  const values = {
    ...parsed.values,
    ...Object.fromEntries(beside.map(({ name, label }) => [name, form[label] ?? ''])),
  }
  const isOffered = (name: string): boolean => offered.some((option) => option.name === name)
  return {
    verb,
    values: {
      ...(way === undefined ? {} : { [kebab(wayOption(base))]: first }),
      ...Object.fromEntries(
        Object.entries(values).flatMap(([name, value]) => (isOffered(name) ? [[kebab(name), value]] : [])),
      ),
    },
    left: Object.fromEntries(
      Object.entries(form).filter(([label]) => !beside.some((option) => option.label === label)),
    ),
  }
}
