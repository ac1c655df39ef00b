import type { Addressee, BounceKind, CaseId, Effect, StreamId, SystemRequest } from '@embargo/core'
import { effectMark, readDsn } from '@embargo/mail'
import type { DeliveryReport, OwnMessage, ParsedMail } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import { findOwnMail } from './thread.ts'

type SentMail = Extract<Effect, { kind: 'send-mail' }>

/**
 * A bounce as what it means for its case, or nothing where it belongs to no mail of ours, or reports no trouble: then it is
 * an automatic mail like others.
 */
export async function bounced(
  deps: Deps,
  stored: SpooledMail,
  mail: ParsedMail,
): Promise<Extract<SystemRequest, { verb: 'record-bounce' }> | undefined> {
  const report = readDsn(mail)
  const trouble = troubleOf(report)
  if (trouble === undefined) return undefined
  const returned = report?.originalMessageId === undefined ? [] : [report.originalMessageId]
  const own = await findOwnMail(deps, stored, [...returned, ...mail.inReplyTo, ...mail.references.toReversed()])
  const sent = own === undefined ? undefined : await sentMail(deps, own)
  if (own === undefined || sent === undefined) return undefined
  const { id: effect, letter, stream } = sent
  const home = await reportsHome(deps, own.case, sent.to)
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

/** Without a report in its form (RFC 3464) a bounce says that a mail came back, and not why. */
function troubleOf(report: DeliveryReport | undefined): { kind: BounceKind; status: string } | undefined {
  if (report === undefined) return { kind: 'soft', status: '' }
  // Each mail of ours has one recipient; a list that expands it reports for its members.
  const failed = report.recipients.find(({ action }) => action === 'failed')
  if (failed !== undefined) return { kind: failed.status.startsWith('5') ? 'hard' : 'soft', status: failed.status }
  const late = report.recipients.find(({ action }) => action === 'delayed')
  return late === undefined ? undefined : { kind: 'delayed', status: late.status }
}

/** The mail that carries this mark, of the case or of a release that it is or was in. */
async function sentMail(deps: Deps, { case: theCase, mark }: OwnMessage): Promise<SentMail | undefined> {
  const { state } = await deps.states.load(theCase)
  if (state?.kind !== 'case') return undefined
  const streams: readonly (StreamId | undefined)[] = [theCase, state.release, state.lastRelease]
  for (const stream of new Set(streams)) {
    const rows = stream === undefined ? [] : await deps.outbox.ofStream(stream)
    for (const { effect } of rows) if (effect.kind === 'send-mail' && effectMark(effect.id) === mark) return effect
  }
  return undefined
}

/** A report may go on and come back; more turns than this are a damaged log. */
const MOST_MOVES = 20

/** Where a reporter's report is now: what is known of them belongs there. */
async function reportsHome(
  deps: Deps,
  first: CaseId,
  to: Addressee,
): Promise<{ readonly case: CaseId; readonly to: Addressee }> {
  let home = { case: first, to }
  for (let turn = 0; turn < MOST_MOVES && home.to.kind === 'report'; turn += 1) {
    const { report } = home.to
    const { state } = await deps.states.load(home.case)
    const gone = state?.kind === 'case' ? state.moved.find((one) => one.report.id === report) : undefined
    if (gone === undefined) return home
    home = { case: gone.to, to: { kind: 'report', report: gone.as } }
  }
  return home
}
