import { outlook } from '@embargo/core'
import { z } from 'zod'
import { wrongInput } from '../answers.ts'
import { gatesCard } from '../cards/gates.ts'
import type { CaseCall } from '../chat-command.ts'
import { defineCommand } from '../define-command.ts'
import { explainCommand } from '../explain/explain-command.ts'
import { about } from '../option.ts'
import { ON_THE_CASE } from './shared/roles.ts'

export const why = defineCommand({
  verb: 'status.why',
  summary: 'Show, rule by rule, what still keeps a command from being accepted',
  about: 'case',
  allowed: ON_THE_CASE,
  options: {
    command: z.string().max(400).exactOptional().register(about, {
      label: 'Command',
      hint: 'As you would type it, such as prenotify 2026-07-14. If left out: the next step',
      takes: 'rest',
      suggests: 'command',
    }),
  },
  run: async (call) => {
    const { engine, commands, invocation } = call
    const typed = call.values.command ?? nextCommand(call)
    if (typed === undefined)
      return wrongInput({
        command: call.command,
        setting: call,
        because: 'This case has no next step. Name a command.',
      })
    const { id, world } = call.case
    const explained = await explainCommand({ ...invocation, engine, commands, id, world, typed })
    return 'because' in explained
      ? wrongInput({ command: call.command, setting: call, because: explained.because })
      : { audience: 'caller', card: gatesCard(call, explained) }
  },
})

/** The command that rules still refuse, or the command of the next step if rules refuse nothing. */
function nextCommand({ engine, case: { world }, invocation: { at, actor } }: CaseCall<unknown>): string | undefined {
  const seen = outlook(engine.policy.policy, world, at, actor.person)
  return seen?.missing[0]?.toward ?? seen?.next?.verb
}
