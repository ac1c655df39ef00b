import { COMMANDS as CHAT_COMMANDS, commandHelpCard, renderTerminal, nearest, typedAt, typedName } from '@embargo/chat'
import { ConfigError, describeProblems } from '@embargo/config'
import type { Card } from '@embargo/engine'
import { WebhookError } from '@embargo/github'
import { MailBridgeError } from '@embargo/mail-bridge'
import { StoreError } from '@embargo/store'
import { auditCommand } from './audit.ts'
import { caseCommand } from './case.ts'
import { awayCommand, openCommand, settleCommand, statusCommand } from './cases.ts'
import type { CliCommand } from './command.ts'
import { createContext, waitingInRunning } from './context.ts'
import { doctorCommand } from './doctor.ts'
import { rewritten } from './former.ts'
import { generalHelp, helpOf } from './help.ts'
import { holdingProcess } from './holding-process.ts'
import { CliError, safeOutput } from './output.ts'
import type { Output } from './output.ts'
import { keysCommand } from './keys.ts'
import { linkCommand, lockoutCommand, peopleCommand } from './people.ts'
import { policyCommand } from './policy.ts'
import { readCommand } from './read.ts'
import { reportCommand } from './report.ts'
import { initCommand } from './init.ts'
import { startCommand } from './start.ts'
import { statsCommand } from './stats.ts'
import { isCaseNumber } from './words.ts'

/** The commands in the order of `embargo --help`. */
const COMMANDS: readonly CliCommand[] = [
  caseCommand,
  statusCommand,
  openCommand,
  awayCommand,
  linkCommand,
  lockoutCommand,
  settleCommand,
  peopleCommand,
  readCommand,
  initCommand,
  startCommand,
  doctorCommand,
  keysCommand,
  reportCommand,
  statsCommand,
  policyCommand,
  auditCommand,
]

/**
 * Runs one command line. If it fails, explains why in a sentence.
 * @returns the exit code
 */
export async function run(typed: readonly string[], raw: Output): Promise<number> {
  const output = safeOutput(raw)
  const former = rewritten(typed)
  const args = former?.args ?? typed
  if (former !== undefined) output.err(`This command is now: embargo ${former.by}`)
  const [name = '', ...rest] = args
  const topic = helpWanted(args)
  if (topic !== undefined) return help(topic, output)
  const isCase = isCaseNumber(name)
  const command = isCase ? caseCommand : COMMANDS.find((one) => one.name === name)
  if (command === undefined) return noCommand(output, name)
  try {
    return await command.run(isCase ? args : rest, createContext(output))
  } catch (error) {
    output.err([inWords(error), holdingProcess(error)].filter((part) => part !== undefined).join(' '))
    if (error instanceof CliError) return error.exitCode
    return isWrongOption(error) ? 2 : 1
  }
}

/**
 * Prints the help for a topic. Without a topic, prints what waits for the caller, then the list of all commands.
 * @returns the exit code
 */
async function help(topic: string, output: Output): Promise<number> {
  if (topic === '') {
    const waiting = await waitingInRunning()
    if (waiting !== undefined) output.out(`${waiting}\n`)
    output.out(generalHelp(COMMANDS))
    return 0
  }
  const about = COMMANDS.find((one) => one.name === topic || (one === caseCommand && topic === 'case'))
  const ofCase = ofACase(topic)
  if (about === undefined && ofCase === undefined) return noCommand(output, topic)
  if (about !== undefined) output.out(helpOf(about))
  else if (ofCase !== undefined) output.out(renderTerminal(ofCase.help, output))
  return 0
}

/** @returns the exit code */
function noCommand(output: Output, name: string): number {
  const ofCase = ofACase(name)
  const near = nearest(name, [...COMMANDS.map((one) => one.name), ...CHAT_COMMANDS.map(({ verb }) => verb)])
  const guess = near === undefined ? '' : ` Did you mean ${typedName(near)}?`
  output.err(
    ofCase === undefined
      ? `There is no command "${name}".${guess} "embargo --help" lists them.`
      : `"embargo ${name}" needs a case: ${ofCase.typed}`,
  )
  return 2
}

/** A command that must be typed after `embargo <case>`, with its help. */
function ofACase(verb: string): { readonly typed: string; readonly help: Card } | undefined {
  const command = CHAT_COMMANDS.find((one) => one.verb === verb)
  const place = { platform: 'terminal', private: true } as const
  return (
    command && {
      typed: typedAt(place, command.usage),
      help: commandHelpCard({ command, commands: CHAT_COMMANDS, place }),
    }
  )
}

/** The command for which help was requested; an empty word for all commands, undefined if no help was requested. */
function helpWanted([name, ...rest]: readonly string[]): string | undefined {
  if (name === undefined || name === '--help' || name === '-h') return ''
  if (name === 'help') return rest[0] ?? ''
  if (!rest.includes('--help') && !rest.includes('-h')) return undefined
  // After a case number, help is about the command: `42 triage --help`.
  return isCaseNumber(name) ? (rest.find((word) => !word.startsWith('-')) ?? 'case') : name
}

/** Whether node:util's parseArgs threw the error, for example for an unknown option. */
const isWrongOption = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_')

/** Errors whose message says what to do. */
const IN_WORDS = [StoreError, CliError, MailBridgeError, WebhookError]

function inWords(error: unknown): string {
  if (error instanceof ConfigError) return describeProblems(error.problems)
  if (error instanceof Error && IN_WORDS.some((known) => error instanceof known)) return error.message
  // These errors are recognised by name. Otherwise a platform's libraries would be loaded even if the platform is not
  // used.
  if (error instanceof Error && ['SlackSetupError', 'DiscordSetupError'].includes(error.name)) return error.message
  if (error instanceof Error && isWrongOption(error))
    return `${error.message}. "embargo <command> --help" shows how to write the command.`
  return error instanceof Error ? `It failed: ${error.message}` : 'The command failed without giving a reason.'
}
