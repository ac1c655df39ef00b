import type { Line } from '@embargo/engine'
import { code, line, strong } from '../cards/spans.ts'
import type { Setting } from '../define-command.ts'
import { counted } from '../text/dates.ts'
import { typedAt } from '../usage.ts'

/** The most urgent lines that are looked at for it: a list of cases reads no whole database for one line. */
const LOOKS_AT_ROWS = 500

/** Above a list of cases: that something of the caller's was not done, or is in doubt, and how it is listed. */
export async function doubtsLine({ engine, invocation }: Setting): Promise<readonly Line[]> {
  const { person } = invocation.actor
  if (person === undefined) return []
  const { rows } = await engine.cases({ person, limit: LOOKS_AT_ROWS })
  const count = rows.filter(({ summary }) => summary['doubts'] !== undefined).length
  if (count === 0) return []
  const said = `Something was not done, or is in doubt, in ${counted(count, 'case')}. What it is: `
  return [line(strong(said), code(typedAt(invocation.place, 'settle')))]
}
