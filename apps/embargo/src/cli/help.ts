import type { CliCommand } from './command.ts'

/** The usual exit codes. */
const EXITS = [
  ['0', 'done'],
  ['1', 'refused, failed, or not confirmed (see --yes)'],
  ['2', 'wrong use: nothing was tried'],
] as const

/** The help for `--json`, the same for every command that has it. */
export const JSON_OPTION = ['--json', 'facts for a script instead of text: docs/json.md'] as const

type Pair = readonly [string, string]

/** Lists every command, each with one line. */
export const generalHelp = (commands: readonly CliCommand[]): string =>
  [
    'Embargo runs coordinated vulnerability disclosure from a team’s own chat.',
    '',
    'Usage: embargo <command>            embargo <command> --help explains one',
    '',
    ...commands
      .flatMap(({ entry, uses }) => entry ?? uses.slice(0, 1))
      .flatMap(({ usage, summary }) => [`  ${usage}`, `      ${summary}`]),
    '',
    'Where things are: EMBARGO_DATA (default ./embargo-data), EMBARGO_POLICY (default',
    'embargo.policy.yaml in the data folder or here). Exit codes: 0 done, 1 refused,',
    'failed or not confirmed (see --yes), 2 wrong use. --json prints facts: docs/json.md.',
  ].join('\n')

/** The help for one command: its usage, options, examples and exit codes. */
export function helpOf({ uses, help }: CliCommand): string {
  const { options = [], examples, exits = EXITS } = help
  return [
    ...uses.flatMap(({ usage, summary }) => [`embargo ${usage}`, `    ${summary}`]),
    ...section('Options', options),
    ...section(
      'Examples',
      examples.map(([line, what]) => [`embargo ${line}`, what]),
    ),
    ...section('Exit codes', exits),
  ].join('\n')
}

/**
 * If the typed text is longer than this, its explanation starts on a new line. Otherwise one long example would push
 * all explanations to the right.
 */
const WIDEST = 34

function section(title: string, pairs: readonly Pair[]): readonly string[] {
  if (pairs.length === 0) return []
  const width = Math.max(...pairs.map(([left]) => left.length).filter((length) => length <= WIDEST), 0)
  return [
    '',
    title,
    ...pairs.flatMap(([left, right]) =>
      left.length > WIDEST ? [`  ${left}`, `      ${right}`] : [`  ${left.padEnd(width)}  ${right}`],
    ),
  ]
}
