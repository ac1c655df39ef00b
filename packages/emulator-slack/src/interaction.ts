import type { EphemeralMessage, Message } from './state.ts'

/** One use of a response URL, as the person sees it. */
export type ResponseUse = {
  readonly kind: 'ephemeral' | 'in_channel' | 'replaced' | 'deleted'
  readonly ts: string
  readonly text: string
}

/** Something that a person did to the app. */
export type Interaction = {
  readonly id: string
  readonly user: string
  readonly channel: string | undefined
  readonly view: string | undefined
  /** The message on which the person acted, which a response may replace. */
  readonly origin: Message | EphemeralMessage | undefined
  readonly triggerId: string
  readonly responseUrl: string
  readonly startedAt: number
  /** How many ephemeral messages existed before the interaction, so that later ones can be recognised. */
  readonly ephemeralsBefore: number
  readonly responses: ResponseUse[]
  uses: number
  triggerUsed: boolean
}
