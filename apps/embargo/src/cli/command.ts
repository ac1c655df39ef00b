import type { CliContext } from './context.ts'

/** One word after `embargo`. Returns the exit code. */
export type CliCommand = {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly run: (args: readonly string[], context: CliContext) => Promise<number>
}
