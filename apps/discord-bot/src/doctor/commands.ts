import { missingCommands } from '../registration/register.ts'
import { setupError } from '../setup-error.ts'
import type { Check, DoctorRequest } from './check.ts'
import type { Facts } from './facts.ts'

const NAMED_MAX = 5

/**
 * Checks the commands that people type. The program registers them at its start, so they are missing before the first
 * start.
 */
export async function checkCommands(
  { rest, guild, commands }: DoctorRequest,
  { application }: Facts,
): Promise<readonly Check[]> {
  if (commands === undefined) return []
  const label = 'The commands are registered'
  try {
    const missing = await missingCommands(rest, { application, guild, commands })
    if (missing.length === 0) return [{ what: label, ok: true, note: `${commands.length} there` }]
    const named = missing.slice(0, NAMED_MAX).map((name) => `/${name}`)
    const more = missing.length > NAMED_MAX ? ` and ${missing.length - NAMED_MAX} more` : ''
    return [
      {
        what: label,
        ok: false,
        warning: true,
        todo: `Missing or outdated: ${named.join(', ')}${more}. Start the program: it registers them when it starts, and again when the bot is invited.`,
      },
    ]
  } catch (error) {
    return [{ what: label, ok: false, todo: setupError(error).message }]
  }
}
