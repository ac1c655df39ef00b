import { ConfigError, describeProblems } from '@embargo/config'
import { StoreError } from '@embargo/store'
import { caseCommand, casesCommand, intakeCommand, openCommand } from './case.ts'
import type { CliCommand } from './command.ts'
import { createContext } from './context.ts'
import { logCommand } from './log.ts'
import { mailCommand } from './mail.ts'
import { CliError } from './output.ts'
import type { Output } from './output.ts'
import { policyCommand } from './policy.ts'
import { reportCommand } from './report.ts'
import { slackCommand } from './slack.ts'
import { startCommand } from './start.ts'

const COMMANDS: readonly CliCommand[] = [
  startCommand,
  reportCommand,
  casesCommand,
  openCommand,
  intakeCommand,
  caseCommand,
  mailCommand,
  logCommand,
  policyCommand,
  slackCommand,
]

const HELP = [
  'Embargo runs coordinated vulnerability disclosure from a team’s own chat.',
  '',
  'Usage: embargo <command>',
  '',
  ...COMMANDS.map(({ usage, summary }) => `  ${usage}\n      ${summary}`),
  '',
  'Where things are: EMBARGO_DATA (default ./embargo-data), EMBARGO_POLICY (default',
  'embargo.policy.yaml in the data folder or here). Exit codes: 0 done, 1 refused,',
  'failed or not confirmed (see --yes), 2 wrong use. --json prints facts: docs/json.md.',
].join('\n')

/** Runs one command line and says what went wrong in a sentence. @returns the exit code */
export async function run(args: readonly string[], output: Output): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || args.includes('--help') || args.includes('-h')) {
    output.out(HELP)
    return 0
  }
  const command = COMMANDS.find((one) => one.name === name)
  if (command === undefined) {
    output.err(`There is no command "${name}". "embargo --help" lists them.`)
    return 2
  }
  try {
    return await command.run(rest, createContext(output))
  } catch (error) {
    output.err(inWords(error))
    if (error instanceof CliError) return error.exitCode
    return isWrongOption(error) ? 2 : 1
  }
}

/** What node:util's parseArgs throws for an option that a command does not know. */
const isWrongOption = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_')

function inWords(error: unknown): string {
  if (error instanceof ConfigError) return describeProblems(error.problems)
  if (error instanceof StoreError || error instanceof CliError) return error.message
  if (error instanceof Error && isWrongOption(error))
    return `${error.message}. "embargo --help" shows how it is written.`
  return error instanceof Error ? `It failed: ${error.message}` : 'It failed, for no reason that was given.'
}
