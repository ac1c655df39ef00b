import type { Platform, ProfileName } from '@embargo/core'
import { COMMANDS } from './commands/index.ts'
import type { ChatCommand } from './chat-command.ts'
import { isCommandOffered } from './command-availability.ts'
import type { OptionInfo } from './option.ts'

/** One command as data, for a manifest, a registration, `--help` or a table in the documentation. */
export type CatalogueEntry = {
  readonly verb: string
  readonly summary: string
  readonly usage: string
  /** The usage without the verb, as a hint beside the verb. */
  readonly hint: string
  /** Whether the platform also offers this command on its own, beside the root command. */
  readonly short: boolean
  readonly about: 'case' | 'anything'
  readonly who: string
  readonly options: readonly OptionInfo[]
}

/** The commands that are offered on a platform. Without `profile`, a command of any profile is included. */
export function catalogue(
  place: { readonly platform: Platform; readonly profile?: ProfileName },
  commands: readonly ChatCommand[] = COMMANDS,
): readonly CatalogueEntry[] {
  return commands
    .filter((command) => isCommandOffered(command, place))
    .map(({ verb, summary, usage, short, about, allowed, options }) => ({
      verb,
      summary,
      usage,
      hint: usage.slice(verb.length + 1),
      short,
      about,
      who: allowed.who,
      options: options.filter((option) => !option.hidden),
    }))
}
