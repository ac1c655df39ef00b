import { parseArgs } from 'node:util'
import type { CaseId } from '@embargo/core'
import type { CliCommand } from './command.ts'
import type { CliContext } from './context.ts'
import { JSON_OPTION } from './help.ts'
import { printFacts, runVerb, saying } from './run-verb.ts'
import { flagsOf, quoted } from './words.ts'

/** `embargo cases`: the most urgent first. */
export const casesCommand: CliCommand = {
  name: 'cases',
  former: true,
  uses: [
    {
      usage: 'cases [--mine] [--page <number>] [--json]',
      summary: 'List the open cases that you may see, the most urgent first',
    },
    {
      usage: 'cases [stage] [severity] [overdue] [--owner <person>] [--older <days>] [words] [--json]',
      summary: 'Find those that fit',
    },
  ],
  help: {
    options: [
      ['--mine', 'only those that you coordinate or work on'],
      ['--page <number>', 'the next ones, where there are many'],
      ['words', 'of the subject of a report, in closed cases too'],
      ['--owner <person>', 'whose cases; me, or an id of the policy'],
      ['--older <days>', 'opened longer ago than that'],
      JSON_OPTION,
    ],
    examples: [
      ['cases', 'what is open'],
      ['cases fixing high', 'by stage and severity'],
      ['cases overdue --owner me', 'yours that are late'],
      ['cases path traversal', 'by the words of a subject'],
    ],
  },
  run: async (args, context) => {
    const { words, json } = flagsOf(args)
    if (isSearch(words)) {
      const found = json
        ? printCases(context, { words })
        : runVerb(context, { verb: 'status', input: `all ${words.map(quoted).join(' ')}`, yes: false, json })
      return saying(context, found)
    }
    const { values } = parseArgs({ args: [...words], options: { mine: { type: 'boolean' }, page: { type: 'string' } } })
    const mine = values.mine === true
    if (json) return saying(context, printFacts(context, 'case-list', { mine }))
    const input = { which: mine ? 'mine' : 'all', ...(values.page === undefined ? {} : { page: values.page }) }
    return saying(context, runVerb(context, { verb: 'status', input, yes: false, json }))
  },
}

type Search = { readonly words: readonly string[]; readonly case?: CaseId }

/** Those that fit, as facts. @returns the exit code */
export const printCases = (context: CliContext, { words, ...where }: Search): Promise<number> =>
  printFacts(context, 'case-search', { words: words.map(quoted).join(' '), ...where })

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
  former: true,
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

/** `embargo settle`: mails that were not sent, or may not have been, in all cases. */
export const settleCommand: CliCommand = {
  name: 'settle',
  uses: [
    {
      usage: 'settle [[<case>] <number> | all] [went | again | withdrawn] [--json]',
      summary: 'List what was not done or is in doubt in any case, and settle it together or one by one',
    },
  ],
  help: {
    options: [
      ['<number>', 'as the list counts it in its case; all for all of them'],
      ['went', 'it went, or was done by hand'],
      ['again', 'send it again'],
      ['withdrawn', 'it did not go, and is not needed any more'],
      JSON_OPTION,
    ],
    examples: [
      ['settle', 'what waits for a decision'],
      ['settle all again', 'each of them is tried again'],
    ],
  },
  run: async (args, context) => {
    const { words, yes, json } = flagsOf(args)
    return saying(context, runVerb(context, { verb: 'settle', input: words.map(quoted).join(' '), yes, json }))
  },
}

/** A command of chat that needs no case, in its own words. */
const ofNoCase = (name: string, command: Pick<CliCommand, 'uses' | 'help'>): CliCommand => ({
  name,
  ...command,
  run: async (args, context) => {
    const { words, yes, json } = flagsOf(args)
    return saying(context, runVerb(context, { verb: name, input: words.map(quoted).join(' '), yes, json }))
  },
})

/** `embargo status`: what waits for the person who types, or the cases that fit. */
export const statusCommand: CliCommand = ofNoCase('status', {
  uses: [
    { usage: 'status [mine | parked] [--json]', summary: 'Show what waits for you, your cases, or what is in doubt' },
    {
      usage: 'status all [stage] [severity] [overdue] [--owner <person>] [--older <days>] [words]',
      summary: 'Find cases, the most urgent first',
    },
  ],
  help: {
    options: [JSON_OPTION],
    examples: [
      ['status', 'what waits for you'],
      ['status fixing high', 'by stage and severity'],
      ['status overdue --owner me', 'yours that are late'],
    ],
  },
})

/** `embargo away`: for all cases of the person who types. */
export const awayCommand: CliCommand = ofNoCase('away', {
  uses: [
    { usage: 'away <date> | away back', summary: 'Say when you are not there: your part goes to the next in line' },
  ],
  help: { examples: [['away 2026-07-20', 'back on that day']] },
})
