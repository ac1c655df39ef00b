import { randomUUID } from 'node:crypto'
import { instant } from '@embargo/core'
import { OutsideError } from '@embargo/engine'
import { composeMail } from '@embargo/mail'
import { createRelay } from '@embargo/mail-bridge'
import type { CliContext } from './context.ts'
import { CliError } from './output.ts'

/** A local listener that has not answered by then is not running. */
const LISTENER_TIMEOUT_MS = 10_000

const EXAMPLE = `Hello,

your template loader follows "../" in a template's name. A template named
../../etc/passwd is read and shown to the visitor.

Invented Reporter
`

type Written = {
  readonly from: string | undefined
  readonly subject: string | undefined
  readonly text: string | undefined
}

/** Mails a report to the program as anybody would, by SMTP. @throws CliError 1 if it was not accepted */
export async function sendFirstReport(written: Written, { config, output }: CliContext): Promise<number> {
  const { smtp, policy } = config()
  const { from = 'reporter@example.org', subject = 'A template can read any file', text = EXAMPLE } = written
  const to = policy.policy.projects[0]?.address
  if (to === undefined) throw new CliError('The policy names no project to report to.')
  const messageId = `<${randomUUID()}@example.org>`
  const raw = await composeMail(
    { subject, text, attachments: [], automatic: false },
    { from: { name: '', address: from }, replyTo: from, to, messageId, date: instant(Date.now()) },
  )
  const at = `${smtp.listen.host}:${smtp.listen.port}`
  await using listener = createRelay({
    ...smtp.listen,
    tls: 'plain',
    timeoutMs: LISTENER_TIMEOUT_MS,
    name: 'localhost',
  })
  await listener.send({ raw, envelopeFrom: from, envelopeTo: to, messageId }).catch((cause: unknown) => {
    throw new CliError(notTaken(at, cause), 1)
  })
  output.out(`Sent to ${to}. "embargo cases" shows the case that it opened.`)
  return 0
}

/** The relay errors are worded for a relay; here the peer is our own listener, or nobody. */
function notTaken(at: string, cause: unknown): string {
  const status = cause instanceof OutsideError ? /\((\d{3}[^)]*)\)/.exec(cause.message)?.[1] : undefined
  if (status !== undefined)
    return `The program at ${at} did not take the mail (${status}). On 452 its disk is full: free some space and send it again.`
  if (cause instanceof OutsideError && cause.code === 'unknown')
    return `The connection to ${at} broke after the mail was handed over, so it may have been taken: "embargo cases" shows it then.`
  return `Nothing answers at ${at}, so the mail was not sent. Start the program with "npm start", and send it again; where it listens elsewhere, EMBARGO_SMTP_LISTEN says so.`
}
