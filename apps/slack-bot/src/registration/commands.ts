import { ROOT } from '@embargo/core'

/** The properties of a chat command that the bot and the manifest need. The registry's entries have all of them. */
export type CommandFacts = {
  readonly verb: string
  readonly summary: string
  /** The usage with the verb, without the root command: `triage <disposition> [severity]`. */
  readonly usage: string
  /** Whether the command is also offered by its verb alone. */
  readonly short?: boolean
}

/** One slash command. The root has no verb: its verb is the first word that is typed after it. */
export type SlashCommand = {
  readonly command: string
  readonly verb: string | undefined
  readonly description: string
  readonly usageHint: string
}

/** The name of the root command, without its slash. */
export const rootCommand = (prefix: string | undefined): string => prefix ?? ROOT

/**
 * The slash commands of a registry: `/cvd <verb>` for every command, and `/<verb>` for the short ones. A prefix renames
 * all of them, for a workspace where another app has taken a name: `/sec`, `/sec-ack`.
 */
export function slashCommands(request: {
  readonly prefix?: string | undefined
  readonly commands: readonly CommandFacts[]
}): readonly SlashCommand[] {
  const { prefix, commands } = request
  const root: SlashCommand = {
    command: `/${rootCommand(prefix)}`,
    verb: undefined,
    description: 'Work a vulnerability case. Type help for all commands.',
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
