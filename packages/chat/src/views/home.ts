import { turnOf } from '@embargo/core'
import type { PersonId } from '@embargo/core'
import type { Action, Card } from '@embargo/engine'
import { buildCard } from '../cards/card.ts'
import { approvalInWords, openApprovals } from '../cards/waiting-command.ts'
import { faint, line, strong } from '../cards/spans.ts'
import type { Setting } from '../chat-command.ts'
import { nameOf } from '../people/names.ts'
import { counted } from '../text/dates.ts'
import { candidateCases } from './candidates.ts'
import { rowLine, visible, PAGE_ROWS } from './many-cases.ts'
import type { VisibleCase } from './many-cases.ts'
import { nextButton } from './next-button.ts'

/**
 * A person's home. First come the requests for their approval. Then come their cases, the most urgent first: cases that
 * are overdue, that wait for them or for anyone in the team, that they coordinate, or that are offered to them. Empty
 * for an account that belongs to nobody.
 */
export async function homeCards(setting: Setting): Promise<readonly Card[]> {
  const { person } = setting.invocation.actor
  if (person === undefined) return []
  const { rows, left } = await candidateCases(setting, person)
  const seen = await visible(setting, rows)
  const cards = [
    ...questionCards(setting, seen),
    ...list(
      setting,
      seen.filter((one) => concerns(setting, person, one)),
    ),
  ]
  return [...cards, ...(cards.length === 0 ? [nothing(seen.length)] : []), ...(left > 0 ? [notLookedAt(left)] : [])]
}

function concerns({ engine, invocation }: Setting, person: PersonId, { row, world }: VisibleCase): boolean {
  const overdue = row.due !== undefined && row.due < invocation.at
  const { coordinator, offer } = world.case ?? {}
  return (
    overdue ||
    coordinator === person ||
    offer?.to === person ||
    turnOf(engine.policy.policy, world, person, invocation.at) !== undefined
  )
}

function list(setting: Setting, cases: readonly VisibleCase[]): readonly Card[] {
  if (cases.length === 0) return []
  const shown = cases.slice(0, PAGE_ROWS)
  const more = cases.length - shown.length
  return [
    buildCard({
      kind: 'status',
      title: `For you · ${counted(cases.length, 'case')}`,
      lines: [
        ...shown.map((one) => rowLine(setting, one)),
        ...(more > 0 ? [line(faint(`and ${counted(more, 'more')}`))] : []),
      ],
      actions: shown.map((one) => nextButton(setting, one)),
      notification: 'Embargo',
    }),
  ]
}

/**
 * Approval requests of other people that are still open, and the caller's own second looks. Whether the caller is
 * allowed to approve is checked only when they try.
 */
function questionCards({ engine, invocation }: Setting, seen: readonly VisibleCase[]): readonly Card[] {
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
      actions: questions.slice(0, PAGE_ROWS).map(({ state, approval }) => ({
        label: `Look at ${state.id}`,
        verb: 'approve',
        input: { case: state.id, approval: approval.id },
      })),
      notification: 'Embargo',
    }),
  ]
}

const ALL: Action = { label: 'All open cases', verb: 'status', input: { which: 'all' } }

const nothing = (open: number): Card =>
  buildCard({
    kind: 'status',
    title: 'Nothing waits for you',
    lines: [
      line(
        open === 0
          ? 'There is no open case that you may see.'
          : `You may see ${counted(open, 'open case')}; none of them waits for you.`,
      ),
    ],
    actions: open === 0 ? [] : [ALL],
    notification: 'Embargo',
  })

const notLookedAt = (count: number): Card =>
  buildCard({
    kind: 'status',
    title: '',
    lines: [line(faint(`${counted(count, 'less urgent case')} not checked here.`))],
    actions: [ALL],
    notification: 'Embargo',
  })

/** Joins the cards under one title, for a reply that is one message. */
export function asOneCard(title: string, cards: readonly Card[]): Card {
  return buildCard({
    kind: 'status',
    title,
    lines:
      cards.length === 0
        ? [line('There is no case that you may see.')]
        : cards.flatMap((card) => [...(card.title === '' ? [] : [line(strong(card.title))]), ...card.lines]),
    actions: cards.flatMap((card) => card.actions),
    notification: 'Embargo',
  })
}
