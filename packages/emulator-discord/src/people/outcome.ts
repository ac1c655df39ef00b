import type { Guild } from '../guild.ts'
import type { Choice, Interaction, Silence } from '../interactions.ts'
import { CALLBACK } from '../interactions.ts'
import type { Message, OpenModal } from '../state.ts'

/** Why the person sees a warning instead of an answer, or cannot use the command. */
export type DiscordFailure = Silence | 'no-such-command'

/** How long `shown` waits by default. */
const SHOWN_MS = 5000

const NAMES = {
  [CALLBACK.pong]: 'pong',
  [CALLBACK.message]: 'message',
  [CALLBACK.deferredMessage]: 'deferred-message',
  [CALLBACK.deferredUpdate]: 'deferred-update',
  [CALLBACK.update]: 'update',
  [CALLBACK.choices]: 'choices',
  [CALLBACK.modal]: 'modal',
} as const

/** How the app first answered. */
export type FirstAnswer = (typeof NAMES)[keyof typeof NAMES]

/** Everything that a person sees after an action. More is added while the app continues to answer. */
export class Outcome {
  readonly failure: DiscordFailure | undefined
  readonly #guild: Guild
  readonly #interaction: Interaction | undefined

  constructor(guild: Guild, interaction: Interaction | undefined) {
    this.#guild = guild
    this.#interaction = interaction
    this.failure = interaction ? interaction.silence : 'no-such-command'
  }

  /** How the app first answered; undefined if it did not. */
  get acknowledged(): FirstAnswer | undefined {
    const callback = this.#interaction?.callback
    return callback === undefined ? undefined : NAMES[callback]
  }

  /** The time until the first answer, in milliseconds of the emulator's monotonic clock. */
  get ackMs(): number {
    return this.#interaction?.ackMs ?? 0
  }

  /** The answers that still exist, in order, including those that only this person sees. "Thinking…" is left out. */
  get messages(): readonly Message[] {
    const { messages = [], isThinking, original } = this.#interaction ?? {}
    return messages.filter((each) => !each.deleted && !(isThinking === true && each === original))
  }

  /** The answers in `messages` that only this person saw. */
  get ephemerals(): readonly Message[] {
    return this.messages.filter((each) => each.ephemeralTo !== undefined)
  }

  /** Whether the person still sees "thinking…". */
  get isThinking(): boolean {
    return this.#interaction?.isThinking ?? false
  }

  /** Whether the message on which the person acted has been changed or deleted since. */
  get isChanged(): boolean {
    const { origin, originEdits = 0 } = this.#interaction ?? {}
    return origin !== undefined && (origin.deleted || origin.edits.length > originEdits)
  }

  /** The modal that this action opened, if any. */
  get modal(): OpenModal | undefined {
    return this.#interaction?.modal
  }

  /** The suggestions of an autocomplete. */
  get choices(): readonly Choice[] {
    return this.#interaction?.choices ?? []
  }

  /** Resolves when the person sees something: a message, a modal, or a changed message. */
  async shown(timeoutMs: number = SHOWN_MS): Promise<this> {
    await this.#guild.changes.until(
      () => this.messages.length > 0 || this.modal || this.isChanged,
      timeoutMs,
      'something that the person sees in answer',
    )
    return this
  }
}
