import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { instant } from '@embargo/core'
import { composeMail } from '@embargo/mail'
import { createRelay } from '@embargo/mail-bridge'
import type { CliCommand } from './command.ts'
import { CliError } from './output.ts'
import { isAboutTimes, reportTimes } from './report-times.ts'

/** A local listener that has not answered by then is not there. */
const RELAY_TIMEOUT_MS = 10_000

const EXAMPLE = `Hello,

your template loader follows "../" in a template's name. A template named
../../etc/passwd is read and shown to the visitor.

Invented Reporter
`

const STRING = { type: 'string' } as const

/** `embargo report`: how reports were handled from one day to another; without days, it mails a first one. */
export const reportCommand: CliCommand = {
  name: 'report',
  usage:
    'report --from <day> [--to <day>] [--svg <file>] [--json] | [--from <address>] [--subject <text>] [--text <text>]',
  summary: 'Say how fast reports were handled against the policy; or, without days, mail one to try the program',
  run: async (args, context) => {
    const { values } = parseArgs({
      args: [...args],
      options: { from: STRING, to: STRING, svg: STRING, subject: STRING, text: STRING, json: { type: 'boolean' } },
    })
    if (isAboutTimes(values)) return reportTimes(values, context)
    const { config, output } = context
    const { smtp, policy } = config()
    const from = values.from ?? 'reporter@example.org'
    const to = policy.policy.projects[0]?.address
    if (to === undefined) throw new CliError('The policy names no project to report to.')
    const messageId = `<${randomUUID()}@example.org>`
    const raw = await composeMail(
      {
        subject: values.subject ?? 'A template can read any file',
        text: values.text ?? EXAMPLE,
        attachments: [],
        automatic: false,
      },
      { from: { name: '', address: from }, replyTo: from, to, messageId, date: instant(Date.now()) },
    )
    await using relay = createRelay({ ...smtp.listen, timeoutMs: RELAY_TIMEOUT_MS, name: 'localhost' })
    await relay.send({ raw, envelopeFrom: from, envelopeTo: to, messageId }).catch((cause: unknown) => {
      throw new CliError(
        `The mail was not taken at ${smtp.listen.host}:${smtp.listen.port}. ${cause instanceof Error ? cause.message : 'No reason was given.'} If nothing runs there, start the program with "npm start"; if it answered 452, free disk space and send it again.`,
        1,
      )
    })
    output.out(`Sent to ${to}. "embargo cases" shows the case that it opened.`)
    return 0
  },
}
