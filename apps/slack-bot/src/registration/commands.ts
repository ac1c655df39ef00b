import { ROOT } from '@embargo/core'

/** What the bot and the manifest need to know of a chat command; the registry's entries have it all. */
export type CommandFacts = {
  readonly verb: string
  readonly summary: string
  /** `triage <disposition> [severity]`: with the verb, without the root. */
  readonly usage: string
  /** Also offered by its bare name. */
  readonly short?: boolean
}

/** One slash command. The root has no verb of its own: it is the first word typed after it. */
export type SlashCommand = {
  readonly command: string
  readonly verb: string | undefined
  readonly description: string
  readonly usageHint: string
}

/** The name of the root command, without its slash. */
export const rootCommand = (prefix: string | undefined): string => prefix ?? ROOT

/**
 * The slash commands of a registry: `/cvd <verb>` for everything and bare names for the short verbs. A prefix renames
 * all, for a workspace where another app has taken a name: `/sec`, `/sec-ack`.
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
