import { parseArgs } from 'node:util'
import { isAddress } from '@embargo/mail'
import type { CliCommand } from './command.ts'
import { CliError } from './output.ts'
import { sendFirstReport, sendPracticeReport } from './first-report.ts'

const STRING = { type: 'string' } as const

/** `embargo report`: mails a report, to try the program. */
export const reportCommand: CliCommand = {
  name: 'report',
  uses: [
    {
      usage: 'report [--from <address>] [--subject <text>] [--text <text>]',
      summary: 'Mail a first report to the running program by SMTP, to try it',
    },
    {
      usage: 'report --practice',
      summary: 'Open a practice case to try the process: nothing of it leaves this machine',
    },
  ],
  help: {
    options: [
      ['--from <address>', 'who reports (name@example.org); an invented reporter by default'],
      ['--subject <text>, --text <text>', 'what they write; an invented weakness by default'],
      ['--practice', 'an invented report in a practice case: waits take a minute, and no statistics count the case'],
    ],
    examples: [
      ['report --practice', 'a case to try, from the first mail to its end'],
      ['report', 'mails one'],
      ['report --from rea@reporter.example --subject Hello', 'mails one in her name'],
    ],
    exits: [
      ['0', 'the mail was taken'],
      ['1', 'no program listens, or the program did not accept the mail'],
      ['2', 'wrong use: nothing was tried'],
    ],
  },
  run: async (args, context) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        from: STRING,
        subject: STRING,
        text: STRING,
        practice: { type: 'boolean' },
      },
    })
    const { from, subject, text, practice } = values
    if (practice === true) {
      if (Object.keys(values).length > 1)
        throw new CliError('--practice takes no other option, because its report is invented.')
      return sendPracticeReport(context)
    }
    if (from !== undefined && !isAddress(from)) throw new CliError(`"${from}" is not an address (name@example.org).`)
    return sendFirstReport({ from, subject, text }, context)
  },
}
