import type { Addressee, BounceKind, CaseId, Effect, StreamId, SystemRequest } from '@embargo/core'
import { effectMark } from '@embargo/mail'
import type { DeliveryReport, OwnMessage } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { currentThread } from './thread.ts'
import type { ThreadedMail } from './thread.ts'

type SentMail = Extract<Effect, { kind: 'send-mail' }>

/**
 * The request that a bounce makes for its case. Undefined if it belongs to no mail of ours, or reports no failure; it
 * is then handled like any other automatic mail.
 */
export async function bounceRequest(
  deps: Deps,
  { stored, returnPath, returned, dsn }: ThreadedMail,
): Promise<Extract<SystemRequest, { verb: 'record-bounce' }> | undefined> {
  const own = returnPath ?? returned
  const trouble = troubleOf(dsn)
  const sent = own === undefined || trouble === undefined ? undefined : await sentMail(deps, own)
  if (own === undefined || trouble === undefined || sent === undefined) return undefined
  const { id: effect, letter, stream } = sent
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

/** Without a report in standard form (RFC 3464) a bounce says that a mail came back, and not why. */
function troubleOf(report: DeliveryReport | undefined): { kind: BounceKind; status: string } | undefined {
  if (report === undefined) return { kind: 'soft', status: '' }
  // Each mail of ours has one recipient; a list that expands it reports for its members.
  const failed = report.recipients.find(({ action }) => action === 'failed')
  if (failed !== undefined) return { kind: failed.status.startsWith('5') ? 'hard' : 'soft', status: failed.status }
  const late = report.recipients.find(({ action }) => action === 'delayed')
  return late === undefined ? undefined : { kind: 'delayed', status: late.status }
}

/** The mail with this mark, sent by the case or by a release that it is or was in. */
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

/** The case that has a reporter's report now, where news about the reporter belongs. */
async function currentAddressee(
  deps: Deps,
  first: CaseId,
  to: Addressee,
): Promise<{ readonly case: CaseId; readonly to: Addressee }> {
  if (to.kind !== 'report') return { case: first, to }
  const now = await currentThread(deps, { case: first, report: to.report })
  return { case: now.case, to: { kind: 'report', report: now.report } }
}
