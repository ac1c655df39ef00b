import type { ChatCommand, Deliveries, Form, OptionInfo, Router } from '@embargo/chat'
import type { Instant, Platform, PolicyInForce, ProfileName } from '@embargo/core'
import type { Engine, Log } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import type { Keeper } from '../keeper.ts'
import type { CommandFacts } from '../registration/commands.ts'
import type { FileSource } from '../platform/download-files.ts'
import type { ExposureGuard } from '../platform/exposure-guard.ts'

/** A command as the bot uses it. `form` is pure: it opens before anything is read, while the trigger is fresh. */
export type BotCommand = CommandFacts &
  Pick<ChatCommand, 'about' | 'another'> & {
    readonly options: readonly Pick<OptionInfo, 'name' | 'kind' | 'needed' | 'wanted' | 'takes' | 'hidden' | 'most'>[]
    /** Where it is offered at all; everywhere without them. */
    readonly allowed?: { readonly platforms?: readonly Platform[]; readonly profiles?: readonly ProfileName[] }
    form(input: Readonly<Record<string, string>> | string): Form
    parse: ChatCommand['parse']
  }

/** Chat's router: the one place where a command is understood. */
export type BotRouter = Pick<Router, 'handle' | 'refuses' | 'suggest' | 'home'> & {
  readonly commands: readonly BotCommand[]
}

/** What every handler works with. */
export type BotContext = {
  readonly client: WebClient
  readonly policy: PolicyInForce
  readonly router: BotRouter
  readonly engine: Pick<
    Engine,
    | 'handle'
    | 'state'
    | 'history'
    | 'cases'
    | 'caseByChannel'
    | 'isCaseChannel'
    | 'now'
    | 'actorOf'
    | 'personOfAccount'
    | 'accountsOf'
    | 'putBlob'
    | 'blobText'
  >
  readonly log: Log
  readonly deliveries: Deliveries
  /** Where buttons keep what has no room in them. */
  readonly keeper: Keeper
  readonly guard: ExposureGuard
  /** Where the bytes of people's files are fetched. */
  readonly files: FileSource
  /** The app's own user. */
  readonly self: string
  /** How the root command is called in this workspace, without its slash. */
  readonly root: string
  now(): Instant
}
