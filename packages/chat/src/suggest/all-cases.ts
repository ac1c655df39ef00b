import { CaseId, maySee, stageOf } from '@embargo/core'
import type { World } from '@embargo/core'
import { skipDamaged } from '@embargo/engine'
import type { HeldMail } from '@embargo/engine'
import { shortName } from '../cards/held-reports.ts'
import { shortTime } from '../text/dates.ts'
import type { Choice } from '../types.ts'
import type { SuggestContext, Suggester } from './suggester.ts'

/**
 * The number of rows of the case list that are read while somebody types. These rows are the most urgent cases, and
 * people most likely mean one of those cases.
 */
const ROWS_LOOKED_AT = 100

/**
 * The number of cases whose state is computed at one keystroke: 25 for the list, and one more because the current case
 * is left out.
 */
const FOLDED_AT_ONCE = 26

const HELD_LISTED = 20

const caseChoice = ({ case: state, release }: World): readonly Choice[] =>
  state === undefined
    ? []
    : [{ value: state.id, label: `${state.id} · ${stageOf(state, release)} · ${state.severity ?? 'not rated'}` }]

/**
 * Open cases by urgency, and any case whose number is typed out. The current case is left out, because the option means
 * another case.
 */
export const cases: Suggester = async (context) => {
  const worlds = await worldsSeen(context)
  const written = CaseId.safeParse(context.typed.trim().toUpperCase())
  const named = written.success ? await seen(context, written.data) : []
  return [...named, ...worlds]
    .filter((world, index, all) => all.findIndex((one) => one.case?.id === world.case?.id) === index)
    .filter((world) => world.case?.id !== context.case?.id)
    .flatMap(caseChoice)
}

export const release: Suggester = async (context) => {
  const all = (await worldsSeen({ ...context, typed: '' })).flatMap((world) => world.release ?? [])
  return [...new Map(all.map((one) => [one.id, one])).values()]
    .filter(({ is }) => is !== 'released' && is !== 'cancelled')
    .map(({ id, at }) => ({ value: id, label: at === undefined ? id : `${id} · ${shortTime(at)}` }))
}

async function worldsSeen({ engine, actor, typed }: SuggestContext): Promise<readonly World[]> {
  const { rows } = await engine.queries.cases({ open: true, person: actor.person, limit: ROWS_LOOKED_AT })
  const query = typed.trim().toLowerCase()
  const likely = rows.filter((row) => row.stream.toLowerCase().includes(query)).slice(0, FOLDED_AT_ONCE)
  const worlds = await Promise.all(likely.map((row) => skipDamaged(() => engine.queries.world(row.stream))))
  return worlds.flatMap((world) => (world?.case !== undefined && maySee(world.case, actor.person) ? [world] : []))
}

async function seen({ engine, actor }: SuggestContext, id: CaseId): Promise<readonly World[]> {
  const world = await engine.queries.world(id)
  return world?.case !== undefined && maySee(world.case, actor.person) ? [world] : []
}

export const project: Suggester = ({ engine }) =>
  engine.policy.policy.projects.map(({ id, name }) => ({ value: id, label: name }))

/**
 * Shows only the time of each mail and the beginning of its id. Only the card that lists the held mails may show
 * senders.
 */
export const heldMail: Suggester = async ({ engine, actor }) => {
  const found = await engine.queries.heldMails(actor, HELD_LISTED)
  return found.ok && found.mails.length > 0
    ? [{ value: 'all', label: 'All of them' }, ...found.mails.map(heldChoice)]
    : []
}

const heldChoice = ({ id, receivedAt }: HeldMail): Choice => ({
  value: shortName(id),
  label: `${shortName(id)} · came ${shortTime(receivedAt)}`,
})

export const command: Suggester = ({ commands }) =>
  commands.map(({ verb, summary }) => ({ value: verb, label: `${verb} · ${summary}` }))

export const cwe: Suggester = ({ engine, typed }) =>
  engine.texts.weaknesses(typed).map(({ cwe: id, name }) => ({ value: id, label: `${id} ${name}` }))
