import { createInterface } from 'node:readline/promises'

/** Asks the person at the terminal a question. Any answer but `y` or `yes` means no. */
export async function askYes(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await lines.question(`${question}? [y/N] `)
  lines.close()
  return /^y(es)?$/i.test(answer.trim())
}
