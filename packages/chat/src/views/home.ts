import { turnOf } from '@embargo/core'
import type { PersonId } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { buildCard } from '../cards/card.ts'
import { approvalInWords, openApprovals } from '../cards/waiting-command.ts'
import { faint, line, strong } from '../cards/spans.ts'
import type { Setting } from '../chat-command.ts'
import { nameOf } from '../people/names.ts'
import { counted } from '../text/dates.ts'
import { candidateCases } from './candidates.ts'
import { rowLine, visible, PAGE_ROWS } from './many-cases.ts'
import type { VisibleCase } from './many-cases.ts'

/**
 * A person's home: what waits for them, what they were asked, what is overdue, what waits for anyone in the team, and what
 * they look after. Each case is in the first part that it fits, and empty parts are left out. Empty for an account of nobody.
 */
export async function homeCards(setting: Setting): Promise<readonly Card[]> {
  const { person } = setting.invocation.actor
  if (person === undefined) return []
  const { rows, left } = await candidateCases(setting, person)
  const seen = await visible(setting, rows)
  const placed = seen.map((one) => ({ one, part: partOf(setting, person, one) }))
  const of = (which: Part): readonly VisibleCase[] =>
    placed.flatMap(({ one, part: its }) => (its === which ? [one] : []))
  const parts = [
    ...part(setting, 'Waits for you', of('waits')),
    ...asked(setting, seen),
    ...part(setting, 'Overdue', of('overdue')),
    ...part(setting, 'Waits for anybody of the team', of('anybody')),
    ...part(setting, 'You look after', of('own')),
  ]
  return [...parts, ...(parts.length === 0 ? [nothing(seen.length)] : []), ...(left > 0 ? [notLookedAt(left)] : [])]
}

type Part = 'waits' | 'overdue' | 'anybody' | 'own'

function partOf(setting: Setting, person: PersonId, { row, world }: VisibleCase): Part | undefined {
  const { engine, invocation } = setting
  const turn = turnOf(engine.policy.policy, world, person, invocation.at)
  if (turn === 'theirs' || world.case?.offer?.to === person) return 'waits'
  if (row.due !== undefined && row.due < invocation.at) return 'overdue'
  if (turn === 'may') return 'anybody'
  return world.case?.coordinator === person ? 'own' : undefined
}

function part(setting: Setting, title: string, cases: readonly VisibleCase[]): readonly Card[] {
  if (cases.length === 0) return []
  const more = cases.length - PAGE_ROWS
  return [
    buildCard({
      kind: 'status',
      title: `${title} · ${counted(cases.length, 'case')}`,
      lines: [
        ...cases.slice(0, PAGE_ROWS).map((one) => rowLine(setting, one)),
        ...(more > 0 ? [line(faint(`and ${counted(more, 'more')}`))] : []),
      ],
      actions: cases.slice(0, MOST_BUTTONS).map(({ row }) => ({
        label: row.stream,
        verb: 'status',
        input: { case: row.stream },
      })),
      notification: 'Embargo',
    }),
  ]
}

/** Discord allows five buttons in a row, and other platforms show no more than that side by side. */
const MOST_BUTTONS = 5

/** Questions of others in cases where the caller may be the second person. The gate decides when they approve. */
function asked({ engine, invocation }: Setting, seen: readonly VisibleCase[]): readonly Card[] {
  const { person } = invocation.actor
  const { policy } = engine.policy
  const questions = seen.flatMap(({ world: { case: state } }) => {
    const role = state === undefined || person === undefined ? undefined : state.people[person]
    if (state === undefined || (role !== 'team' && role !== 'admin')) return []
    return openApprovals(state)
      .filter(({ by, mode }) => (mode === 'second-look' ? by === person : by !== person))
      .filter(({ mode }) => mode !== 'second-admin' || role === 'admin')
      .map((approval) => ({ state, approval }))
  })
  if (questions.length === 0) return []
  return [
    buildCard({
      kind: 'approval',
      title: `Asked of you · ${counted(questions.length, 'question')}`,
      lines: questions
        .slice(0, PAGE_ROWS)
        .map(({ state, approval }) =>
          line(strong(state.id), ` · ${approvalInWords(approval)} · asked by ${nameOf(policy, approval.by)}`),
        ),
      actions: questions.slice(0, MOST_BUTTONS).map(({ state, approval }) => ({
        label: `Look at ${state.id}`,
        verb: 'approve',
        input: { case: state.id, approval: approval.id },
      })),
      notification: 'Embargo',
    }),
  ]
}

const nothing = (open: number): Card =>
  buildCard({
    kind: 'status',
    title: 'Nothing waits for you',
    lines: [
      line(
        open === 0
          ? 'There is no open case that you may see.'
          : `You may see ${counted(open, 'open case')}; none of them is yours to do something about.`,
      ),
    ],
    actions: open === 0 ? [] : [{ label: 'All open cases', verb: 'status', input: { which: 'all' } }],
    notification: 'Embargo',
  })

const notLookedAt = (left: number): Card =>
  buildCard({
    kind: 'status',
    title: '',
    lines: [line(faint(`${counted(left, 'less urgent case')} not looked at here; “cases” finds them.`))],
    notification: 'Embargo',
  })

/** The parts under one title, for a reply that is one message. */
export function asOneCard(title: string, cards: readonly Card[]): Card {
  return buildCard({
    kind: 'status',
    title,
    lines:
      cards.length === 0
        ? [line('There is no case that you may see.')]
        : cards.flatMap((card) => [...(card.title === '' ? [] : [line(strong(card.title))]), ...card.lines]),
    actions: cards.flatMap((card) => card.actions).slice(0, MOST_BUTTONS),
    notification: 'Embargo',
  })
}
