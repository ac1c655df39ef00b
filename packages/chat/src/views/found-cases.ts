import { DAY, outlook } from '@embargo/core'
import type { Stage } from '@embargo/core'
import type { CaseRow } from '@embargo/engine'
import { buildCard } from '../cards/card.ts'
import { line } from '../cards/spans.ts'
import type { Setting } from '../define-command.ts'
import { counted } from '../text/dates.ts'
import type { Reply } from '../types.ts'
import { PAGE_ROWS, rowLine, visible } from './many-cases.ts'

/** Rows of the read model that one question looks through, the most urgent first: it must not unseal a whole database. */
const LOOKS_THROUGH = 2000
const ROWS_AT_ONCE = 200

/** Cases whose states are folded for one answer: whether a clock is overdue stands in no row. */
const FOLDS_MOST = 200

export type Wanted = {
  readonly stage?: Stage
  readonly severity?: string
  readonly overdue?: 'overdue'
  /** A person's id; empty where nobody owns the case. */
  readonly owner?: string
  readonly olderDays?: number
}

/** What fits, the most urgent first, to the caller alone and only what they may see. */
export async function foundCasesView(request: {
  setting: Setting
  wanted: Wanted
  /** As it was typed, for the button to the next page. */
  typed: Readonly<Record<string, string>>
  page: number
}): Promise<Reply> {
  const { setting, wanted, typed, page } = request
  const rows = await fitting(setting, wanted)
  const seen = (await visible(setting, rows.slice(0, FOLDS_MOST))).filter(
    ({ world }) => wanted.overdue === undefined || isOverdue(setting, world),
  )
  const from = (page - 1) * PAGE_ROWS
  const shown = seen.slice(from, from + PAGE_ROWS)
  const card = buildCard({
    kind: 'status',
    title: `${counted(seen.length, 'case')} found${page === 1 ? '' : `, page ${page}`}`,
    lines: shown.length === 0 ? [line('No case that you may see fits.')] : shown.map((one) => rowLine(setting, one)),
    actions:
      seen.length > from + PAGE_ROWS
        ? [{ label: 'More', verb: 'cases', input: { ...typed, page: String(page + 1) } }]
        : [],
    notification: 'Embargo',
  })
  return { audience: 'caller', card }
}

async function fitting(setting: Setting, wanted: Wanted): Promise<readonly CaseRow[]> {
  const found: CaseRow[] = []
  // Who asks for closed cases means the closed ones; else a question is about what is open.
  const open = wanted.stage === 'closed' ? {} : { open: true }
  for (let offset = 0; offset < LOOKS_THROUGH; offset += ROWS_AT_ONCE) {
    const { rows, more } = await setting.engine.cases({ ...open, limit: ROWS_AT_ONCE, offset })
    found.push(...rows.filter((row) => fits(row, wanted, setting.invocation.at)))
    if (!more) break
  }
  return found
}

function fits({ stage, summary }: CaseRow, wanted: Wanted, at: number): boolean {
  if (wanted.stage !== undefined && stage !== wanted.stage) return false
  if (wanted.severity !== undefined && summary['severity'] !== wanted.severity) return false
  if (wanted.owner !== undefined && summary['coordinator'] !== wanted.owner) return false
  return wanted.olderDays === undefined || at - Number(summary['openedAt'] ?? at) > wanted.olderDays * DAY
}

function isOverdue({ engine, invocation }: Setting, world: Parameters<typeof outlook>[1]): boolean {
  const clocks = outlook(engine.policy.policy, world, invocation.at)?.clocks ?? []
  return clocks.some(({ due }) => due < invocation.at)
}
