import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { CliContext } from './context.ts'
import { CliError } from './output.ts'

/**
 * Reads a passphrase: the first line of a file, or what a person types. The typed text is not shown.
 * @throws CliError if there is neither a file nor a person
 */
export async function askPassphrase(
  { output }: CliContext,
  file: string | undefined,
  times: 'once' | 'twice',
): Promise<string> {
  if (file !== undefined) return nonEmpty(readFileSync(file, 'utf8').split(/\r?\n/u)[0] ?? '')
  if (!output.interactive)
    throw new CliError(
      'This command asks for a passphrase, and nobody is at the terminal. Use --passphrase-file <file>.',
    )
  const typed = nonEmpty(await hidden('Passphrase: '))
  if (times === 'twice' && (await hidden('Again: ')) !== typed)
    throw new CliError('The two passphrases differ. Nothing was changed.', 1)
  return typed
}

function nonEmpty(passphrase: string): string {
  if (passphrase === '') throw new CliError('The passphrase is empty. Nothing was changed.')
  return passphrase
}

async function hidden(question: string): Promise<string> {
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  try {
    return await new Promise<string>((resolve) => {
      lines.once('line', resolve)
      lines.once('close', () => resolve(''))
    })
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
