import type { EphemeralMessage, InputValue, Message, Outcome, SlackEmulator } from '@embargo/emulator-slack'
import type { Channel } from './channel.ts'

/** How long an answer may take on a busy machine. */
const PATIENCE_MS = 8_000

/** What a colleague needs to act in a test. */
export type Office = {
  readonly slack: SlackEmulator
  /** The channel in which people type by default: the channel of the newest case. */
  readonly here: () => Channel
  readonly rest: () => Promise<void>
}

type Response = { readonly text: string; readonly card: EphemeralMessage | undefined }

/** Somebody on the team, in Slack. Each of their actions ends when the program has come to rest. */
export class Colleague {
  readonly #office: Office
  readonly #account: string

  constructor(office: Office, account: string) {
    this.#office = office
    this.#account = account
  }

  /** Types a slash command, by default in the current channel. Returns the answer that only this person sees. */
  async types(typed: string, channel = this.#office.here()): Promise<string> {
    return (await this.#types(typed, channel)).text
  }

  /** Types a command, reads the preview, and presses a button of the preview. */
  async typesAndPresses(typed: string, button: string, channel = this.#office.here()): Promise<string> {
    const { card, text } = await this.#types(typed, channel)
    if (card === undefined || !text.includes(`[ ${button} ]`))
      throw new Error(`“${button}” is not offered in answer to ${typed}: ${text}`)
    return this.presses(button, card)
  }

  /** Types a command that takes two people, reads the preview, and requests the second person's approval. */
  asksForASecond(typed: string, channel = this.#office.here()): Promise<string> {
    return this.typesAndPresses(typed, 'Ask the second person', channel)
  }

  /**
   * Reads all parts of the last request for approval, and approves it. Returns the answer that only this person sees.
   */
  async approves(channel = this.#office.here()): Promise<string> {
    const question = channel.find(' asks: ')
    let { card, text } = await this.#presses('Look and approve', question)
    while (card !== undefined && text.includes('[ Show more ]'))
      ({ card, text } = await this.#presses('Show more', card))
    return card === undefined ? text : this.presses('Approve', card)
  }

  async presses(button: string, on: Message | EphemeralMessage): Promise<string> {
    return (await this.#presses(button, on)).text
  }

  /**
   * Types a command that opens a form, fills in the form by the labels of its fields, and submits it. Returns what the
   * person then sees.
   */
  async fillsIn(
    typed: string,
    values: Readonly<Record<string, InputValue>>,
    channel = this.#office.here(),
  ): Promise<string> {
    await this.#types(typed, channel)
    const sent = await this.#person.submit(undefined, values)
    // A refusal appears on top of the form, and the form stays open.
    if (sent.result === 'pushed' && sent.current !== undefined) {
      await this.#person.close(sent.current)
      return this.#office.slack.render(sent.current)
    }
    if (sent.result !== 'closed' || sent.outcome === undefined)
      throw new Error(`The form of ${typed} was not taken: ${JSON.stringify(sent.errors ?? sent.result)}`)
    return (await this.#seen(sent.outcome)).text
  }

  /** Writes to colleagues in the channel. Embargo does not read such messages. */
  async says(text: string, channel = this.#office.here()): Promise<void> {
    this.#person.say(channel.id, text)
    await this.#office.rest()
  }

  get #person() {
    return this.#office.slack.person(this.#account)
  }

  async #types(typed: string, channel: Channel): Promise<Response> {
    const [command = '', ...rest] = typed.split(' ')
    return this.#seen(await this.#person.command(command, rest.join(' '), channel.id))
  }

  async #presses(button: string, on: Message | EphemeralMessage): Promise<Response> {
    return this.#seen(await this.#person.click(on.ts, button), on)
  }

  async #seen(outcome: Outcome, on?: Message | EphemeralMessage): Promise<Response> {
    const { slack, rest } = this.#office
    if (outcome.failure !== undefined) throw new Error(`Slack shows a warning: ${outcome.failure}.`)
    await outcome.shown(PATIENCE_MS)
    await rest()
    if (outcome.view !== undefined) return { text: slack.render(outcome.view), card: undefined }
    // If somebody answers a card that only they see, the answer replaces that card.
    const replaced = outcome.responses.some((each) => each.kind === 'replaced' && each.ts === on?.ts)
    const card = outcome.ephemerals.at(-1) ?? (replaced && on !== undefined && 'interaction' in on ? on : undefined)
    return { text: card === undefined ? '' : slack.render(card), card }
  }
}
