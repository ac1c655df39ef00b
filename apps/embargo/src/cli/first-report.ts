import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { CaseId, instant } from '@embargo/core'
import { OutsideError } from '@embargo/engine'
import { composeMail } from '@embargo/mail'
import { createRelay } from '@embargo/mail-bridge'
import { z } from 'zod'
import type { CliContext } from './context.ts'
import { printNext } from './next.ts'
import { CliError } from './output.ts'
import { PRACTICE_PATCH, practicePatch } from './practice-patch.ts'

/** If a local listener does not answer within this time, no program is running. */
const LISTENER_TIMEOUT_MS = 10_000

const EXAMPLE = `Hello,

your template loader follows "../" in a template's name. A template named
../../etc/passwd is read and shown to the visitor.

Invented Reporter
`

type ReportInput = {
  readonly from: string | undefined
  readonly subject: string | undefined
  readonly text: string | undefined
}

/**
 * Mails a report to the program by SMTP, as any reporter would.
 * @throws CliError 1 if the program did not accept it
 */
export async function sendFirstReport(written: ReportInput, context: CliContext): Promise<number> {
  const { output } = context
  const to = context.config().policy.policy.projects[0]?.address
  if (to === undefined) throw new CliError('The policy names no project to report to.')
  const messageId = await mailReport(written, to, context)
  const id = await caseOf(context, messageId)
  if (id === undefined) {
    output.out(`Sent to ${to}. "embargo status" shows the case that it opened.`)
    return 0
  }
  output.out(`Sent to ${to}. It opened ${id}.`)
  await printNext(context, id)
  return 0
}

/**
 * Opens a practice case. Nothing about it leaves this machine.
 * @throws CliError 1 if no program is running
 */
export async function sendPracticeReport(context: CliContext): Promise<number> {
  const { output } = context
  const { address } = PracticeAddress.parse(await context.ask('practice-address', {}))
  if (address === undefined) throw new CliError('The policy names no project to report to.')
  const messageId = await mailReport({}, address, context)
  const id = await caseOf(context, messageId)
  if (id === undefined)
    throw new CliError('The report was sent, but its case is not open yet. "embargo status" will show the case.', 1)
  writeFileSync(practicePatch(context.config()), PRACTICE_PATCH)
  output.out(
    `An invented report opened ${id}. It is a practice case: no mail is sent, each wait takes a minute, and no statistics count the case.`,
  )
  await printNext(context, id)
  return 0
}

const PracticeAddress = z.object({ address: z.string().exactOptional() })
const CaseOfMail = z.object({ case: CaseId.exactOptional() })

/** If the program needs longer than this to read one mail, it is busy with others. */
const READ_WITHIN_MS = 10_000
const LOOK_EVERY_MS = 100

/** The case that a mail opened, as soon as the program has read the mail. */
async function caseOf(context: CliContext, messageId: string): Promise<CaseId | undefined> {
  for (let waited = 0; waited < READ_WITHIN_MS; waited += LOOK_EVERY_MS) {
    const { case: id } = CaseOfMail.parse(await context.ask('case-of-mail', { messageId }))
    if (id !== undefined) return id
    await setTimeout(LOOK_EVERY_MS)
  }
  return undefined
}

/**
 * Mails a report to the program.
 * @returns the Message-ID of the mail
 * @throws CliError 1 if the program did not accept it
 */
async function mailReport(written: Partial<ReportInput>, to: string, { config }: CliContext): Promise<string> {
  const { smtp } = config()
  const { from = 'reporter@example.org', subject = 'A template can read any file', text = EXAMPLE } = written
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
  return messageId
}

/** The errors of the mail client speak of a relay. Here the server is our own listener, so the error is reworded. */
function notTaken(at: string, cause: unknown): string {
  const status = cause instanceof OutsideError ? /\((\d{3}[^)]*)\)/.exec(cause.message)?.[1] : undefined
  if (status !== undefined)
    return `The program at ${at} did not accept the mail (${status}). 452 means that its disk is full: free some space and send the mail again.`
  if (cause instanceof OutsideError && cause.code === 'unknown')
    return `The connection to ${at} broke after the mail was sent, so the program may have accepted it: "embargo status" then shows its case.`
  return `Nothing answers at ${at}, so the mail was not sent. Start the program with "npm start", and send the mail again. If the program listens elsewhere, set EMBARGO_SMTP_LISTEN.`
}
