import { personOf, ROOT } from '@embargo/core'
import { z } from 'zod'
import { wrongInput } from '../answers.ts'
import { allHelpCard, commandHelpCard, helpCard } from '../cards/help.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { isCommandOffered } from '../command-availability.ts'
import { resolve } from '../resolve.ts'
import { ANYBODY } from './shared/roles.ts'

export const help = defineCommand({
  verb: 'help',
  summary: 'Show the commands, and how to type them',
  about: 'anything',
  allowed: ANYBODY,
  options: {
    verb: z
      .string()
      .max(40)
      .exactOptional()
      .register(about, { label: 'Command', shownAs: 'command|all', takes: 'rest', suggests: 'command' }),
  },
  run: async (call) => {
    const { place } = call.invocation
    const offered = call.commands.filter((command) =>
      isCommandOffered(command, { platform: place.platform, profile: call.engine.policy.policy.profile }),
    )
    const named = call.values.verb?.trim().toLowerCase()
    const seen = call.case === undefined ? {} : { seen: call.case }
    if (named === undefined) {
      const { policy } = call.engine.policy
      const roles = personOf(policy, call.invocation.actor.person)?.roles
      const asking = roles === undefined ? {} : { asking: { policy, roles } }
      return { audience: 'caller', card: helpCard({ commands: offered, place, ...seen, ...asking }) }
    }
    if (named === 'all') return { audience: 'caller', card: allHelpCard({ commands: offered, place }) }
    const found = resolve(offered, { verb: ROOT, input: named })
    if (!('unknown' in found))
      return { audience: 'caller', card: commandHelpCard({ command: found.command, commands: offered, place }) }
    const [only, ...others] = found.near
    const because =
      others.length > 0
        ? `“${found.unknown}” can mean several commands: ${found.near.join(', ')}.`
        : `There is no command “${found.unknown}”.${only === undefined ? '' : ` Did you mean ${only}?`}`
    return wrongInput({
      command: call.command,
      setting: call,
      because,
    })
  },
})
