import { safeText } from '@embargo/chat'

/** The output of the command line: injected, so that tests can read it. */
export type Output = {
  out(text: string): void
  err(text: string): void
  /** Shows a progress line on stderr, in place of the previous progress line. Absent if stderr is not a terminal. */
  readonly progress?: (text: string) => void
  readonly colour: boolean
  readonly interactive: boolean
}

/** Our own colours, which are kept. Text from outside loses its escape sequences before we colour it. */
const COLOUR = /(\u001B\[[\d;]{0,20}m)/u

/**
 * Removes escape sequences from every line, so that names, reasons and addresses from outside cannot control the
 * terminal.
 */
export function safeOutput(output: Output): Output {
  const safe = (text: string): string =>
    text
      .split(COLOUR)
      .map((part, index) => (index % 2 === 1 ? part : safeText(part)))
      .join('')
  return { ...output, out: (text) => output.out(safe(text)), err: (text) => output.err(safe(text)) }
}

export const processOutput: Output = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  ...(process.stderr.isTTY ? { progress: (text: string) => void process.stderr.write(`\r\u001B[K${text}`) } : {}),
  colour: process.stdout.isTTY,
  interactive: process.stdin.isTTY && process.stdout.isTTY,
}

/**
 * A command was used wrongly (exit code 2) or cannot be carried out (1). The message says what happened, why, and what
 * to do next.
 */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: 1 | 2
  constructor(message: string, exitCode: 1 | 2 = 2) {
    super(message)
    this.exitCode = exitCode
  }
}
