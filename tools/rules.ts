// Every rule that can refuse a command, as the refusals name it.
import { GATES } from '@embargo/core'

/** `docs/rules.md`, whole. */
export function rules(): string {
  const rows = Object.entries(GATES).map(
    ([gate, said]) => `| \`${gate}\` | ${said.rule} | ${'waivable' in said ? 'yes' : ''} |`,
  )
  return [
    '# The rules',
    '',
    'Made by `npm run docs` from the rules themselves; do not edit it by hand. A refusal names one of them: what it asks, the fact that breaks it, and who can lift it. What may be waived takes a reason and a second person, and the policy can allow less.',
    '',
    '| rule | what must hold | may be waived |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
