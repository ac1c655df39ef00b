import type { PersonId } from '@embargo/core'
import type { Line, Queries } from '@embargo/engine'
import { code, line, strong } from '../cards/spans.ts'
import type { Setting } from '../chat-command.ts'
import { counted } from '../text/dates.ts'
import { typedAt } from '../usage.ts'

/**
 * At most this many cases are examined, the most urgent first, because one line above a list is not worth reading the
 * whole database.
 */
const LOOKS_AT_ROWS = 500

/**
 * Says in how many of a person's cases something, such as a mail, failed or may have failed. The sentence names no
 * case.
 */
export async function doubtsInWords(queries: Pick<Queries, 'cases'>, person: PersonId): Promise<string | undefined> {
  const { rows } = await queries.cases({ person, limit: LOOKS_AT_ROWS })
  const count = rows.filter(({ summary }) => summary['doubts'] !== undefined).length
  return count === 0 ? undefined : `Something failed or is in doubt in ${counted(count, 'case')}.`
}

/**
 * The line for the top of a list of cases. It says that something failed or may have failed, and names the command that
 * shows what it was.
 */
export async function doubtsLine({ engine, invocation }: Setting): Promise<readonly Line[]> {
  const { person } = invocation.actor
  const doubts = person === undefined ? undefined : await doubtsInWords(engine.queries, person)
  if (doubts === undefined) return []
  return [line(strong(`${doubts} To see it: `), code(typedAt(invocation.place, 'settle')))]
}
