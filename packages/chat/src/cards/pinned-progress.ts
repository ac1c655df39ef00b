import { branchesToFix, isToldOf, stepOf } from '@embargo/core'
import type { Branch, CaseState, Instant, Policy, ReleaseState, Stage } from '@embargo/core'
import { remediatorName } from '../people/names.ts'
import { counted } from '../text/dates.ts'
import { timeNow } from '../text/times.ts'
import { PHONE_COLUMNS } from './phone.ts'
import { strong } from './spans.ts'
import type { LineParts } from './spans.ts'
import type { PinnedRequest } from './status.ts'

/** How far a case has got: what was sent, who was notified, when the release is, and which branches are fixed. */
export function progressLines({ state, world, policy, at }: PinnedRequest, stage: Stage): readonly LineParts[] {
  const { release } = world
  if (stage === 'disclosed' || release?.startedAt !== undefined) return sentLines(release, state)
  const recipientLines = stage === 'prenotified' && release !== undefined ? toldLines(release, state) : []
  const planned = stage === 'prenotified' || release?.at === undefined ? [] : plannedLines(release, release.at, at)
  const fixes = branchesToFix(state).filter(({ fix, waived }) => fix !== undefined || waived !== undefined)
  if (fixes.length === 0) return planned
  const branchNames = (by: boolean): string =>
    branchesToFix(state)
      .map((one) => fixInWords(one, by ? { policy, state } : undefined))
      .join(', ')
  const whole = branchNames(true)
  return [
    ...recipientLines,
    ...planned,
    [strong('Fix: '), `Fix: ${whole}`.length <= PHONE_COLUMNS ? whole : branchNames(false)],
  ]
}

type Checkers = { readonly policy: Policy; readonly state: CaseState }

/** `main ✓ checked by Ben`, or `main ✓` if there is no room for the name. */
function fixInWords({ name, fix, waived }: Branch, by: Checkers | undefined): string {
  if (waived !== undefined) return `${name} ${waived.kind === 'unverified' ? 'not checked' : 'not fixed'}, as agreed`
  switch (fix?.is) {
    case undefined:
      return `${name} unassigned`
    case 'assigned':
      return `${name} none`
    case 'submitted':
      return `${name} unchecked`
    case 'changes-requested':
      return `${name} needs changes`
    case 'verified':
      return by === undefined
        ? `${name} ✓`
        : `${name} ✓ checked by ${remediatorName(by.policy, fix.verifier, by.state)}`
  }
}

/** `Release of 2 cases Tue 9 Jun, 14:00 (in 15 days)` */
function plannedLines({ cases }: ReleaseState, day: Instant, at: Instant): readonly LineParts[] {
  return [[strong('Release '), ...(cases.length > 1 ? [`of ${counted(cases.length, 'case')} `] : []), timeNow(day, at)]]
}

function toldLines(release: ReleaseState, { id }: CaseState): readonly LineParts[] {
  const all = release.prenotified.filter((one) => isToldOf(one, id))
  const sent = all.filter(({ sentAt }) => sentAt !== undefined)
  const silent = sent.filter(({ acknowledgedAt }) => acknowledgedAt === undefined).map(({ recipient }) => recipient)
  const count = sent.length === all.length ? '' : `${sent.length} of `
  const wait = silent.length === 0 ? '' : ` (${silent.join(', ')}: no answer yet)`
  return all.length === 0 ? [] : [[strong('Told: '), `${count}${counted(all.length, 'recipient')}${wait}`]]
}

/** The steps of the publication or, after the publication, the steps of this case's last correction. */
function sentLines(release: ReleaseState | undefined, { id, corrections = [] }: CaseState): readonly LineParts[] {
  const { steps = [], correction } = release ?? {}
  const done = steps.filter(({ doneAt }) => doneAt !== undefined).map(({ step }) => stepOf(step).short)
  const open = steps.filter(({ doneAt }) => doneAt === undefined).map(({ step }) => stepOf(step).short)
  const isOther = correction !== undefined && correction.case !== id
  const [sent, toSend] = correction === undefined ? ['Sent ✓ ', 'To send: '] : ['Corrected ✓ ', 'To correct: ']
  const isWithdrawn = corrections.some(({ withdrawn }) => withdrawn === true)
  return [
    ...(corrections.length === 0
      ? []
      : [[strong('Record: '), isWithdrawn ? 'withdrawn' : `revision ${corrections.length + 1}`]]),
    ...(done.length === 0 || isOther ? [] : [[strong(sent), done.join(', ')]]),
    ...(open.length === 0 || isOther ? [] : [[strong(toSend), open.join(', ')]]),
  ]
}
