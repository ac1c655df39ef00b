import type { CaseId } from '@embargo/core'
import type { CliCommand } from './command.ts'
import type { CliContext } from './context.ts'
import { JSON_OPTION } from './help.ts'
import { printFacts, runVerb, withHints } from './run-verb.ts'
import { flagsOf, quoted } from './words.ts'

type Search = { readonly words: readonly string[]; readonly case?: CaseId }

/** Prints the matching cases as one JSON value. @returns the exit code */
export const printCases = (context: CliContext, { words, ...where }: Search): Promise<number> =>
  printFacts(context, 'case-search', { words: words.map(quoted).join(' '), ...where })

/**
 * Whether the arguments ask for a search: they do if they contain a word, `--owner` or `--older`. Numbers and other
 * flags alone ask for the plain list.
 */
const isSearch = (args: readonly string[]): boolean =>
  args.some((arg) => !arg.startsWith('-') && !/^\d+$/.test(arg)) || args.some((arg) => /^--(?:owner|older)\b/.test(arg))

/**
 * Makes a command of the terminal from a chat command that needs no case. Its name and its words are the same as in
 * chat.
 */
const ofNoCase = (name: string, command: Pick<CliCommand, 'entry' | 'uses' | 'help'>): CliCommand => ({
  name,
  ...command,
  run: async (args, context) => {
    const { words, yes, json } = flagsOf(args)
    return withHints(context, runVerb(context, { verb: name, input: words.map(quoted).join(' '), yes, json }))
  },
})

/**
 * `embargo open`: opens a case. It also lists the new reports that wait for a person, and opens cases for them or sets
 * them aside.
 */
export const openCommand: CliCommand = ofNoCase('open', {
  entry: {
    usage: 'open <project> | waiting | no',
    summary: 'Open a case without a mailed report, or open cases for reports that are held',
  },
  uses: [
    {
      usage: 'open <project> [--public <link>] [--follows <number>] [note] [--json]',
      summary: 'Open a case for a vulnerability that the team found, that is public, or that a fix left open',
    },
    {
      usage: 'open waiting [<name>… | all] [--json]',
      summary: 'List the new reports that wait for a person, or open cases for them',
    },
    { usage: 'open no <name>… | all [--json]', summary: 'Set aside reports that wait for a person' },
  ],
  help: {
    options: [
      ['--public <link>', 'where the vulnerability is already public'],
      ['--follows <number>', 'the published case whose fix was incomplete'],
      ['<name>', 'the name of a report in the list, or “all”'],
      JSON_OPTION,
    ],
    examples: [
      ["open lantern 'seen in review'", 'found by the team'],
      ['open lantern --public https://lists.example/1', 'found in public'],
      ['open waiting all', 'a case for each report that waits'],
    ],
  },
})

/**
 * `embargo settle`: for all cases together, lists the mails that were not sent or may not have been sent, and settles
 * them.
 */
export const settleCommand: CliCommand = ofNoCase('settle', {
  uses: [
    {
      usage: 'settle [[<case>] <number> | all] [went | again | withdrawn] [--json]',
      summary: 'List what failed or is in doubt in any case, and settle it, one by one or all at once',
    },
  ],
  help: {
    options: [
      ['<number>', 'the number of an entry in the list of its case, or “all”'],
      ['went', 'it was sent, or done by hand'],
      ['again', 'send it again'],
      ['withdrawn', 'it was not sent, and is no longer needed'],
      JSON_OPTION,
    ],
    examples: [
      ['settle', 'what waits for a decision'],
      ['settle all again', 'each of them is tried again'],
    ],
  },
})

/** `embargo status`: shows what waits for the caller, or the cases that match. */
export const statusCommand: CliCommand = {
  name: 'status',
  entry: {
    usage: 'status [mine | all | parked] [filters] [--json]',
    summary: 'Show what waits for you, or find cases',
  },
  uses: [
    { usage: 'status [mine | parked] [--json]', summary: 'Show your cases, what waits for you, or what is in doubt' },
    {
      usage: 'status all [stage] [severity] [overdue] [--owner <person>] [--older <days>] [words] [--json]',
      summary: 'Find cases, the most urgent first',
    },
  ],
  help: {
    options: [
      ['--page <number>', 'the next page of a long list'],
      ['words', 'words in the subject of a report, in closed cases too'],
      ['--owner <person>', 'only cases of this owner: me, or an id from the policy'],
      ['--older <days>', 'opened more than this many days ago'],
      JSON_OPTION,
    ],
    examples: [
      ['status', 'what waits for you'],
      ['status fixing high', 'by stage and severity'],
      ['status overdue --owner me', 'yours that are late'],
      ['status path traversal', 'by the words of a subject'],
    ],
  },
  run: async (args, context) => {
    const { words, yes, json } = flagsOf(args)
    const [which = ''] = words
    const filters = which === 'all' ? words.slice(1) : words
    if (!json || ['', 'parked', 'clocks'].includes(which))
      return withHints(context, runVerb(context, { verb: 'status', input: words.map(quoted).join(' '), yes, json }))
    return withHints(
      context,
      which === 'mine' || !isSearch(filters)
        ? printFacts(context, 'case-list', { mine: which === 'mine' })
        : printCases(context, { words: filters }),
    )
  },
}

/** `embargo away`: records an absence in all cases of the caller. */
export const awayCommand: CliCommand = ofNoCase('away', {
  uses: [
    { usage: 'away <date> | away back', summary: 'Say when you are away, so that your tasks go to the next in line' },
  ],
  help: { examples: [['away 2026-07-20', 'back on that day']] },
})
