import type { CliContext } from './context.ts'

/** One way to write a command, and what it does. */
type CommandUse = { readonly usage: string; readonly summary: string }

/** What `--help` says about a command besides its usage. Each pair is a typed text and its meaning. */
type Help = {
  readonly options?: readonly (readonly [string, string])[]
  readonly examples: readonly (readonly [string, string])[]
  /** Exit codes whose meaning differs from the usual one. */
  readonly exits?: readonly (readonly [string, string])[]
}

/** A command, which is one word after `embargo`. `run` returns the exit code. */
export type CliCommand = {
  readonly name: string
  /** The command's line in the list of all commands, if none of its uses fits. */
  readonly entry?: CommandUse
  /** One usage for each thing that the command can do. */
  readonly uses: readonly CommandUse[]
  readonly help: Help
  readonly run: (args: readonly string[], context: CliContext) => Promise<number>
}
