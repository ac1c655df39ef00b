import type { ChatCommand, Deliveries, Form, Place, Router } from '@embargo/chat'
import type { Instant, Platform, PolicyInForce, ProfileName } from '@embargo/core'
import type { Commands, Engine, Log, Queries } from '@embargo/engine'
import type { Keeper } from './keeper.ts'

/**
 * The part of a command that a bot needs, no matter which options the command has. `form` is pure, because a form opens
 * before anything is read from the database.
 */
export type FormCommand = Pick<ChatCommand, 'verb' | 'another' | 'parse' | 'fits'> & {
  /** The platforms and the policy profiles in which the command is offered; all if absent. */
  readonly allowed?: { readonly platforms?: readonly Platform[]; readonly profiles?: readonly ProfileName[] }
  form(input: Readonly<Record<string, string>> | string): Form
}

/** Chat's router: the only place that interprets a command. */
export type CommandRouter<Command extends FormCommand> = Pick<Router, 'handle' | 'refuses' | 'suggest'> & {
  readonly commands: readonly Command[]
}

/** The part of the engine that a bot uses. */
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

/** The context of every handler of a bot. */
export type BaseContext = {
  readonly policy: PolicyInForce
  readonly router: Pick<Router, 'handle' | 'refuses'>
  readonly engine: BotEngine
  readonly log: Log
  readonly deliveries: Deliveries
  /** Stores values for which a button has no room. */
  readonly keeper: Keeper
  /** The bot's own account. */
  readonly self: string
  /** The place of a command: the channel or, without a channel, a place that only the caller can read. */
  placeOf(channel: string | undefined): Place
  now(): Instant
}
