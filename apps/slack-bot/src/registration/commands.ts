import { ROOT } from '@embargo/core'

/**
 * The properties of a chat command that the bot and the manifest need. Every entry of the command registry has them.
 */
export type CommandFacts = {
  readonly verb: string
  readonly summary: string
  /** The usage with the verb, without the root command: `triage <disposition> [severity]`. */
  readonly usage: string
  /** Whether the command is also offered as `/<verb>`, without the root command. */
  readonly short?: boolean
}

/** One slash command. `verb` is undefined for the root command, because people type the verb after it. */
export type SlashCommand = {
  readonly command: string
  readonly verb: string | undefined
  readonly description: string
  readonly usageHint: string
}

/** The name of the root command, without its slash. */
export const rootCommand = (prefix: string | undefined): string => prefix ?? ROOT

/**
 * The slash commands of a registry: `/cvd <verb>` for every command, and `/<verb>` for the short ones. If another app
 * in the workspace uses one of these names, a prefix renames all commands: `/sec`, `/sec-ack`.
 */
export function slashCommands(request: {
  readonly prefix?: string | undefined
  readonly commands: readonly CommandFacts[]
}): readonly SlashCommand[] {
  const { prefix, commands } = request
  const root: SlashCommand = {
    command: `/${rootCommand(prefix)}`,
    verb: undefined,
    description: 'Work on a vulnerability case. Type help for all commands.',
    usageHint: 'help | status | <command> …',
  }
  const short = commands
    .filter((each) => each.short === true)
    .map((each) => ({
      command: prefix === undefined ? `/${each.verb}` : `/${prefix}-${each.verb}`,
      verb: each.verb,
      description: each.summary,
      usageHint: each.usage.slice(each.verb.length).trim(),
    }))
  return [root, ...short]
}
