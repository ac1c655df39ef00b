import type { Interaction, ResponseUse } from '../interaction.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import type { Ack } from '../sockets.ts'
import type { EphemeralMessage, OpenView } from '../state.ts'
import type { Workspace } from '../workspace.ts'

/**
 * Why the person sees a warning instead of an answer: no acknowledgement in three seconds, no app connected, no such
 * command, or an acknowledgement that Slack cannot read.
 */
export type Failure = 'operation_timeout' | 'dispatch_failed' | 'no_such_command' | 'invalid_response'

/** How long `shown` waits by default. */
const SHOWN_MS = 5000

/** Everything that a person sees after an action. The lists grow while the app continues to answer. */
export class Outcome {
  /** The body of the app's acknowledgement, perhaps empty; undefined if the app did not acknowledge. */
  readonly acknowledged: JsonObject | undefined
  readonly failure: Failure | undefined
  /** The time until the acknowledgement, in milliseconds of the emulator's monotonic clock. */
  readonly ackMs: number
  readonly #workspace: Workspace
  readonly #interaction: Interaction

  constructor(
    workspace: Workspace,
    interaction: Interaction,
    result: {
      readonly acknowledged: JsonObject | undefined
      readonly failure: Failure | undefined
      readonly ackMs: number
    },
  ) {
    this.#workspace = workspace
    this.#interaction = interaction
    this.acknowledged = result.acknowledged
    this.failure = result.failure
    this.ackMs = result.ackMs
  }

  /** The messages that only this person saw: answers to this action, and other messages after it. */
  get ephemerals(): readonly EphemeralMessage[] {
    const { user, id, ephemeralsBefore } = this.#interaction
    return this.#workspace.ephemerals
      .slice(ephemeralsBefore)
      .filter((each) => each.user === user && !each.deleted)
      .filter((each) => each.interaction === undefined || each.interaction === id)
  }

  /** The responses through the acknowledgement and the response URL, in order. */
  get responses(): readonly ResponseUse[] {
    return this.#interaction.responses
  }

  /** The modal that this action opened, if any. */
  get view(): OpenView | undefined {
    return this.#workspace.views.find((each) => each.interaction === this.#interaction.id)
  }

  /** Resolves when the person sees something: a message to them, a response, or a modal. */
  async shown(timeoutMs: number = SHOWN_MS): Promise<this> {
    await this.#workspace.changes.until(
      () => this.ephemerals.length + this.responses.length > 0 || this.view,
      timeoutMs,
      'something that the person sees in answer',
    )
    return this
  }
}

/** The part of an outcome that the acknowledgement decides. */
export const fromAck = (
  ack: Ack,
): { acknowledged: JsonObject | undefined; failure: Failure | undefined; ackMs: number } => {
  if (ack.ok) return { acknowledged: ack.payload, failure: undefined, ackMs: ack.ms }
  const failure = ack.reason === 'no-connection' ? 'dispatch_failed' : 'operation_timeout'
  return { acknowledged: undefined, failure, ackMs: ack.ms }
}
