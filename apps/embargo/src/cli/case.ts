import type { CaseId } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { printCases } from './cases.ts'
import type { CliCommand } from './command.ts'
import type { CliContext } from './context.ts'
import { JSON_OPTION } from './help.ts'
import { commandInput } from './command-input.ts'
import { drawCard, printFacts, runVerb, withHints } from './run-verb.ts'
import { printGates } from './status-why.ts'
import { caseNumber, flagsOf } from './words.ts'

/** `embargo <case>` shows the state of a case; with a verb it runs a command, as in chat. */
export const caseCommand: CliCommand = {
  name: '<case>',
  entry: {
    usage: '<case> [<verb> …] [--yes] [--json]',
    summary: 'Show a case, or run a command on it; 42 stands for SEC-2026-0042',
  },
  uses: [
    { usage: '<case> [--json]', summary: 'Show where a case stands, and what to type next' },
    { usage: '<case> status --all', summary: 'Show the whole case: its cards, as in its channel' },
    { usage: '<case> <verb> … [--yes] [--json]', summary: 'Run a command on it, the same as in chat' },
    { usage: '<case> status why [<command>] [--json]', summary: 'Say which rules still refuse a command' },
  ],
  help: {
    options: [['--yes', 'skip the confirmation, even of a command that cannot be undone'], JSON_OPTION],
    examples: [
      ['SEC-2026-0001', 'what the case is and what comes next'],
      ['SEC-2026-0001 help', 'the commands of a case; help <verb> explains one of them'],
      ['SEC-2026-0001 triage valid high', 'the same words as in chat'],
      ['1 triage valid high', 'the same, if only one case of this year has this number'],
      ['SEC-2026-0001 status why prenotify 2026-07-14', 'each rule, whether it passes, and who can lift it'],
      ["SEC-2026-0001 reply 'Thank you.' --yes", 'mails the reporter'],
    ],
    exits: [
      ['0', 'done'],
      ['1', 'refused (the rule is printed), failed, or not confirmed (see --yes)'],
      ['2', 'wrong use, or something is missing: the form that asks for it is printed'],
    ],
  },
  run: async (args, context) => {
    const { words, yes, json } = flagsOf(args)
    const [number, verb, ...rest] = words
    const id = await caseNumber(context, number ?? '')
    if (json && verb === 'status' && rest[0] === 'why') return printGates(context, id, rest.slice(1))
    if (json && (verb === undefined || (verb === 'status' && rest.length === 0)))
      return withHints(context, printFacts(context, 'case-facts', { case: id }))
    if (json && verb === 'status' && rest[0] === 'all')
      return withHints(context, printCases(context, { words: rest.slice(1), case: id }))
    if (verb === 'status' && rest[0] === '--all') return withHints(context, showChannel(context, id))
    return withHints(
      context,
      runVerb(context, { verb: verb ?? 'status', case: id, input: commandInput(verb ?? 'status', rest), yes, json }),
    )
  },
}

async function showChannel(context: CliContext, id: CaseId): Promise<number> {
  const cards = (await context.ask('channel', { case: id })) as readonly Card[]
  context.output.out(cards.map((card) => drawCard(context, card)).join('\n\n'))
  return cards.some((card) => card.kind === 'refusal') ? 1 : 0
}
