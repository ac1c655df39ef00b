import { z } from 'zod'
import { retrospectiveOf } from '@embargo/core'
import { send } from '../answers.ts'
import { retrospectiveCard } from '../cards/retrospective.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import type { Reply } from '../types.ts'
import { TEAM } from './shared/roles.ts'

export const retro = defineCommand({
  verb: 'retro',
  summary: 'Look back on a case: what happened, why it could happen, and what changes',
  about: 'case',
  allowed: TEAM,
  form: { title: 'What did we learn?', submit: 'Record' },
  options: {
    change: z
      .string()
      .max(4000)
      .exactOptional()
      .register(about, { label: 'What changes', takes: 'named', kind: 'long-text' }),
    rootCause: z
      .string()
      .max(4000)
      .exactOptional()
      .register(about, { label: 'Root cause', takes: 'rest', kind: 'long-text', shownAs: 'root cause' }),
  },
  run: async (call) => {
    const { rootCause, change } = call.values
    if (rootCause === undefined) return collected(call)
    return send(
      call,
      { verb: 'retro', case: call.case.id, rootCause, ...(change === undefined ? {} : { change }) },
      'Recorded. The retrospective is done.',
    )
  },
})

/** Shows the caller what the log contains for the retrospective. A person must add why the vulnerability came about. */
async function collected(call: CaseCall<unknown>): Promise<Reply> {
  const { engine } = call
  const { id, state, world } = call.case
  const own = await engine.queries.history(id)
  const releases = new Set(own.flatMap(({ event }) => (event.type === 'ReleaseJoined' ? [event.release] : [])))
  const history = [own, ...(await Promise.all([...releases].map((release) => engine.queries.history(release))))].flat()
  const seen = retrospectiveOf(engine.policy.policy, world, history)
  const weakness = state.cwe === undefined ? undefined : engine.texts.weakness(state.cwe)
  return {
    audience: 'caller',
    card: retrospectiveCard({
      state,
      seen,
      policy: engine.policy.policy,
      now: call.invocation.at,
      ...(weakness === undefined ? {} : { weakness }),
    }),
  }
}
