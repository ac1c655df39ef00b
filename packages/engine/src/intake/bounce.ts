import type { Addressee, BounceKind, CaseId, Effect, StreamId, SystemRequest } from '@embargo/core'
import { isMarkOf, sameAddress, statusInText } from '@embargo/mail'
import type { DeliveryReport, OwnMessage, ParsedMail } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { recipientOf } from '../letters/envelope.ts'
import { currentThread } from './current-thread.ts'
import type { ThreadedMail } from './thread.ts'

type SentMail = Extract<Effect, { kind: 'send-mail' }>

/**
 * The request that records a bounce in its case. Undefined if the bounce is about no mail of ours, or reports no
 * failure. Such a bounce is handled like any other automatic mail.
 */
export async function bounceRequest(
  deps: Deps,
  { stored, returnPath, returned, dsn }: ThreadedMail,
  mail: ParsedMail,
): Promise<Extract<SystemRequest, { verb: 'record-bounce' }> | undefined> {
  const own = returnPath ?? returned
  const sent = own && (await sentMail(deps, own))
  if (own === undefined || sent === undefined) return undefined
  const { id: effect, letter, stream } = sent
  const trouble = dsn === undefined ? troubleInText(mail) : troubleOf(dsn, await addressOf(deps, sent))
  if (trouble === undefined) return undefined
  const home = await currentAddressee(deps, own.case, sent.to)
  return {
    verb: 'record-bounce',
    case: home.case,
    of: stream === own.case ? home.case : stream,
    effect,
    letter,
    to: home.to,
    ...trouble,
    message: stored.id,
  }
}

type Trouble = { readonly kind: BounceKind; readonly status: string }

/** A bounce in an older form, without a delivery report, gives the reason only as a status in its text, if at all. */
function troubleInText(mail: ParsedMail): Trouble {
  const status = statusInText(mail)
  return { kind: status.startsWith('5') ? 'hard' : 'soft', status }
}

/**
 * What a delivery report (RFC 3464) says about the address that we wrote to. The report on a forwarded mail may name
 * only other addresses; then these count.
 */
function troubleOf(report: DeliveryReport, address: string | undefined): Trouble | undefined {
  const about = report.recipients.filter((one) =>
    [one.recipient, one.final].some((each) => address !== undefined && sameAddress(each, address)),
  )
  const recipients = about.length > 0 ? about : report.recipients
  const failed = recipients.find(({ action }) => action === 'failed')
  if (failed !== undefined) return { kind: failed.status.startsWith('5') ? 'hard' : 'soft', status: failed.status }
  const late = recipients.find(({ action }) => action === 'delayed')
  return late === undefined ? undefined : { kind: 'delayed', status: late.status }
}

/** The recipient's address in the bytes that were sent. */
async function addressOf(deps: Deps, sent: SentMail): Promise<string | undefined> {
  const rendered = (await deps.outbox.find(sent.id))?.rendered
  return rendered === undefined ? undefined : recipientOf(rendered)
}

/**
 * Finds the mail of ours that `mark` identifies. The mail was sent by the case, or by a release that the case is or was
 * in.
 */
async function sentMail(deps: Deps, { case: theCase, mark }: OwnMessage): Promise<SentMail | undefined> {
  const { state } = await deps.states.load(theCase)
  if (state?.kind !== 'case') return undefined
  const streams: readonly (StreamId | undefined)[] = [theCase, state.release, state.lastRelease]
  for (const stream of new Set(streams)) {
    const rows = stream === undefined ? [] : await deps.outbox.ofStream(stream)
    for (const { effect } of rows) if (effect.kind === 'send-mail' && isMarkOf(mark, effect.id)) return effect
  }
  return undefined
}

/** Finds the case that the report is in now. The bounce of a mail to the reporter must be recorded in that case. */
async function currentAddressee(
  deps: Deps,
  first: CaseId,
  to: Addressee,
): Promise<{ readonly case: CaseId; readonly to: Addressee }> {
  if (to.kind !== 'report') return { case: first, to }
  const now = await currentThread(deps, { case: first, report: to.report })
  return { case: now.case, to: { kind: 'report', report: now.report } }
}
