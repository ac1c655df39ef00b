import type { Effect, Instant, Recorded, World } from '@embargo/core'
import type { Deps } from '../deps.ts'

/** A mail that is to leave. */
export type SendMail = Extract<Effect, { kind: 'send-mail' }>

/** The input for rendering a mail. */
export type MailContext = {
  readonly effect: SendMail
  /** The event that asks for it. */
  readonly recorded: Recorded
  /** Everything as it is now, seen from the mail's case. */
  readonly world: World
  readonly now: Instant
  readonly deps: Deps
}
