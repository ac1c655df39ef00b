import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { instant } from '@embargo/core'
import { composeMail } from '@embargo/mail'
import { createRelay } from '@embargo/mail-bridge'
import type { CliCommand } from './command.ts'
import { CliError } from './output.ts'

/** A local listener that has not answered by then is not there. */
const RELAY_TIMEOUT_MS = 10_000

const EXAMPLE = `Hello,

your template loader follows "../" in a template's name. A template named
../../etc/passwd is read and shown to the visitor.

Invented Reporter
`

/** `embargo report`: sends a first report over SMTP, as any mail client would. */
export const reportCommand: CliCommand = {
  name: 'report',
  usage: 'report [--from <address>] [--subject <text>] [--text <text>]',
  summary: 'Mail a report to the running program, to try it',
  run: async (args, { config, output }) => {
    const { values } = parseArgs({
      args: [...args],
      options: { from: { type: 'string' }, subject: { type: 'string' }, text: { type: 'string' } },
    })
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
