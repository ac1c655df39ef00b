import { flagsOf, maySee, outlook, stageOf, turnOf } from '@embargo/core'
import type { Instant, PersonId, Policy, World } from '@embargo/core'
import { skipDamaged } from '@embargo/engine'
import type { CaseRow, Line } from '@embargo/engine'
import { buildCard } from '../cards/card.ts'
import { embargoLine } from '../cards/embargo-line.ts'
import { faint, joined, line, strong } from '../cards/spans.ts'
import type { LineParts } from '../cards/spans.ts'
import { nextLine } from '../cards/status.ts'
import type { Setting } from '../chat-command.ts'
import type { Place, Reply } from '../types.ts'
import { typedAt } from '../usage.ts'
import { doubtsLine } from './doubts-line.ts'
import { MAX_CANDIDATES, candidateCases } from './candidates.ts'
import type { CandidateCases } from './candidates.ts'
import { nextButton } from './next-button.ts'

/**
 * The number of rows of a page. A phone shows ten rows without much scrolling, and ten cases can be computed from their
 * events fast enough for one answer.
 */
export const PAGE_ROWS = 10

export type VisibleCase = { readonly row: CaseRow; readonly world: World }

/** Shows the caller's open cases, the most urgent first. Nobody else sees the card. */
export async function mineView({ setting, page }: { setting: Setting; page: number }): Promise<Reply> {
  const { rows, more, note } = await mineRows(setting, page)
  const card = buildCard({
    kind: 'status',
    title: `Your cases, page ${page}`,
    lines: [
      ...(page === 1 ? await doubtsLine(setting) : []),
      ...(rows.length === 0 ? [line('No open case waits for you.')] : rows.map((seen) => rowLine(setting, seen))),
      ...(note === undefined ? [] : [line(faint(note))]),
    ],
    actions: [
      ...rows.map((seen) => nextButton(setting, seen)),
      ...(more ? [{ label: 'More', verb: 'status', input: { which: 'mine', page: String(page + 1) } }] : []),
    ],
    notification: 'Embargo',
  })
  return { audience: 'caller', card }
}

type CasePage = { readonly rows: readonly VisibleCase[]; readonly more: boolean; readonly note?: string }

const NONE: CasePage = { rows: [], more: false }

async function mineRows(setting: Setting, page: number): Promise<CasePage> {
  const { person } = setting.invocation.actor
  if (person === undefined) return NONE
  const looked = await candidateCases(setting, person)
  const { at } = setting.invocation
  const { policy } = setting.engine.policy
  const rows = (await visible(setting, looked.rows)).filter(({ world }) => isTheirs(policy, world, person, at))
  const from = (page - 1) * PAGE_ROWS
  return {
    rows: rows.slice(from, from + PAGE_ROWS),
    more: rows.length > from + PAGE_ROWS,
    ...(looked.left > 0 ? { note: notLookedAt(looked, setting.invocation.place) } : {}),
  }
}

function notLookedAt({ rows, left, ownLeft }: CandidateCases, place: Place): string {
  const all = `the ${rows.length + left} open cases that you may see`
  return ownLeft
    ? `Only the ${rows.length} most urgent of ${all} were checked; ${typedAt(place, 'status --owner me')} finds all cases that you coordinate.`
    : `Checked: all open cases that you coordinate, and the ${MAX_CANDIDATES} most urgent of ${all}.`
}

/** The rows of cases that the caller may see, each with its case. */
export async function visible(setting: Setting, rows: readonly CaseRow[]): Promise<readonly VisibleCase[]> {
  const { engine, invocation } = setting
  const { person } = invocation.actor
  const seen = await Promise.all(
    rows.map(async (row): Promise<readonly VisibleCase[]> => {
      const world = await skipDamaged(async () => (await engine.queries.world(row.stream)) ?? 'none')
      if (world === undefined)
        return person !== undefined && row.people.includes(person) ? [{ row, world: DAMAGED }] : []
      return world !== 'none' && world.case !== undefined && maySee(world.case, person) ? [{ row, world }] : []
    }),
  )
  return seen.flat()
}

/** Used for a case whose events cannot be read: only its row is known. */
const DAMAGED: World = { others: new Map() }

/** Whether a person coordinates the case, or the case waits for this person. */
export const isTheirs = (policy: Policy, world: World, person: PersonId, at: Instant): boolean =>
  world.case?.coordinator === person || turnOf(policy, world, person, at) === 'theirs'

/** One case in one line. */
export function rowLine(setting: Setting, { row, world }: VisibleCase): Line {
  const state = world.case
  if (state === undefined)
    return line(
      strong(row.stream),
      ' · cannot be read: the database was changed from outside. Ask an admin to run “embargo audit verify”, which says where.',
    )
  const { policy } = setting.engine.policy
  const { at } = setting.invocation
  const flags = flagsOf(state, world.release)
  const parts: readonly LineParts[] = [
    [strong(state.id)],
    [stageOf(state, world.release)],
    [state.severity ?? 'not rated'],
    flags.length === 0 ? [] : [`⚑ ${flags.join(', ')}`],
    nextLine(policy, outlook(policy, world, at)?.next, at),
    [...(state.em.is === 'none' ? [] : ['embargo ']), ...embargoLine(state, at)],
  ]
  return line(...joined(parts, ' · '))
}
