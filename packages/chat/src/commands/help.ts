import { z } from 'zod'
import { wrongInput } from '../answers.ts'
import { commandHelpCard, helpCard } from '../cards/help.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { offeredIn } from '../offered.ts'
import { ANYBODY } from './shared/roles.ts'

export const help = defineCommand({
  verb: 'help',
  summary: 'What can be done, and how it is typed',
  about: 'anything',
  allowed: ANYBODY,
  options: {
    verb: z
      .string()
      .max(40)
      .exactOptional()
      .register(about, { label: 'Command', shownAs: 'command', suggests: 'command' }),
  },
  run: async (call) => {
    const { place } = call.invocation
    const offered = call.commands.filter((command) =>
      offeredIn(command, { platform: place.platform, profile: call.engine.policy.policy.profile }),
    )
    const { verb } = call.values
    if (verb === undefined) return { audience: 'caller', card: helpCard({ commands: offered, place }) }
    const command = offered.find((candidate) => candidate.verb === verb.replace(/^\//, ''))
    if (command === undefined)
      return wrongInput({ command: call.command, setting: call, because: `There is no command “${verb}”.` })
    return { audience: 'caller', card: commandHelpCard({ command, place }) }
  },
})
