import type { CliContext } from './context.ts'

/** One way to write a command, and what it does. */
type Use = { readonly usage: string; readonly summary: string }

/** What `--help` tells of a command beside how it is written: pairs of what is typed and what it means. */
type Help = {
  readonly options?: readonly (readonly [string, string])[]
  readonly examples: readonly (readonly [string, string])[]
  /** Exit codes that differ from the usual ones. */
  readonly exits?: readonly (readonly [string, string])[]
}

/** One word after `embargo`. Returns the exit code. */
export type CliCommand = {
  readonly name: string
  /** A word that does two things has two. */
  readonly uses: readonly Use[]
  readonly help: Help
  readonly run: (args: readonly string[], context: CliContext) => Promise<number>
}
