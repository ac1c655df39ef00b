import type { CliContext } from './context.ts'
import { keysCommand } from './keys.ts'
import { askYes } from './yes-no.ts'

const HINT = 'To let reporters write encrypted mails, make a key later: embargo keys create'

/**
 * After a platform was set up, asks whether to make an OpenPGP key. Before the first start there is no database for the
 * key, so only the command is shown. Nothing is asked or shown if nobody is at the terminal.
 */
export async function offerKey(
  context: CliContext,
  ask: (question: string) => Promise<boolean> = askYes,
): Promise<void> {
  const { output } = context
  if (!output.interactive) return
  const keys = await context.ask('keys', {}).catch(() => undefined)
  if (Array.isArray(keys) && keys.length > 0) return
  if (keys !== undefined && (await ask('Make an OpenPGP key, so that reporters can write encrypted')))
    await keysCommand.run(['create'], context)
  else output.err(HINT)
}
