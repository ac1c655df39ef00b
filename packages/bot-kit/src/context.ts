import type { Deliveries, Form, Place, Router } from '@embargo/chat'
import type { Instant, Platform, PolicyInForce, ProfileName } from '@embargo/core'
import type { Commands, Engine, Log, Queries } from '@embargo/engine'
import type { Keeper } from './keeper.ts'

/** What a bot asks of a command, whatever its options. `form` is pure: a form opens before anything is read. */
export type FormCommand = {
  readonly verb: string
  /** The places where it is offered; everywhere if absent. */
  readonly allowed?: { readonly platforms?: readonly Platform[]; readonly profiles?: readonly ProfileName[] }
  form(input: Readonly<Record<string, string>> | string): Form
}

/** Chat's router: the one place where a command is understood. */
export type CommandRouter<Command extends FormCommand> = Pick<Router, 'handle' | 'refuses' | 'suggest'> & {
  readonly commands: readonly Command[]
}

/** The engine as far as a bot asks it. */
export type BotEngine = Pick<Engine, 'now'> & {
  readonly commands: Pick<Commands, 'handle' | 'putBlob'>
  readonly queries: Pick<
    Queries,
    | 'state'
    | 'history'
    | 'cases'
    | 'caseByChannel'
    | 'isCaseChannel'
    | 'actorOf'
    | 'personOfAccount'
    | 'accountsOf'
    | 'blobText'
  >
}

/** What every handler of a bot works with. */
export type BaseContext = {
  readonly policy: PolicyInForce
  readonly router: Pick<Router, 'handle' | 'refuses'>
  readonly engine: BotEngine
  readonly log: Log
  readonly deliveries: Deliveries
  /** Where buttons keep what has no room in them. */
  readonly keeper: Keeper
  /** The bot's own account. */
  readonly self: string
  /** Where a command is given: a channel, or the caller's own place without one. */
  placeOf(channel: string | undefined): Place
  now(): Instant
}
