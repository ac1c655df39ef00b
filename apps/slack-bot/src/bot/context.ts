import type { BaseContext, CommandRouter, FormCommand } from '@embargo/bot-kit'
import type { ChatCommand, OptionInfo, Router } from '@embargo/chat'
import type { WebClient } from '@slack/web-api'
import type { FileSource } from '../platform/download-files.ts'
import type { ExposureGuard } from '../platform/exposure-guard.ts'
import type { CommandFacts } from '../registration/commands.ts'

/** A command as the bot uses it. */
export type BotCommand = CommandFacts &
  FormCommand &
  Pick<ChatCommand, 'about'> & {
    readonly options: readonly Pick<
      OptionInfo,
      'name' | 'kind' | 'needed' | 'wanted' | 'takes' | 'hidden' | 'most' | 'choices'
    >[]
  }

export type BotRouter = CommandRouter<BotCommand> & Pick<Router, 'home'>

/** The parts of the bot that every handler uses. */
export type BotContext = BaseContext & {
  readonly client: WebClient
  readonly router: BotRouter
  readonly guard: ExposureGuard
  /** Downloads people's files. */
  readonly files: FileSource
}
