import type { CliContext } from './context.ts'

/** One way to write a command, and what it does. */
type Use = { readonly usage: string; readonly summary: string }

/** What `--help` says about a command besides its usage: pairs of typed text and meaning. */
type Help = {
  readonly options?: readonly (readonly [string, string])[]
  readonly examples: readonly (readonly [string, string])[]
  /** Exit codes that differ from the usual ones. */
  readonly exits?: readonly (readonly [string, string])[]
}

/** One word after `embargo`. Returns the exit code. */
export type CliCommand = {
  readonly name: string
  /** Its line in the list of all, if one of its uses does not say it. */
  readonly entry?: Use
  /** A command that does two things has two. */
  readonly uses: readonly Use[]
  readonly help: Help
  readonly run: (args: readonly string[], context: CliContext) => Promise<number>
}
