// Makes the content of `docs/rules.md`: for every gate, its name in refusals, what it means, and what to do when it
// refuses. After the gates comes what voids an approval.
import { COMMANDS, typedName, typedRequest } from '@embargo/chat'
import {
  GATES,
  HOLD_CAUSES,
  isGateId,
  isWaivable,
  PERSON_VERBS,
  COMMON_RULES,
  VOID_CAUSES,
  verbRules,
} from '@embargo/core'
import type { GateId, PersonVerb } from '@embargo/core'

/** The whole content of `docs/rules.md`. */
export function rules(): string {
  const all = Object.keys(GATES).filter(isGateId)
  return [
    '# The rules',
    '',
    'Made by `npm run docs` from the rules themselves; do not edit it by hand. A refusal names the rule, the fact that breaks it, and who can change that. Waiving a rule takes a reason and a second person, and the policy can forbid it for any of these rules.',
    '',
    '| rule | what must hold | can be waived |',
    '|---|---|---|',
    ...all.map((gate) => `| [\`${gate}\`](#${gate}) | ${GATES[gate].rule} | ${isWaivable(gate) ? 'yes' : ''} |`),
    '',
    ...all.flatMap(section),
    '## What voids an approval',
    '',
    'A pending approval request becomes void when one of these happens. Nothing is sent, and the approval must be requested again:',
    '',
    ...Object.values(VOID_CAUSES).map(({ when }) => `- ${when}`),
    '',
    'A publication that was approved in advance is held when one of these happens. It must then be approved again:',
    '',
    ...Object.values(HOLD_CAUSES).map(({ when }) => `- ${when}`),
    '',
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}

function section(gate: GateId): readonly string[] {
  const { rule, means, instead } = GATES[gate]
  return [
    `## ${gate}`,
    '',
    `${rule} ${typed(means)}`,
    '',
    `**What to do when it refuses:** ${typed(instead)}`,
    '',
    ...askedOf(gate).flatMap((line) => [line, '']),
  ]
}

const COMMAND = new RegExp(`\`(?=(?:${COMMANDS.map(({ verb }) => typedName(verb).split(' ')[0]).join('|')})[ \`])`, 'g')

/** A command as it is typed in chat: with a slash. */
const typed = (text: string): string => text.replaceAll(COMMAND, '`/')

/**
 * A line that says for which commands a gate is checked. Empty for `makes-sense`, and for a gate that no command has.
 */
function askedOf(gate: GateId): readonly string[] {
  if (COMMON_RULES.includes(gate)) return ['Checked for every command about a case.']
  const commands = PERSON_VERBS.filter((verb) => gate !== 'makes-sense' && verbRules(verb).includes(gate)).map(usageOf)
  return commands.length === 0 ? [] : [`Checked for ${[...new Set(commands)].join(', ')}.`]
}

const usageOf = (request: PersonVerb): string => `\`/${typedRequest(request)}\``
