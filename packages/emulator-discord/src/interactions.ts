import type { Guild } from './guild.ts'
import { INTERACTION_TOKEN_MS } from './limits.ts'
import type { Message, OpenModal } from './state.ts'

/**
 * The action of a person: typed a command, chose one on a message, touched a component, submitted a modal, was typing.
 */
export type InteractionKind = 'command' | 'message-command' | 'component' | 'modal' | 'autocomplete'

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
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

/** Something that a person did to the app. */
export type Interaction = {
  readonly id: string
  readonly token: string
  readonly kind: InteractionKind
  readonly user: string
  readonly channel: string
  /** The message that it happened on. */
  readonly origin: Message | undefined
  readonly startedAt: number
  /** How often that message had been edited when it began. */
  readonly originEdits: number
  state: 'waiting' | 'answered' | 'silent'
  callback: CallbackType | undefined
  /** How long the first answer took. */
  ackMs: number
  silence: Silence | undefined
  /** The message of the first answer, or the one that it changed. */
  original: Message | undefined
  /** The deferral showed "thinking…", and nothing took its place yet. */
  isThinking: boolean
  /** All answers, in order. */
  readonly messages: Message[]
  choices: readonly Choice[]
  modal: OpenModal | undefined
}

type Waiting = { readonly timer: NodeJS.Timeout; readonly done: () => void }

/** Keeps interactions and their tokens, and how long each is good for. */
export class Interactions {
  readonly #guild: Guild
  readonly #answerMs: number
  readonly #byToken = new Map<string, Interaction>()
  readonly #waiting = new Map<string, Waiting>()

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

  /** Resolves once the app answered, or three seconds are over. */
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

  /** The first answer came. */
  answered(interaction: Interaction, callback: CallbackType): void {
    interaction.state = 'answered'
    interaction.callback = callback
    this.#finish(interaction)
  }

  byToken(token: string): Interaction | undefined {
    return this.#byToken.get(token)
  }

  /** True once the first answer can no longer come. */
  isLate(interaction: Interaction): boolean {
    return interaction.state === 'silent' || this.#ageOf(interaction) > this.#answerMs
  }

  /** True once follow-ups can no longer come. */
  isExpired(interaction: Interaction): boolean {
    return this.#ageOf(interaction) > INTERACTION_TOKEN_MS
  }

  /** Ends all waiting: the emulator closes. */
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
