import type { EphemeralMessage, Message } from './state.ts'
import type { Interaction } from './interaction.ts'
import type { PlainAnswer } from './responses.ts'
import { playResponse } from './responses.ts'
import type { Json } from '@embargo/emulator-kit'
import { RESPONSE_URL_MS, RESPONSE_URL_USES, TRIGGER_MS } from './limits.ts'
import type { Workspace } from './workspace.ts'

export type TriggerExchange =
  | { readonly ok: true; readonly user: string; readonly interaction: string; readonly view: string | undefined }
  | {
      readonly ok: false
      readonly error: 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id'
    }

/** Stores triggers and response URLs, with the time until which each is valid. */
export class Interactions {
  readonly #workspace: Workspace
  readonly #base: () => string
  readonly #byTrigger = new Map<string, Interaction>()
  readonly #byUrl = new Map<string, Interaction>()

  constructor(workspace: Workspace, base: () => string) {
    this.#workspace = workspace
    this.#base = base
  }

  begin(by: {
    readonly user: string
    readonly channel?: string
    readonly view?: string
    readonly origin?: Message | EphemeralMessage
  }): Interaction {
    const id = this.#workspace.nextId('I')
    const triggerId = `${Math.floor(this.#workspace.clock.wall())}.${this.#byTrigger.size + 1}.${id.toLowerCase()}`
    const interaction: Interaction = {
      id,
      user: by.user,
      channel: by.channel,
      view: by.view,
      origin: by.origin,
      triggerId,
      responseUrl: `${this.#base()}/response/${id}`,
      startedAt: this.#workspace.clock.monotonic(),
      ephemeralsBefore: this.#workspace.ephemerals.length,
      responses: [],
      uses: 0,
      triggerUsed: false,
    }
    this.#byTrigger.set(triggerId, interaction)
    this.#byUrl.set(id, interaction)
    return interaction
  }

  /** Uses a trigger, which is possible once. */
  exchangeTrigger(triggerId: string): TriggerExchange {
    const interaction = this.#byTrigger.get(triggerId)
    if (!interaction) return { ok: false, error: 'invalid_trigger_id' }
    if (interaction.triggerUsed) return { ok: false, error: 'exchanged_trigger_id' }
    if (this.#ageOf(interaction) > TRIGGER_MS) return { ok: false, error: 'expired_trigger_id' }
    interaction.triggerUsed = true
    return { ok: true, user: interaction.user, interaction: interaction.id, view: interaction.view }
  }

  /** Handles a post to a response URL, which is possible five times within thirty minutes. */
  respond(id: string, body: Json | undefined): PlainAnswer {
    const interaction = this.#byUrl.get(id)
    if (!interaction || interaction.channel === undefined) return { status: 404, body: 'no_such_url' }
    if (this.#ageOf(interaction) > RESPONSE_URL_MS) return { status: 404, body: 'expired_url' }
    if (interaction.uses >= RESPONSE_URL_USES) return { status: 404, body: 'used_url' }
    const answered = playResponse(this.#workspace, interaction, body)
    if (answered.status === 200) interaction.uses += 1
    return answered
  }

  #ageOf(interaction: Interaction): number {
    return this.#workspace.clock.monotonic() - interaction.startedAt
  }
}
