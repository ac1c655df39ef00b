import type { Instant, PolicyInForce, Roots } from '@embargo/core'
import type { Commands } from './commands/commands.ts'
import type { Deps } from './deps.ts'
import type { Queries } from './queries/queries.ts'
import type { Texts } from './texts/texts.ts'

/**
 * The only interface of the engine. Apps and chat translate what happens into these calls and decide nothing
 * themselves.
 */
export type Engine = {
  readonly policy: PolicyInForce
  now(): Instant
  /** The name of the setting without which no mail can be sent; absent if it is set. */
  readonly relayMissing?: string | undefined
  /** The root commands that are renamed. */
  readonly roots?: Roots
  readonly commands: Commands
  readonly queries: Queries
  readonly texts: Texts
}

/**
 * The engine together with the dependencies that its own loops need. These loops are the dispatcher, the scheduler, the
 * intake and others.
 */
export type RunningEngine = Engine & { readonly deps: Deps }
