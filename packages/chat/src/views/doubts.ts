import { doubtsOf } from '@embargo/core'
import type { CaseId, CaseState, EffectId } from '@embargo/core'
import type { CaseRow, Line } from '@embargo/engine'
import { buildCard } from '../cards/card.ts'
import { doubtInWords } from '../cards/doubt.ts'
import type { DoubtFacts } from '../cards/doubt.ts'
import { faint, line, outside, plain, strong } from '../cards/spans.ts'
import type { CaseInView, Setting } from '../chat-command.ts'
import { redactLine } from '../redact/card.ts'
import { isRedacted } from '../redact/policy.ts'
import { counted } from '../text/dates.ts'
import { typedAt } from '../usage.ts'
import type { Reply } from '../types.ts'
import { visible } from './many-cases.ts'

/** The number of rows that are read at a time. */
const ROWS_AT_ONCE = 500

/** A card lists at most this many effects. Once people have decided about some, the next ones are listed. */
const MAX_LISTED = 40

export type InDoubt = Pick<CaseInView, 'id' | 'state' | 'world'>

/**
 * The named case. If none is named: every case of the caller with a failed or doubtful effect that a person must decide
 * about.
 */
export async function casesInDoubt(setting: Setting): Promise<readonly InDoubt[]> {
  if (setting.case !== undefined) return [setting.case]
  const { engine, invocation } = setting
  const { person } = invocation.actor
  if (person === undefined) return []
  const rows: CaseRow[] = []
  for (let offset = 0, more = true; more; offset += ROWS_AT_ONCE) {
    const page = await engine.queries.cases({ person, limit: ROWS_AT_ONCE, offset })
    rows.push(...page.rows.filter(({ summary }) => summary['doubts'] !== undefined))
    more = page.more
  }
  return (await visible(setting, rows)).flatMap(({ world }) =>
    world.case === undefined ? [] : [{ id: world.case.id, state: world.case, world }],
  )
}

type DoubtInCase = {
  readonly id: CaseId
  readonly state: CaseState
  /** The number under which the case lists the effect. */
  readonly number: number
  readonly doubt: DoubtFacts
}

/**
 * Every failed or doubtful effect that a person must decide about. A mail of a release belongs to each of the release's
 * cases, but is listed once.
 */
export async function doubtsOver(setting: Setting): Promise<readonly DoubtInCase[]> {
  const seen = new Set<EffectId>()
  return (await casesInDoubt(setting)).flatMap(({ id, state, world }) =>
    doubtsOf(state, world.release).flatMap((doubt, index) => {
      if (seen.has(doubt.effect)) return []
      seen.add(doubt.effect)
      return [{ id, state, number: index + 1, doubt }]
    }),
  )
}

/** One list for all cases: every effect that failed or may have failed, and that a person must decide about. */
export async function doubtsView(setting: Setting): Promise<Reply> {
  const all = await doubtsOver(setting)
  const one = setting.case?.id
  const shown = all.slice(0, MAX_LISTED)
  const { policy } = setting.engine.policy
  const { platform } = setting.invocation.place
  const lines = shown.map(({ id, state, number, doubt }): Line => {
    const whole = line(
      strong(one === undefined ? `${id} ${number}. ` : `${number}. `),
      plain(`${doubtInWords(doubt)}${doubt.doubt ? ' may or may not have gone out: ' : ' was not done: '}`),
      outside(doubt.because),
    )
    return isRedacted({ platform, policy, cases: [state] }) ? redactLine(whole) : whole
  })
  const number = one === undefined ? '<case> <number>' : '<number>'
  const commands = ['went', 'again', 'withdrawn'].map((outcome) =>
    typedAt(setting.invocation.place, `settle ${number} ${outcome}`),
  )
  const card = buildCard({
    kind: 'notice',
    title: all.length === 0 ? 'Nothing waits to be settled' : `${counted(all.length, 'thing')} to settle`,
    lines: [
      ...(all.length === 0
        ? [line('Anything delayed by an outage is sent automatically when the outage ends.')]
        : lines),
      ...(all.length > shown.length ? [line(faint(`${all.length - shown.length} more.`))] : []),
      ...(all.length === 0
        ? []
        : [line(`To settle one: ${commands.join(', ')}. To settle all: type all in place of the number.`)]),
    ],
    actions:
      all.length === 0
        ? []
        : [
            {
              label: 'Try all again',
              verb: 'settle',
              input: { ...(one === undefined ? {} : { case: one }), effect: 'all', outcome: 'again' },
              style: 'danger',
              confirm: 'Anything that went out the first time will arrive twice. Try all of them again?',
            },
          ],
    notification: 'Embargo',
  })
  return { audience: 'caller', card, ...(one === undefined ? {} : { ofCase: true as const }) }
}
