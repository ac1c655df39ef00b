import type { Ephemeral, InputValue, Message, OpenView, Outcome } from '@embargo/testkit'
import type { Player } from '../cast.ts'
import { PATIENCE_MS, theCase } from '../playing.ts'
import type { Playing } from '../playing.ts'

/** What a person got to see in answer: a card for them alone, or a form. */
export type Answer = {
  readonly card: Ephemeral | undefined
  readonly form: OpenView | undefined
  readonly text: string
}

/** Somebody types a slash command in the case's channel, and sees the answer. */
export async function types(playing: Playing, who: Player, typed: string): Promise<Answer> {
  const { say, slack } = playing
  const { channel } = theCase(playing)
  say({ line: 'does', who: who.name, what: typed })
  const [command = '', ...rest] = typed.split(' ')
  const outcome = await slack.person(who.slack).command(command, rest.join(' '), channel.id)
  return seen(playing, who, outcome)
}

/** Somebody presses a button, and sees the answer. */
export async function presses(playing: Playing, who: Player, on: Message | Ephemeral, button: string): Promise<Answer> {
  const { say, slack } = playing
  say({ line: 'does', who: who.name, what: `(presses [ ${button} ])` })
  return seen(playing, who, await slack.person(who.slack).click(on.ts, button), on)
}

type Values = Readonly<Record<string, InputValue>>

/** Somebody fills in the form that is before them, sends it in, and sees the answer. */
export async function fillsIn(playing: Playing, who: Player, values: Values): Promise<Answer> {
  const { say, slack } = playing
  const person = slack.person(who.slack)
  const form = person.view
  if (form === undefined) throw new Error(`${who.name} has no form to fill in.`)
  const written = Object.entries(values).map(([name, value]) => `${name}: ${String(value)}`)
  say({ line: 'does', who: who.name, what: `(fills in “${form.view.title.text}”)\n${written.join('\n')}` })
  const sent = await person.submit(form, values)
  if (sent.result !== 'closed' || sent.outcome === undefined) {
    throw new Error(
      `The form “${form.view.title.text}” was not taken: ${JSON.stringify(sent.errors ?? sent.result)}${sent.current === undefined ? '' : `\n${slack.render(sent.current)}`}`,
    )
  }
  return seen(playing, who, sent.outcome)
}

async function seen(playing: Playing, who: Player, outcome: Outcome, on?: Message | Ephemeral): Promise<Answer> {
  const { say, slack } = playing
  if (outcome.failure !== undefined) throw new Error(`Slack shows ${who.name} a warning: ${outcome.failure}.`)
  await outcome.shown(PATIENCE_MS)
  if (outcome.view !== undefined) {
    say({ line: 'shows', to: `${who.name} alone`, what: 'is shown a form', text: slack.render(outcome.view) })
    return { card: undefined, form: outcome.view, text: slack.render(outcome.view) }
  }
  // An answer to a card for one person takes the place of that card.
  const replaced = outcome.responses.some((each) => each.kind === 'replaced' && each.ts === on?.ts)
  const card = outcome.ephemerals.at(-1) ?? (replaced && on !== undefined && 'interaction' in on ? on : undefined)
  const text = card === undefined ? '' : slack.render(card)
  if (card !== undefined) say({ line: 'shows', to: `${who.name} alone`, what: 'sees', text })
  return { card, form: undefined, text }
}

/** The card of an answer. @throws when there was none */
export function cardOf(answer: Answer): Ephemeral {
  if (answer.card === undefined) throw new Error('There was no card in answer.')
  return answer.card
}

/** Stops the play when an answer is not the one that the scene is about. */
export function mustSay(answer: Answer, ...words: readonly string[]): Answer {
  const missing = words.find((word) => !answer.text.includes(word))
  if (missing !== undefined) throw new Error(`The answer does not say “${missing}”. It says:\n${answer.text}`)
  return answer
}
