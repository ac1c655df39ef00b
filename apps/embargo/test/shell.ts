import { run } from '../src/cli/run.ts'
import { CommandOutput } from '../src/index.ts'

/** One command line, as a shell without a terminal runs it. */
export async function shell(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const code = await run(args, {
    out: (text) => void (said.out += `${text}\n`),
    err: (text) => void (said.err += `${text}\n`),
    colour: false,
    interactive: false,
  })
  return { code, ...said }
}

/** What `--json` printed: one value, in the shape that is promised. */
export const printed = ({ out }: { out: string }): CommandOutput => CommandOutput.parse(JSON.parse(out))
