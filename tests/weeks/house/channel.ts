import type { Channel as SlackChannel, Message, SlackEmulator } from '@embargo/emulator-slack'

/** The channel of one case, as its members read it. */
export class Channel {
  readonly #slack: SlackEmulator
  readonly #channel: SlackChannel
  readonly #read = new Map<string, string>()

  constructor(slack: SlackEmulator, channel: SlackChannel) {
    this.#slack = slack
    this.#channel = channel
  }

  get id(): string {
    return this.#channel.id
  }

  /** The number of the case, such as `SEC-2026-0001`. */
  get number(): string {
    return this.#channel.name.toUpperCase()
  }

  get members(): ReadonlySet<string> {
    return this.#channel.members
  }

  /** The new or changed messages of the channel since the last call, without the pinned card. */
  news(): string {
    const news = this.#messages()
      .filter((message) => !message.pinned)
      .map((message) => [message.ts, this.#slack.render(message)] as const)
      .filter(([ts, text]) => this.#read.get(ts) !== text)
    for (const [ts, text] of news) this.#read.set(ts, text)
    return news.map(([, text]) => text).join('\n\n')
  }

  /** Everything that the channel shows now. */
  text(): string {
    return this.#messages()
      .map((message) => this.#slack.render(message))
      .join('\n\n')
  }

  /** The pinned status card. */
  card(): string {
    const card = this.#messages().find(({ pinned }) => pinned)
    return card === undefined ? '' : this.#slack.render(card)
  }

  /**
   * The last message with these words.
   * @throws if there is no such message
   */
  find(words: string): Message {
    const found = this.#messages().findLast((message) => this.#slack.render(message).includes(words))
    if (found === undefined) throw new Error(`#${this.#channel.name} does not say “${words}”. It says:\n${this.text()}`)
    return found
  }

  #messages(): readonly Message[] {
    return this.#slack.state.messagesIn(this.#channel.id)
  }
}
