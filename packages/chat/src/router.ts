import type { Refusal } from '@embargo/core'
import type { Engine } from '@embargo/engine'
import { refusalCard } from './cards/refusal.ts'
import { COMMANDS } from './commands/index.ts'
import type { ChatCommand } from './define-command.ts'
import { findCase } from './find-case.ts'
import { nearest } from './nearest.ts'
import { offeredIn } from './offered.ts'
import type { Form, Input, Invocation, Place, Reply } from './types.ts'
import { ROOT, typedAt } from './usage.ts'

export type Router = {
  readonly commands: readonly ChatCommand[]
  /** Answers one delivery. Never throws for what was typed; what the engine throws is the app's to report. */
  handle(invocation: Invocation): Promise<Reply>
  /** The form behind a button, at once and without reading anything: Slack's trigger lives three seconds. */
  formFor(request: { readonly verb: string; readonly input: Input }): Form | undefined
}

/** Finds the command and the case, asks whether the caller may see it, and lets the command translate. Decides nothing else. */
export function createRouter(deps: { readonly engine: Engine; readonly commands?: readonly ChatCommand[] }): Router {
  const { engine, commands = COMMANDS } = deps
  return {
    commands,
    formFor: ({ verb, input }) => commands.find((command) => command.verb === verb)?.form(input),
    handle: async (given) => {
      const invocation = withoutRoot(given)
      const { place } = invocation
      const where = { platform: place.platform, profile: engine.policy.policy.profile }
      const offered = commands.filter((command) => offeredIn(command, where))
      const command = offered.find((candidate) => candidate.verb === invocation.verb)
      if (command === undefined) return unknownVerb(invocation.verb, offered, place)
      const found = await findCase({ engine, invocation, command })
      if ('refusal' in found) return refused(found.refusal, offered, place)
      const { input, seen } = found
      const reply = await command.run(input, {
        invocation,
        engine,
        commands: offered,
        ...(seen === undefined ? {} : { case: seen }),
      })
      return 'form' in reply && seen !== undefined
        ? { form: { ...reply.form, hidden: { ...reply.form.hidden, case: seen.id } } }
        : reply
    },
  }
}

/** `/cvd triage valid` is `triage` with `valid`; `/cvd` alone asks what there is. */
function withoutRoot(invocation: Invocation): Invocation {
  const { verb, input } = invocation
  if (verb !== ROOT || typeof input !== 'string') return invocation
  const [, named = 'help', rest = ''] = /^\s*(\S+)\s*(.*)$/s.exec(input) ?? []
  return { ...invocation, verb: named.toLowerCase().replace(/^\//, ''), input: rest }
}

function unknownVerb(verb: string, offered: readonly ChatCommand[], place: Place): Reply {
  const meant = nearest(
    verb,
    offered.map((command) => command.verb),
  )
  const refusal = {
    gate: 'makes-sense',
    because: `There is no command “${verb}”.`,
    facts: {},
    liftedBy: [
      ...(meant === undefined ? [] : [{ who: 'you', how: `perhaps you meant ${typedAt(place, meant)}` }]),
      { who: 'you', how: `see every command with ${typedAt(place, 'help')}`, verb: 'help' },
    ],
  } as const
  return refused(refusal, offered, place)
}

const refused = (reason: Refusal, commands: readonly ChatCommand[], place: Place): Reply => ({
  refusal: refusalCard({ refusal: reason, commands, place }),
  reason,
})
