import { DAY, later } from '@embargo/core'
import type { Stage, StreamId } from '@embargo/core'
import type { CaseQuery, Line } from '@embargo/engine'
import { buildCard } from '../cards/card.ts'
import { faint, line, outside, plain } from '../cards/spans.ts'
import type { Setting } from '../chat-command.ts'
import { counted } from '../text/dates.ts'
import type { Reply } from '../types.ts'
import { doubtsLine } from './doubts-line.ts'
import { PAGE_ROWS, rowLine, visible } from './many-cases.ts'
import type { VisibleCase } from './many-cases.ts'
import { nextButton } from './next-button.ts'
import { MAX_SEARCHED, searchSubjects } from './subject-search.ts'

export type CaseFilter = {
  readonly stage?: Stage
  readonly severity?: string
  readonly overdue?: 'overdue'
  /** The id of the coordinator; empty for cases that nobody coordinates. */
  readonly owner?: string
  readonly olderDays?: number
  /** Words in the subject of a report. */
  readonly words?: string
}

/**
 * Shows the matching cases that the caller may see, the most urgent first. Nobody else sees the card. The database
 * finds the cases and returns one page of them. Only the cases of this page are computed from their events, unless
 * words of a subject are searched.
 */
export async function foundCasesView(request: {
  setting: Setting
  wanted: CaseFilter
  /** The filter as it was typed, for the button to the next page. */
  typed: Readonly<Record<string, string>>
  page: number
}): Promise<Reply> {
  const { setting, wanted, typed, page } = request
  const query = queryOf(setting, wanted)
  const found =
    query === undefined
      ? NONE
      : wanted.words === undefined
        ? await pageOf(setting, query, page)
        : await pageOfSubjects(setting, query, { words: wanted.words, page })
  const pages = pagesOf(found.count)
  const more = Math.max(0, found.count - found.page * PAGE_ROWS)
  const card = buildCard({
    kind: 'status',
    title: `${counted(found.count, 'case')} found${pages > 1 ? `, page ${found.page} of ${pages}` : ''}`,
    lines: [
      ...(found.page === 1 ? await doubtsLine(setting) : []),
      ...(found.count === 0
        ? [line('No case that you may see matches.')]
        : found.shown.map((one) => [...rowLine(setting, one), ...subjectOf(one)])),
      ...moreLine(more),
      ...(found.note === undefined ? [] : [line(faint(found.note))]),
    ],
    actions: [
      ...found.shown.map((one) => nextButton(setting, one)),
      ...(more > 0
        ? [{ label: 'More', verb: 'status', input: { which: 'all', ...typed, page: String(found.page + 1) } }]
        : []),
    ],
    notification: 'Embargo',
  })
  const facts = { is: 'cases', ...(query && { query }), ...(found.only && { only: found.only }) } as const
  return { audience: 'caller', card, facts }
}

type SearchResult = {
  readonly count: number
  readonly page: number
  readonly shown: readonly (VisibleCase & { readonly subject?: string })[]
  /** The cases that match both the query and the search words. Absent if no words are searched. */
  readonly only?: readonly StreamId[]
  readonly note?: string
}

const NONE: SearchResult = { count: 0, page: 1, shown: [] }

const pagesOf = (count: number): number => Math.max(1, Math.ceil(count / PAGE_ROWS))

async function pageOf(setting: Setting, query: CaseQuery, wanted: number): Promise<SearchResult> {
  const { queries } = setting.engine
  const count = await queries.countCases(query)
  // Cases can leave the list while somebody pages through it. So a page number past the end means the last page.
  const page = Math.min(wanted, pagesOf(count))
  if (count === 0) return NONE
  const { rows } = await queries.cases({ ...query, limit: PAGE_ROWS, offset: (page - 1) * PAGE_ROWS })
  return { count, page, shown: await visible(setting, rows) }
}

async function pageOfSubjects(
  setting: Setting,
  query: CaseQuery,
  { words, page: wanted }: { readonly words: string; readonly page: number },
): Promise<SearchResult> {
  const { found, more } = await searchSubjects(setting, query, words)
  const page = Math.min(wanted, pagesOf(found.length))
  const from = (page - 1) * PAGE_ROWS
  return {
    count: found.length,
    page,
    shown: found.slice(from, from + PAGE_ROWS),
    only: found.map(({ row }) => row.stream),
    ...(more
      ? {
          note: `Only the subjects of the ${MAX_SEARCHED} most urgent cases were searched. Add a stage or an owner to narrow the search.`,
        }
      : {}),
  }
}

const subjectOf = ({ subject }: { readonly subject?: string }): Line =>
  subject === undefined ? [] : [plain(' · '), outside(subject)]

const moreLine = (more: number): readonly Line[] => (more === 0 ? [] : [line(faint(`${counted(more, 'more case')}.`))])

/** The query for the filter; undefined for an account that belongs to nobody. */
function queryOf({ invocation }: Setting, filter: CaseFilter): CaseQuery | undefined {
  const { at, actor } = invocation
  const { stage, severity, overdue, owner, olderDays, words } = filter
  if (actor.person === undefined) return undefined
  return {
    person: actor.person,
    // Only open cases are searched, unless the filter asks for closed cases, for overdue cases, or for words of a
    // subject.
    ...(stage === 'closed' || overdue !== undefined || words !== undefined ? {} : { open: true }),
    ...(stage === undefined ? {} : { stage }),
    ...(severity === undefined ? {} : { severity }),
    ...(owner === undefined ? {} : { owner }),
    ...(overdue === undefined ? {} : { overdueAt: at }),
    ...(olderDays === undefined ? {} : { openedBefore: later(at, -olderDays * DAY) }),
  }
}
