import type { Guild } from './guild.ts'
import { INTERACTION_TOKEN_MS } from './limits.ts'
import type { Message, OpenModal } from './state.ts'

/**
 * What the person did: typed a command, chose a command in a message's menu, used a component, submitted a modal, or
 * was typing the value of a command's option (`autocomplete`).
 */
export type InteractionKind = 'command' | 'message-command' | 'component' | 'modal' | 'autocomplete'

/**
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
 */
export const CALLBACK = {
  pong: 1,
  message: 4,
  deferredMessage: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const

export type CallbackType = (typeof CALLBACK)[keyof typeof CALLBACK]

/** One suggestion of an autocomplete. */
export type Choice = { readonly name: string; readonly value: string | number }

/** Why the person sees "The application did not respond": no app is connected, or no answer came in three seconds. */
export type Silence = 'no-connection' | 'timeout'

/** Something that a person did and that the app must answer. */
export type Interaction = {
  readonly id: string
  readonly token: string
  readonly kind: InteractionKind
  readonly user: string
  readonly channel: string
  /** The message on which the person acted. */
  readonly origin: Message | undefined
  readonly startedAt: number
  /** How often the message `origin` had been edited before the interaction. */
  readonly originEdits: number
  state: 'waiting' | 'answered' | 'silent'
  callback: CallbackType | undefined
  /** How long the first answer took, in milliseconds. */
  ackMs: number
  silence: Silence | undefined
  /** The message of the first answer, or the message that the answer changed. */
  original: Message | undefined
  /** Whether the deferral still shows "thinking…", because no answer has replaced it. */
  isThinking: boolean
  /** All answers, in order. */
  readonly messages: Message[]
  choices: readonly Choice[]
  modal: OpenModal | undefined
}

type PendingAnswer = { readonly timer: NodeJS.Timeout; readonly done: () => void }

/** Stores interactions and their tokens, with the time until which each is valid. */
export class Interactions {
  readonly #guild: Guild
  readonly #answerMs: number
  readonly #byToken = new Map<string, Interaction>()
  readonly #waiting = new Map<string, PendingAnswer>()

  constructor(guild: Guild, answerMs: number) {
    this.#guild = guild
    this.#answerMs = answerMs
  }

  begin(by: Pick<Interaction, 'kind' | 'user' | 'channel' | 'origin'>): Interaction {
    const id = this.#guild.ids.next()
    const interaction: Interaction = {
      ...by,
      id,
      token: Buffer.from(`interaction:${id}`).toString('base64url'),
      startedAt: this.#guild.clock.monotonic(),
      originEdits: by.origin?.edits.length ?? 0,
      state: 'waiting',
      callback: undefined,
      ackMs: 0,
      silence: undefined,
      original: undefined,
      isThinking: false,
      messages: [],
      choices: [],
      modal: undefined,
    }
    this.#byToken.set(interaction.token, interaction)
    return interaction
  }

  /** Resolves when the app has answered, or after three seconds. */
  settled(interaction: Interaction): Promise<void> {
    if (interaction.state !== 'waiting') return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.giveUp(interaction, 'timeout'), this.#answerMs)
      this.#waiting.set(interaction.id, { timer, done: resolve })
    })
  }

  /** Tells the person that the application did not respond. */
  giveUp(interaction: Interaction, silence: Silence): void {
    if (interaction.state !== 'waiting') return
    interaction.state = 'silent'
    interaction.silence = silence
    this.#finish(interaction)
  }

  /** Records the first answer. */
  answered(interaction: Interaction, callback: CallbackType): void {
    interaction.state = 'answered'
    interaction.callback = callback
    this.#finish(interaction)
  }

  byToken(token: string): Interaction | undefined {
    return this.#byToken.get(token)
  }

  /** Whether it is too late for the first answer. */
  isLate(interaction: Interaction): boolean {
    return interaction.state === 'silent' || this.#ageOf(interaction) > this.#answerMs
  }

  /** Whether it is too late for follow-ups. */
  isExpired(interaction: Interaction): boolean {
    return this.#ageOf(interaction) > INTERACTION_TOKEN_MS
  }

  /** Stops everything that still waits, because the emulator closes. */
  close(): void {
    for (const { timer, done } of this.#waiting.values()) {
      clearTimeout(timer)
      done()
    }
    this.#waiting.clear()
  }

  #finish(interaction: Interaction): void {
    interaction.ackMs = this.#ageOf(interaction)
    const waiting = this.#waiting.get(interaction.id)
    this.#waiting.delete(interaction.id)
    clearTimeout(waiting?.timer)
    this.#guild.changes.announce()
    waiting?.done()
  }

  #ageOf(interaction: Interaction): number {
    return this.#guild.clock.monotonic() - interaction.startedAt
  }
}
