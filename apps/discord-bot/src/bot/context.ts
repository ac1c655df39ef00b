import type { Choice, Deliveries, Form, Invocation, Reply, SuggestRequest, Tries } from '@embargo/chat'
import type { Instant, Platform, PolicyInForce, ProfileName } from '@embargo/core'
import type { Engine, Log } from '@embargo/engine'
import type { REST } from 'discord.js'
import type { CommandFacts, OptionFacts } from '../registration/commands.ts'
import type { Keeper } from '../keeper.ts'
import type { DownloadFile } from '../platform/download-files.ts'

/** An option as the bot uses it. `orFile`: the option that takes the same as a file. */
export type BotOption = OptionFacts & { readonly needed: boolean; readonly orFile?: string }

/** A command as the bot uses it. `form` is pure: a modal opens before anything is read, and cannot follow a deferral. */
export type BotCommand = Omit<CommandFacts, 'options'> & {
  readonly options: readonly BotOption[]
  /** Where it is offered at all; everywhere without them. */
  readonly allowed?: { readonly platforms?: readonly Platform[]; readonly profiles?: readonly ProfileName[] }
  form(input: Readonly<Record<string, string>> | string): Form
}

/** Chat's router: the one place where a command is understood. */
export type BotRouter = {
  handle(invocation: Invocation): Promise<Reply>
  /** Why it would be refused whatever its files say. */
  refuses(invocation: Invocation): Promise<Reply | undefined>
  suggest(asked: SuggestRequest): Promise<readonly Choice[]>
  readonly commands: readonly BotCommand[]
}

/** What every handler works with. */
export type BotContext = {
  readonly rest: REST
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
  readonly tries: Tries
  readonly keeper: Keeper
  /** Whether nobody but who may read it reads what is said in a channel; it was just looked at. Throws where Discord does not say. */
  mayAnswerIn(channel: string): Promise<boolean>
  readonly downloadFile: DownloadFile
  /** The server's id. */
  readonly guild: string
  /** The bot's own user. */
  readonly self: string
  now(): Instant
  /** Waits so many milliseconds, and no longer once the bot is told to stop. */
  pause(milliseconds: number): Promise<void>
}
