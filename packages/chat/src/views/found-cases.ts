import { DAY, later } from '@embargo/core'
import type { Stage } from '@embargo/core'
import type { CaseQuery, Line } from '@embargo/engine'
import { buildCard } from '../cards/card.ts'
import { faint, line } from '../cards/spans.ts'
import type { Setting } from '../chat-command.ts'
import { counted } from '../text/dates.ts'
import type { Reply } from '../types.ts'
import { doubtsLine } from './doubts-line.ts'
import { PAGE_ROWS, rowLine, visible } from './many-cases.ts'
import { nextButton } from './next-button.ts'

export type CaseFilter = {
  readonly stage?: Stage
  readonly severity?: string
  readonly overdue?: 'overdue'
  /** A person's id; empty where nobody owns the case. */
  readonly owner?: string
  readonly olderDays?: number
}

/**
 * What fits, the most urgent first, to the caller alone and only what they may see. The database finds, counts and pages;
 * of the cases that are shown the states are folded, and of no other.
 */
export async function foundCasesView(request: {
  setting: Setting
  wanted: CaseFilter
  /** As it was typed, for the button to the next page. */
  typed: Readonly<Record<string, string>>
  page: number
}): Promise<Reply> {
  const { setting, wanted, typed } = request
  const query = queryOf(setting, wanted)
  const count = query === undefined ? 0 : await setting.engine.queries.countCases(query)
  const pages = Math.max(1, Math.ceil(count / PAGE_ROWS))
  // Cases leave the list while somebody pages through it: behind its end stands its last page.
  const page = Math.min(request.page, pages)
  const offset = (page - 1) * PAGE_ROWS
  const rows =
    query === undefined || count === 0
      ? []
      : (await setting.engine.queries.cases({ ...query, limit: PAGE_ROWS, offset })).rows
  const shown = await visible(setting, rows)
  const more = Math.max(0, count - offset - PAGE_ROWS)
  const card = buildCard({
    kind: 'status',
    title: `${counted(count, 'case')} found${pages > 1 ? `, page ${page} of ${pages}` : ''}`,
    lines: [
      ...(page === 1 ? await doubtsLine(setting) : []),
      ...(count === 0 ? [line('No case that you may see fits.')] : shown.map((one) => rowLine(setting, one))),
      ...moreLine(more),
    ],
    actions: [
      ...shown.map((one) => nextButton(setting, one)),
      ...(more > 0 ? [{ label: 'More', verb: 'cases', input: { ...typed, page: String(page + 1) } }] : []),
    ],
    notification: 'Embargo',
  })
  return { audience: 'caller', card, facts: { is: 'cases', ...(query === undefined ? {} : { query }) } }
}

const moreLine = (more: number): readonly Line[] => (more === 0 ? [] : [line(faint(`${counted(more, 'more case')}.`))])

/** Undefined for an account of nobody. */
function queryOf({ invocation }: Setting, wanted: CaseFilter): CaseQuery | undefined {
  const { at, actor } = invocation
  const { stage, severity, overdue, owner, olderDays } = wanted
  if (actor.person === undefined) return undefined
  return {
    person: actor.person,
    // Who asks for closed cases means the closed ones, and what is overdue is so in a closed case too; else a question is
    // about what is open.
    ...(stage === 'closed' || overdue !== undefined ? {} : { open: true }),
    ...(stage === undefined ? {} : { stage }),
    ...(severity === undefined ? {} : { severity }),
    ...(owner === undefined ? {} : { owner }),
    ...(overdue === undefined ? {} : { overdueAt: at }),
    ...(olderDays === undefined ? {} : { openedBefore: later(at, -olderDays * DAY) }),
  }
}
