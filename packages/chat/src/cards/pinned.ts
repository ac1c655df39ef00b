import { DAY, flagsOf, isoInstant, later, outlook, stageInWords, stageOf } from '@embargo/core'
import type { CaseState, Instant, NextAction, Policy, Stage } from '@embargo/core'
import type { Action, Card, Line } from '@embargo/engine'
import { capital, ownerName } from '../people/names.ts'
import { waitingForRelay } from '../text/mail-backlog.ts'
import { timeNow, withTimes } from '../text/times.ts'
import { buildCard, notificationOf } from './card.ts'
import { buttonRow, phoneLine, PHONE_COLUMNS, PHONE_LINES, rowsOf, within } from './phone.ts'
import { TERMINAL_COLUMNS } from '../render/wrap.ts'
import { ALWAYS, pinnedFacts } from './pinned-facts.ts'
import type { RankedLine } from './pinned-facts.ts'
import { line, plain, strong } from './spans.ts'
import { statusActions } from './status-actions.ts'
import type { PinnedRequest } from './status.ts'
import { approvalInWords, openApprovals } from './waiting-command.ts'

/** The pinned card: who does what by when, what is missing, and two buttons, all on one screen of a phone. */
export function pinnedCard(request: PinnedRequest): Card {
  const { state, world, policy, at, mailBacklog, platform } = request
  const columns = platform === 'terminal' ? TERMINAL_COLUMNS : PHONE_COLUMNS
  const seen = outlook(policy, world, at)
  const next = waitingForRelay(seen?.next, mailBacklog)
  const stage = stageOf(state, world.release)
  const facts = pinnedFacts(request, { stage, seen, columns })
  const { title, rest } = headline(request, stage)
  return buildCard({
    kind: 'status',
    title,
    lines: fitting(columns, [
      ...(rest === '' ? [] : [{ rank: ALWAYS, line: within(1, line(rest), columns) }]),
      ...facts.above,
      ...nextLines(state, next, { policy, at, columns }),
      ...facts.below,
    ]),
    actions: buttons(statusActions({ state, world, policy, at, next }, stage), state),
    ...toneOf(next, { at, troubled: facts.troubled }),
    notification: notificationOf(state),
  })
}

/** The buttons: the next step, one more action if it fits, and the whole status. */
function buttons([first, ...others]: readonly Action[], { id }: CaseState): readonly Action[] {
  const more: Action = { label: 'More', verb: 'status', input: { case: id, whole: 'yes' } }
  if (first === undefined) return [more]
  const second = others.find(({ label }) => buttonRow([first, { label }, more]).length <= PHONE_COLUMNS)
  return second === undefined ? [first, more] : [first, second, more]
}

/** These flags are not in the headline, because they have a line of their own below it. */
const SAID_BELOW: ReadonlySet<string> = new Set([
  'needs info',
  'waiting on a party',
  'mail came back',
  'needs a decision',
  'embargo over',
])

/** The title `SEC-2026-0042 · fixing · high · frozen`, and the flags for which it has no room. */
function headline(request: PinnedRequest, stage: Stage): { readonly title: string; readonly rest: string } {
  const { state } = request
  const head = [state.id, stageInWords(stage), state.severity ?? 'not rated'].join(' · ')
  const flags = flagsOf(state, request.world.release).filter(
    (flag) => !SAID_BELOW.has(flag) && !(flag === 'public' && stage === 'disclosed'),
  )
  const whole = `⚠ ${[head, ...flags].join(' · ')}`
  if (flags.length === 0) return { title: head, rest: '' }
  return whole.length <= PHONE_COLUMNS ? { title: whole, rest: '' } : { title: head, rest: `⚠ ${flags.join(', ')}` }
}

/** The colour of the card. It shows whether something is late or in trouble, or is due within a day. */
function toneOf(
  next: NextAction | undefined,
  { at, troubled }: { readonly at: Instant; readonly troubled: boolean },
): Pick<Card, 'tone'> {
  const due = next?.due
  if (troubled || (due !== undefined && due < at)) return { tone: 'late' }
  return due !== undefined && due < later(at, DAY) ? { tone: 'soon' } : {}
}

/** The most rows that the next step may take. */
const NEXT_ROWS = 2

type Reading = { readonly policy: Policy; readonly at: Instant; readonly columns: number }

/** `Next: Ben (or anyone), acknowledge`, and the due time on a line of its own. */
function nextLines(
  state: CaseState,
  next: NextAction | undefined,
  { policy, at, columns }: Reading,
): readonly RankedLine[] {
  if (next === undefined) return []
  if (state.rm === 'closed' && next.verb === undefined)
    return [{ rank: ALWAYS, line: line(`${capital(next.action)}.`) }]
  const { action, dated } = withoutDate(next)
  const [approval] = next.verb === 'approve' ? openApprovals(state) : []
  const others = next.others === undefined ? '' : ` (or ${next.others === 'any team member' ? 'anyone' : next.others})`
  const approvalLine =
    approval === undefined
      ? withTimes(action, plain)
      : approval.yesFrom === undefined
        ? [plain(`${action}: ${approvalInWords(approval)}`)]
        : [plain('is it true? Silence counts as yes')]
  const due = approval?.yesFrom ?? next.due
  const by = approval?.yesFrom === undefined ? (dated ?? 'by') : 'at'
  const time =
    due === undefined ? [] : [within(1, line(plain(due < at ? 'overdue since ' : `${by} `), timeNow(due, at)), columns)]
  return [
    {
      rank: ALWAYS,
      line: within(
        NEXT_ROWS,
        line(strong('Next: '), `${ownerName(policy, next.owner)}${others}, `, ...approvalLine),
        columns,
      ),
    },
    ...time.map((each) => ({ rank: ALWAYS, line: each })),
  ]
}

/**
 * Splits off the time, which gets a line of its own: `disclose on 2026-06-16T14:00:00.000Z` becomes the action
 * `disclose` and the word `on`, which is shown before the time.
 */
function withoutDate({ action, due }: NextAction): { readonly action: string; readonly dated?: string } {
  if (due === undefined) return { action }
  for (const word of ['on', 'from']) {
    const end = new RegExp(`,? ${word} ${isoInstant(due)}$`, 'u')
    if (end.test(action)) return { action: action.replace(end, ''), dated: word }
  }
  return { action }
}

/** The lines that fit between headline and buttons, in their order. */
function fitting(columns: number, all: readonly RankedLine[]): readonly Line[] {
  const cut = all.map((each) => ({ ...each, line: each.rank === ALWAYS ? each.line : within(1, each.line, columns) }))
  let room = PHONE_LINES - 2
  const kept = new Set<Line>()
  for (const { line: one } of cut.toSorted((a, b) => a.rank - b.rank)) {
    room -= rowsOf(one, columns)
    if (room >= 0) kept.add(one)
  }
  return cut.flatMap(({ line: one }) => (kept.has(one) && phoneLine(one) !== '' ? [one] : []))
}
