import type { EphemeralMessage, Message, OpenView, Outcome, SlackEmulator } from '@embargo/emulator-slack'
import type { Player } from '../cast.ts'
import { PATIENCE_MS, NoResponseWarning } from './played-chat.ts'
import type { Answer, PlayedChat, ShownMessage } from './played-chat.ts'

/** Slack as its users see it. */
export function slackChat(slack: SlackEmulator): PlayedChat {
  const { state } = slack
  const cards = new Map<string, Message | EphemeralMessage>()

  const seen = (one: Message | EphemeralMessage): ShownMessage => {
    cards.set(one.ts, one)
    const isMessage = 'edits' in one
    return {
      id: one.ts,
      isPinned: isMessage && one.pinned,
      text: () => slack.render(one),
      versions: () =>
        (isMessage ? [...one.edits.map((each) => ({ ...one, ...each })), one] : [one]).map((each) =>
          slack.render(each),
        ),
    }
  }

  async function answerOf(player: Player, outcome: Outcome, on?: ShownMessage): Promise<Answer> {
    if (outcome.failure !== undefined)
      throw new NoResponseWarning(`Slack shows ${player.name} a warning: ${outcome.failure}.`)
    await outcome.shown(PATIENCE_MS)
    if (outcome.view !== undefined) return formOf(outcome.view)
    // If somebody answers a card that only they see, the answer replaces that card.
    const before = on === undefined ? undefined : cards.get(on.id)
    const replaced = outcome.responses.some((each) => each.kind === 'replaced' && each.ts === on?.id)
    const card =
      outcome.ephemerals.at(-1) ?? (replaced && before !== undefined && !('edits' in before) ? before : undefined)
    return {
      card: card && seen(card),
      form: undefined,
      text: card === undefined ? '' : slack.render(card),
      // Identical cards count as one: when Slack's response to an answer is lost, the bot may send the same card once
      // more.
      all: () => [...new Set(outcome.ephemerals.map((each) => slack.render(each)))],
    }
  }

  const formOf = (view: OpenView): Answer => ({
    card: undefined,
    form: { title: titleOf(view) },
    text: slack.render(view),
    all: () => [],
  })

  return {
    platform: 'slack',
    called: 'Slack',
    channels: () =>
      [...state.channels.values()].map(({ id, name, members }) => ({
        id,
        name,
        people: () => [...members].map((one) => state.users.get(one)?.realName ?? one),
      })),
    messagesIn: (channel) => state.messagesIn(channel).map(seen),
    until: async (look, wanted) => slack.until(look, { timeoutMs: PATIENCE_MS, wanted }),
    types(player, typed, channel, form = {}) {
      const [command = '', ...rest] = typed.split(' ')
      const answer = slack
        .person(player.slack)
        .command(command, rest.join(' '), channel)
        .then(async (outcome) => answerOf(player, outcome))
      return { shown: typed, left: form, answer }
    },
    presses: async (player, on, button) => answerOf(player, await slack.person(player.slack).click(on.id, button), on),
    formBefore: (player) => {
      const { view } = slack.person(player.slack)
      return view === undefined ? undefined : titleOf(view)
    },
    async fillsIn(player, values) {
      const person = slack.person(player.slack)
      const sent = await person.submit(person.view, values)
      if ((sent.result === 'closed' || sent.result === 'failed') && sent.outcome !== undefined)
        return answerOf(player, sent.outcome)
      const modal = sent.current === undefined ? '' : `\n${slack.render(sent.current)}`
      throw new Error(`Slack did not accept the form: ${JSON.stringify(sent.errors ?? sent.result)}${modal}`)
    },
    notifications: () => state.notifications.map(({ text }) => text),
  }
}

const titleOf = ({ view }: OpenView): string => ('title' in view ? view.title.text : '')
