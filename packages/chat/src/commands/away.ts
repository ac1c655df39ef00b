import { z } from 'zod'
import { CommandId, maySee } from '@embargo/core'
import type { CaseId, Instant } from '@embargo/core'
import { commandIdOf, refuse, wrongInput } from '../answers.ts'
import { doneCard } from '../cards/done.ts'
import { counted } from '../text/dates.ts'
import { defineCommand } from '../define-command.ts'
import type { Call } from '../define-command.ts'
import { about } from '../option.ts'
import { readInstant } from '../text/read-instant.ts'
import { MINE_LOOKS_AT } from '../views/many-cases.ts'

/** A day that is named without an hour begins then, in UTC. */
const DAY_BEGINS = '00:00'

export const away = defineCommand({
  verb: 'away',
  summary: 'Say when you are not there: your part goes to the next in line',
  about: 'anything',
  allowed: { who: 'everybody on a case, for all their open cases' },
  form: { title: 'Away', submit: 'Say so' },
  options: {
    until: z.string().max(40).register(about, {
      label: 'Back on',
      hint: 'The day you are there again: 2026-07-14, or: back',
      kind: 'date-time',
      shownAs: 'date|back',
    }),
    from: z.string().max(40).exactOptional().register(about, {
      label: 'Away from',
      hint: 'Now, when left out',
      takes: 'named',
      kind: 'date-time',
      shownAs: 'date',
    }),
  },
  run: async (call) => {
    const { until: typed, from: begins } = call.values
    const until = typed.toLowerCase() === 'back' ? 'back' : readInstant(typed, DAY_BEGINS)
    const from = begins === undefined ? undefined : readInstant(begins, DAY_BEGINS)
    if (until === undefined || (begins !== undefined && from === undefined)) {
      return wrongInput({ command: call.command, setting: call, because: 'A day looks like 2026-07-14.' })
    }
    return sayEverywhere(call, { until, ...(from === undefined ? {} : { from }) })
  },
})

type When = { readonly from?: Instant; readonly until: Instant | 'back' }

/** It is about the person and not about one case, so each of their open cases hears it; a repetition changes nothing. */
async function sayEverywhere(call: Call<unknown>, when: When) {
  const { engine, invocation } = call
  const open = await engine.cases({ open: true, limit: MINE_LOOKS_AT })
  const told: CaseId[] = []
  for (const { stream } of open.rows) {
    const theCase = (await engine.world(stream))?.case
    if (theCase === undefined || !maySee(theCase, invocation.actor.person)) continue
    const answered = await engine.handle({
      commandId: CommandId.parse(`${commandIdOf(invocation)}:${theCase.id}`),
      actor: invocation.actor,
      at: invocation.at,
      request: { verb: 'away', case: theCase.id, ...when },
      typed: invocation.input,
    })
    if (!answered.ok) return refuse(call, answered.refusal)
    told.push(theCase.id)
  }
  const where = told.length === 0 ? 'You are on no open case.' : `Said in ${counted(told.length, 'open case')}.`
  const what = when.until === 'back' ? 'Welcome back.' : 'What is yours to do goes to the next in line until then.'
  return {
    audience: 'caller' as const,
    card: doneCard({ setting: call, title: 'Done', lines: [`${where} ${what}`] }),
    facts: { is: 'done' as const, said: where, repeated: false },
  }
}
