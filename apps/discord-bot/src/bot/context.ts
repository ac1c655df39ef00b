import type { BaseContext, CommandRouter, FormCommand } from '@embargo/bot-kit'
import type { OptionInfo, SubmissionIds } from '@embargo/chat'
import type { REST } from 'discord.js'
import type { DownloadFile } from '../platform/download-files.ts'
import type { CommandFacts, OptionFacts } from '../registration/facts.ts'

/** An option as the bot uses it. `orFile`: the option that takes the same as a file. */
export type BotOption = OptionFacts & Pick<OptionInfo, 'needed' | 'takes' | 'orFile'>

/** A command as the bot uses it. Its form cannot follow a deferral. */
export type BotCommand = Omit<CommandFacts, 'options'> & FormCommand & { readonly options: readonly BotOption[] }

export type BotRouter = CommandRouter<BotCommand>

/** What every handler works with. */
export type BotContext = BaseContext & {
  readonly rest: REST
  readonly router: BotRouter
  readonly submissions: SubmissionIds
  /**
   * Whether only the people who may read a channel's posts can read it, checked just now. Throws if Discord does not
   * say.
   */
  mayAnswerIn(channel: string): Promise<boolean>
  readonly downloadFile: DownloadFile
  /** The server's id. */
  readonly guild: string
  /** Waits so many milliseconds, and no longer once the bot is told to stop. */
  pause(milliseconds: number): Promise<void>
}
