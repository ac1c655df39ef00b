import type { BaseContext, CommandRouter, FormCommand } from '@embargo/bot-kit'
import type { OptionInfo, SubmissionIds } from '@embargo/chat'
import type { REST } from 'discord.js'
import type { DownloadFile } from '../platform/download-files.ts'
import type { CommandFacts, OptionFacts } from '../registration/facts.ts'

/**
 * The properties of an option that the bot needs. `orFile`: another option, through which the same content can be given
 * as a file.
 */
export type BotOption = OptionFacts & Pick<OptionInfo, 'needed' | 'takes' | 'orFile'>

/**
 * The properties of a command that the bot needs. If the command has a form, the form must be the first response to the
 * interaction, because Discord accepts no form after a deferral.
 */
export type BotCommand = Omit<CommandFacts, 'options'> & FormCommand & { readonly options: readonly BotOption[] }

export type BotRouter = CommandRouter<BotCommand>

/** The parts of the bot that every handler uses. */
export type BotContext = BaseContext & {
  readonly rest: REST
  readonly router: BotRouter
  readonly submissions: SubmissionIds
  /**
   * Whether an answer may be posted in a channel: true if everybody who can read the channel is allowed to read the
   * answer. Discord is asked each time. Throws if Discord does not answer.
   */
  mayAnswerIn(channel: string): Promise<boolean>
  readonly downloadFile: DownloadFile
  /** The server's id. */
  readonly guild: string
  /** Waits for this many milliseconds, or until the bot is told to stop. */
  pause(milliseconds: number): Promise<void>
}
