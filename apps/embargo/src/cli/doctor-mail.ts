import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { safeJson } from '@embargo/chat'
import { DomainVerdict, Instant, isLoopback } from '@embargo/core'
import type { Config } from '@embargo/config'
import type { ReturnedTest, SentTest } from '@embargo/engine'
import { z } from 'zod'
import { exitCodeOf, factsOf, lineOf } from './checks.ts'
import type { Check } from './checks.ts'
import type { CliContext } from './context.ts'
import { domainChecks } from './doctor-domain.ts'
import { mailboxChecks, MailboxReports } from './doctor-mailbox.ts'

/** A mail that takes longer is reported as slow, because somebody may wait for an answer. */
const SLOW_MS = 60_000
const LOOK_AGAIN_MS = 1_000
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'
const ID_CHARACTERS = 10

const SentTestMail = z.object({
  id: z.string(),
  at: Instant,
  from: z.string(),
  to: z.string(),
  messageId: z.string(),
  hasReturnPath: z.boolean(),
})
const ReturnAnswer = z.object({
  returned: z
    .object({
      at: Instant,
      messageId: z.boolean(),
      returnPath: z.boolean().exactOptional(),
      extension: z.enum(['envelope', 'header', 'lost']),
      client: z.object({ address: z.string(), helo: z.string(), tls: z.string().exactOptional() }).exactOptional(),
      domain: DomainVerdict,
      records: z
        .object({
          spf: z.enum(['published', 'missing', 'unanswered']),
          dmarc: z.enum(['reject', 'quarantine', 'none', 'missing', 'unanswered']),
        })
        .exactOptional(),
    })
    .exactOptional(),
})

/**
 * Runs `embargo doctor mail`, and returns the exit code. @throws an error that says what to do, if no mail can be sent
 */
export async function doctorMail({ ask, config, output }: CliContext, waitMs: number, json: boolean): Promise<number> {
  const id = Array.from({ length: ID_CHARACTERS }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('')
  const sent = SentTestMail.parse(await ask('mail-test-send', { id }))
  if (!json) output.out(`Sent ${sent.messageId} to ${sent.to}. Waiting for it to come back …`)
  const { hasReturnPath: _, ...asked } = sent
  let returned: ReturnedTest | undefined
  for (const end = Date.now() + waitMs; returned === undefined && Date.now() <= end;) {
    returned = ReturnAnswer.parse(await ask('mail-test-find', asked)).returned
    if (returned === undefined) await pause(LOOK_AGAIN_MS)
  }
  const mailboxes = MailboxReports.parse(await ask('mailbox-reports', {}))
  const checks = [...mailChecks(config(), sent, returned), ...mailboxes.flatMap(mailboxChecks)]
  if (json) output.out(safeJson({ is: 'mail-doctor', checks: checks.map(factsOf) }))
  else for (const check of checks) output.out(lineOf(check))
  return exitCodeOf(checks)
}

/** The results of the test mail: one check for each thing that our letters need. */
function mailChecks(
  { smtp }: Pick<Config, 'smtp'>,
  sent: SentTest,
  returned: ReturnedTest | undefined,
): readonly Check[] {
  const out = wayOut(smtp.relay)
  if (returned === undefined)
    return [
      out,
      {
        what: 'The mail came back',
        ok: false,
        todo: `It did not come back in time. Look for ${sent.messageId} in the queue and the log of the relay, then in those of the mail server of ${sent.to.replace(/^.*@/u, '')}. That server must forward mail for the address to Embargo, even if the address has an extension (+…).`,
      },
    ]
  return [out, ...wayBack(sent, returned)]
}

function wayOut(relay: Config['smtp']['relay']): Check {
  const what = 'The relay is reached over TLS'
  if (relay === undefined || relay.tls !== 'plain') return { what, ok: true }
  if (isLoopback(relay.host)) return { what, ok: true, note: 'not needed: the relay is on this machine' }
  return {
    what,
    ok: false,
    warning: true,
    todo: 'Password and mails are readable on the way. Write smtp:// or smtps:// instead of smtp+plain:// in EMBARGO_SMTP_RELAY.',
  }
}

function wayBack(sent: SentTest, returned: ReturnedTest): readonly Check[] {
  const { at, messageId, returnPath, extension, client } = returned
  const seconds = Math.max(0, Math.round((at - sent.at) / 1_000))
  const slow = at - sent.at > SLOW_MS
  return [
    slow
      ? {
          what: 'The mail came back',
          ok: false,
          warning: true,
          todo: `It took ${seconds} seconds. Print the mail with "embargo read mails <id>": its "Received" fields say where it waited.`,
        }
      : { what: 'The mail came back', ok: true, note: `after ${seconds} seconds` },
    extensionCheck(extension),
    messageId
      ? { what: 'The Message-ID is left as it is', ok: true }
      : {
          what: 'The Message-ID is left as it is',
          ok: false,
          warning: true,
          todo: 'The relay or the mail server replaces it. So replies are matched to their case by the extension address alone, and a mail that is sent again may appear twice.',
        },
    ...(returnPath === undefined ? [] : [returnPathCheck(sent, returnPath)]),
    client === undefined || client.tls !== undefined || isLoopback(client.address)
      ? { what: 'Mail comes in by TLS', ok: true, ...(client?.tls !== undefined && { note: client.tls }) }
      : {
          what: 'Mail comes in by TLS',
          ok: false,
          warning: true,
          todo: 'Reports are readable on their way to Embargo. Set EMBARGO_SMTP_CERT_FILE and EMBARGO_SMTP_KEY_FILE, and let the mail server use STARTTLS.',
        },
    ...domainChecks(sent, returned),
  ]
}

function extensionCheck(extension: ReturnedTest['extension']): Check {
  const what = 'The extension address (+…) is kept'
  if (extension === 'envelope') return { what, ok: true }
  if (extension === 'header')
    return {
      what,
      ok: false,
      warning: true,
      todo: 'It is kept only in "To", not in the envelope: replies reach their case, but bounces do not. Make the mail server forward the whole recipient address.',
    }
  return {
    what,
    ok: false,
    todo: 'It is lost, so replies from some mail programs will open new cases. Make the mail server forward the whole recipient address, with its extension.',
  }
}

function returnPathCheck({ hasReturnPath }: SentTest, kept: boolean): Check {
  const what = 'Each mail has a return path of its own'
  if (!hasReturnPath)
    return {
      what,
      ok: false,
      warning: true,
      todo: 'Your security address is too long for a return path, so a bounce is recognized only by the Message-ID that it quotes. Use an address of at most 26 characters.',
    }
  if (kept) return { what, ok: true }
  return {
    what,
    ok: false,
    warning: true,
    todo: 'The relay or the mail server replaces it, so a bounce is recognized only by the Message-ID that it quotes. Make the relay keep the envelope sender unchanged.',
  }
}
