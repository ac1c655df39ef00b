import { z } from 'zod'
import { CommandId, maySee, PEOPLE, personOf } from '@embargo/core'
import type { CaseId, Instant, Person, Platform } from '@embargo/core'
import { skipDamaged } from '@embargo/engine'
import { commandIdOf, refuse, wrongInput } from '../answers.ts'
import { resultCard } from '../cards/result.ts'
import { counted } from '../text/dates.ts'
import { defineCommand } from '../define-command.ts'
import type { Call } from '../chat-command.ts'
import { about } from '../option.ts'
import { readInstant } from '../text/read-instant.ts'
import { typedZone } from '../text/zones.ts'
import type { Reply } from '../types.ts'

/** A day without a time begins at midnight in the person's zone, or in UTC if the zone is not known. */
const readDay = (typed: string, person: Person | undefined, platform: Platform): Instant | undefined =>
  readInstant(typed, '00:00', [], {
    time: typedZone(person, platform),
    ...(person?.zone === undefined ? {} : { day: person.zone }),
  })

export const away = defineCommand({
  verb: 'away',
  summary: 'Say when you are away, so that your tasks go to the next in line',
  about: 'anything',
  allowed: { who: 'everybody on a case, for all their open cases' },
  form: { title: 'Away', submit: 'Say so' },
  options: {
    until: z.string().max(40).register(about, {
      label: 'Back on',
      hint: 'The day you are back, such as 2026-07-14, or "back"',
      kind: 'date-time',
      shownAs: 'date|back',
    }),
    from: z.string().max(40).exactOptional().register(about, {
      label: 'Away from',
      hint: 'If left out: now',
      takes: 'named',
      kind: 'date-time',
      shownAs: 'date',
    }),
  },
  run: async (call) => {
    const { until: typed, from: begins } = call.values
    const { actor, place } = call.invocation
    const person = personOf(call.engine.policy.policy, actor.person)
    const until = typed.toLowerCase() === 'back' ? 'back' : readDay(typed, person, place.platform)
    const from = begins === undefined ? undefined : readDay(begins, person, place.platform)
    if (until === undefined || (begins !== undefined && from === undefined)) {
      return wrongInput({ command: call.command, setting: call, because: 'A day looks like 2026-07-14.' })
    }
    return sayEverywhere(call, { until, ...(from === undefined ? {} : { from }) })
  },
})

type AwayPeriod = { readonly from?: Instant; readonly until: Instant | 'back' }

/** How many open cases are read at a time. All of them are read, because a person can be on every open case. */
const ROWS_AT_ONCE = 200

/**
 * Records an absence, which concerns the person and not one case. The absence is stored for cases that open later, and
 * recorded now in each open case that the person is on. Repeating the command changes nothing.
 */
async function sayEverywhere(call: Call<unknown>, absence: AwayPeriod): Promise<Reply> {
  const { engine, invocation } = call
  const command = { actor: invocation.actor, at: invocation.at, typed: invocation.input }
  const kept = await engine.commands.handle({
    ...command,
    commandId: commandIdOf(invocation),
    request: { verb: 'absence', stream: PEOPLE, ...absence },
  })
  if (!kept.ok) return refuse(call, kept.refusal)
  let count = 0
  for await (const id of openCasesOf(call)) {
    const answered = await engine.commands.handle({
      ...command,
      commandId: CommandId.parse(`${commandIdOf(invocation)}:${id}`),
      request: { verb: 'away', case: id, ...absence },
    })
    if (!answered.ok) return refuse(call, answered.refusal)
    count += 1
  }
  const where = count === 0 ? 'You are on no open case.' : `Recorded in ${counted(count, 'open case')}.`
  const absenceText =
    absence.until === 'back' ? 'Welcome back.' : 'Until then your tasks go to the next in line, in new cases too.'
  return {
    audience: 'caller',
    card: resultCard({ setting: call, title: 'Done', lines: [`${where} ${absenceText}`] }),
    facts: { is: 'done', said: where, repeated: false },
  }
}

async function* openCasesOf({ engine, invocation }: Call<unknown>): AsyncIterable<CaseId> {
  for (let offset = 0; ; offset += ROWS_AT_ONCE) {
    const { rows, more } = await engine.queries.cases({ open: true, limit: ROWS_AT_ONCE, offset })
    for (const { stream } of rows) {
      const theCase = (await skipDamaged(() => engine.queries.world(stream)))?.case
      if (theCase !== undefined && maySee(theCase, invocation.actor.person)) yield theCase.id
    }
    if (!more) return
  }
}
