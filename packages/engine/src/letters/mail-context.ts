import type { Effect, Instant, RecordedEvent, World } from '@embargo/core'
import type { Deps } from '../deps.ts'

export type SendMail = Extract<Effect, { kind: 'send-mail' }>

/** The input for rendering a mail. */
export type MailContext = {
  readonly effect: SendMail
  /** The event that requested the mail. */
  readonly recorded: RecordedEvent
  /** The current states of the mail's case and of everything that the case depends on. */
  readonly world: World
  readonly now: Instant
  readonly deps: Deps
}
