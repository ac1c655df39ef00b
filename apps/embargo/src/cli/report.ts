import { parseArgs } from 'node:util'
import { isAddress } from '@embargo/mail'
import type { CliCommand } from './command.ts'
import { JSON_OPTION } from './help.ts'
import { CliError } from './output.ts'
import { isDay, reportTimes } from './stats.ts'
import { sendFirstReport, sendPracticeReport } from './first-report.ts'

const STRING = { type: 'string' } as const

/** `embargo report`: mails a first report; with days, how reports were handled from one to the other. */
export const reportCommand: CliCommand = {
  name: 'report',
  uses: [
    {
      usage: 'report [--from <address>] [--subject <text>] [--text <text>]',
      summary: 'Mail a first report to the running program by SMTP, to try it',
    },
    { usage: 'report --practice', summary: 'Open a case to try the process on: nothing of it leaves this machine' },
    {
      usage: 'report --from <day> [--to <day>] [--json]',
      summary: 'The figures: how fast reports were handled between two days, against the policy',
    },
  ],
  help: {
    options: [
      ['--from <address>', 'who reports (name@example.org); an invented reporter by default'],
      ['--subject <text>, --text <text>', 'what they write; an invented weakness by default'],
      ['--practice', 'an invented report in a case of its own kind; waits take a minute, and no figure counts it'],
      ['--from <day>', 'the first day of the figures, in UTC (2026-01-31)'],
      ['--to <day>', 'the last day, which counts too; today by default'],
      JSON_OPTION,
    ],
    examples: [
      ['report --practice', 'a case to try, from the first mail to its end'],
      ['report', 'mails one'],
      ['report --from rea@reporter.example --subject Hello', 'mails one in her name'],
      ['report --from 2026-01-01 --to 2026-12-31', 'the figures of a year'],
    ],
    exits: [
      ['0', 'the mail was taken; or the figures are printed'],
      ['1', 'nothing listens, or the mail was not taken; or it failed'],
      ['2', 'wrong use: no address, no day, or options of both'],
    ],
  },
  run: async (args, context) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        from: STRING,
        to: STRING,
        subject: STRING,
        text: STRING,
        json: { type: 'boolean' },
        practice: { type: 'boolean' },
      },
    })
    const { from, subject, text, practice } = values
    if (practice === true) {
      if (Object.keys(values).length > 1) throw new CliError('--practice stands alone: its report is invented.')
      return sendPracticeReport(context)
    }
    const figures = values.to !== undefined || values.json === true
    if (from !== undefined && !isDay(from) && !isAddress(from))
      throw new CliError(
        `"${from}" is neither a day (2026-01-31), for the figures, nor an address (name@example.org), for a first report.`,
      )
    if (figures || (from !== undefined && isDay(from))) {
      if (subject !== undefined || text !== undefined)
        throw new CliError('--subject and --text are of a first report, and --to, --json and a day of the figures.')
      return reportTimes(values, context)
    }
    return sendFirstReport({ from, subject, text }, context)
  },
}
