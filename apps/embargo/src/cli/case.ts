import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { basename } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { renderFormAsText, renderTerminal } from '@embargo/chat'
import type { Input, Reply } from '@embargo/chat'
import { CaseId, personOfAccount } from '@embargo/core'
import type { Action, Card } from '@embargo/engine'
import { replyFacts } from '../facts/reply-facts.ts'
import type { CommandOutput } from '../facts/schema.ts'
import type { CliCommand } from './command.ts'
import { JSON_OPTION } from './help.ts'
import type { CliContext } from './context.ts'
import { CliError } from './output.ts'

type Flags = { readonly words: readonly string[]; readonly yes: boolean; readonly json: boolean }

/** `embargo case <number>` shows the case; with a verb it runs a command, the same as in chat. */
export const caseCommand: CliCommand = {
  name: 'case',
  uses: [
    { usage: 'case <number> [--json]', summary: 'Show a case: its cards, as its channel has them' },
    { usage: 'case <number> <verb> … [--yes] [--json]', summary: 'Run a command on it, the same as in chat' },
  ],
  help: {
    options: [['--yes', 'do what cannot be undone without asking again'], JSON_OPTION],
    examples: [
      ['case SEC-2026-0001', 'what the case is and what comes next'],
      ['case SEC-2026-0001 help', 'the commands of a case; help <verb> has one of them'],
      ['case SEC-2026-0001 triage valid high', 'the words of chat'],
      ["case SEC-2026-0001 reply 'Thank you.' --yes", 'mails the reporter'],
    ],
    exits: [
      ['0', 'done'],
      ['1', 'refused with its rule, failed, or not confirmed (see --yes)'],
      ['2', 'wrong use, or something is missing: the form is printed'],
    ],
  },
  run: async (args, context) => {
    const { words, yes, json } = flagsOf(args)
    const [number, verb, ...rest] = words
    const id = CaseId.safeParse(number?.toUpperCase())
    if (!id.success)
      throw new CliError(
        `"${number ?? ''}" is not a case number; it looks like SEC-2026-0001. "embargo cases" lists them.`,
      )
    if (json && (verb === undefined || (verb === 'status' && rest.length === 0)))
      return saying(context, printFacts(context, id.data))
    if (verb === undefined) return saying(context, showChannel(context, id.data))
    return saying(context, runVerb(context, { verb, case: id.data, input: inputOf(verb, rest), yes, json }))
  },
}

/** `embargo cases`: the most urgent first. */
export const casesCommand: CliCommand = {
  name: 'cases',
  uses: [
    {
      usage: 'cases [--mine] [--page <number>] [--json]',
      summary: 'List the open cases that you may see, the most urgent first',
    },
    { usage: 'cases [stage] [severity] [overdue] [--owner <person>] [--older <days>]', summary: 'Find those that fit' },
  ],
  help: {
    options: [
      ['--mine', 'only those that you coordinate or work on'],
      ['--page <number>', 'the next ones, where there are many'],
      ['--owner <person>', 'whose cases; me, or an id of the policy'],
      ['--older <days>', 'opened longer ago than that'],
      JSON_OPTION,
    ],
    examples: [
      ['cases', 'what is open'],
      ['cases fixing high', 'by stage and severity'],
      ['cases overdue --owner me', 'yours that are late'],
    ],
  },
  run: async (args, context) => {
    if (isSearch(args))
      return saying(
        context,
        runVerb(context, { verb: 'cases', input: args.map(quoted).join(' '), yes: false, json: false }),
      )
    const { values } = parseArgs({
      args: [...args],
      options: { mine: { type: 'boolean' }, page: { type: 'string' }, json: { type: 'boolean' } },
    })
    if (values.json !== true) {
      const input = {
        which: values.mine === true ? 'mine' : 'all',
        ...(values.page === undefined ? {} : { page: values.page }),
      }
      return saying(context, runVerb(context, { verb: 'status', input, yes: false, json: false }))
    }
    context.output.out(JSON.stringify(await context.ask('case-list', {})))
    return saying(context, Promise.resolve(0))
  },
}

/** Anything but the flags of the plain list: the words are those of `/cases`. */
const isSearch = (args: readonly string[]): boolean =>
  args.some((arg) => !arg.startsWith('-') && !/^\d+$/.test(arg)) || args.some((arg) => /^--(?:owner|older)\b/.test(arg))

/** `embargo open <project>`: a case that nobody mailed, so there is no number to name yet. */
export const openCommand: CliCommand = {
  name: 'open',
  uses: [
    {
      usage: 'open <project> [--public <link>] [--follows <number>] [note] [--json]',
      summary: 'Open a case that nobody mailed: found inside, read in public, or left open by a fix',
    },
  ],
  help: {
    options: [
      ['--public <link>', 'it is public already, there'],
      ['--follows <number>', 'the published case whose fix left it open'],
      JSON_OPTION,
    ],
    examples: [
      ["open lantern 'seen in review'", 'found inside'],
      ['open lantern --public https://lists.example/1', 'read in public'],
    ],
  },
  run: async (args, context) => {
    const { words, yes, json } = flagsOf(args)
    return saying(context, runVerb(context, { verb: 'open', input: words.map(quoted).join(' '), yes, json }))
  },
}

/** `embargo intake`: new reports that wait since too many came; they have no case to name yet. */
export const intakeCommand: CliCommand = {
  name: 'intake',
  uses: [
    {
      usage: 'intake [list | open <name>… | aside <name>…] [--json]',
      summary: 'List new reports that wait because too many came, open cases for them, or set them aside',
    },
  ],
  help: {
    options: [['<name>', 'as the list names a report; all for all of them'], JSON_OPTION],
    examples: [
      ['intake', 'what waits'],
      ['intake open all', 'a case for each'],
    ],
  },
  run: async (args, context) => {
    const { words, yes, json } = flagsOf(args)
    return saying(context, runVerb(context, { verb: 'intake', input: words.map(quoted).join(' '), yes, json }))
  },
}

/**
 * What goes beside an answer, on standard error: why nothing is shown to who belongs to nobody; and that nothing has left
 * yet, where no program runs that could send it.
 */
async function saying(context: CliContext, answered: Promise<number>): Promise<number> {
  const code = await answered
  const nobody = await context.nobody()
  if (nobody !== undefined) context.output.err(nobody)
  if (context.waits())
    context.output.err(
      'No program is running: mails and posts that were decided wait, and leave when it is started (npm start).',
    )
  return code
}

function flagsOf(args: readonly string[]): Flags {
  return {
    words: args.filter((arg) => arg !== '--yes' && arg !== '--json'),
    yes: args.includes('--yes'),
    json: args.includes('--json'),
  }
}

/** Words back into the text that the parser reads. A patch is named by its file: its bytes go, not its path. */
function inputOf(verb: string, words: readonly string[]): Input {
  const last = words.at(-1)
  if (verb === 'patch' && last !== undefined && existsSync(last)) {
    const [action = 'submit', branch] = words.slice(0, -1).filter((word) => !word.startsWith('--'))
    return {
      action,
      patch: readFileSync(last, 'utf8'),
      file: basename(last),
      ...(branch === undefined ? {} : { branch }),
    }
  }
  return words.map(quoted).join(' ')
}

/** The quotes that the parser reads; nothing is escaped in them, so each word takes a pair that it does not hold. */
const QUOTES = ['""', "''", '“”', '‘’', '«»'] as const

/** One word of the shell stays one word for the parser, whatever it holds. */
function quoted(word: string): string {
  if (word !== '' && !/[\s"'“‘„«]/.test(word)) return word
  const [open = '', close = ''] = QUOTES.find((pair) => !word.includes(pair.charAt(1))) ?? ''
  return `${open}${word}${close}`
}

type Run = {
  readonly verb: string
  readonly case?: CaseId
  readonly input: Input
  readonly yes: boolean
  readonly json: boolean
}

async function runVerb(context: CliContext, run: Run): Promise<number> {
  const { yes, json, ...invocation } = run
  // A command asked twice by the same person is two commands: each run has an id of its own.
  const reply = (await context.ask('invoke', { ...invocation, deliveryId: randomUUID() })) as Reply
  const goOn = goesOn(reply)
  // One value a command: what was only shown on the way to what was done is not printed.
  if (json && (goOn === undefined || !yes)) context.output.out(JSON.stringify(replyFacts(reply)))
  if ('refusal' in reply) {
    if (!json) context.output.err(shown(context, reply.refusal))
    return 1
  }
  if ('form' in reply) {
    if (!json) context.output.out(renderFormAsText(reply.form))
    return 2
  }
  if (!json) context.output.out(shown(context, reply.card))
  if (goOn === undefined) return isVoid(run.verb, reply) ? 1 : 0
  if (!yes && (json || !(await agreed(context, goOn)))) return 1
  return runVerb(context, { ...run, verb: goOn.verb, input: { ...typedAgain(run), ...goOn.input }, yes: false })
}

/** A yes that came too late for what had changed meanwhile: nothing left, and a script must not take it for done. */
const isVoid = (verb: string, reply: Reply): boolean =>
  verb === 'approve' && 'card' in reply && reply.facts?.is === 'done' && reply.facts.note !== undefined

/** The button that carries on from what was shown. */
const goesOn = (reply: Reply): Action | undefined =>
  'card' in reply
    ? reply.card.actions.find((action) => 'digest' in action.input || 'blob' in action.input || 'sure' in action.input)
    : undefined

/** What the second look asks to be typed goes with the yes. */
function typedAgain({ input }: Run): Readonly<Record<string, string>> {
  const typed = typeof input === 'string' ? /--typed-case\s+(\S+)/.exec(input)?.[1] : input['typedCase']
  return typed === undefined ? {} : { typedCase: typed }
}

async function agreed(context: CliContext, action: Action): Promise<boolean> {
  if (!context.output.interactive) {
    context.output.err(`Nothing was done yet. Add --yes to go on: ${action.label}.`)
    return false
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await lines.question(`${action.confirm ?? action.label}? [y/N] `)
  lines.close()
  return /^y(es)?$/i.test(answer.trim())
}

async function printFacts(context: CliContext, id: CaseId): Promise<number> {
  const facts = (await context.ask('case-facts', { case: id })) as CommandOutput
  context.output.out(JSON.stringify(facts))
  return facts.is === 'refusal' ? 1 : 0
}

async function showChannel(context: CliContext, id: CaseId): Promise<number> {
  const cards = (await context.ask('channel', { case: id })) as readonly Card[]
  context.output.out(cards.map((card) => shown(context, card)).join('\n\n'))
  return cards.some((card) => card.kind === 'refusal') ? 1 : 0
}

function shown(context: CliContext, card: Card): string {
  const zone = readerZone(context)
  return renderTerminal(card, { colour: context.output.colour, ...(zone === undefined ? {} : { zone }) })
}

/** The zone of whoever types: as the policy has it for them, or the machine's. */
const readerZone = ({ config, output }: CliContext): string | undefined =>
  personOfAccount(config().policy.policy, 'terminal', userInfo().username)?.zone ?? output.zone
