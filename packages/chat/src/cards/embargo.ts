import { boundReporters, latestAgreed, openProposal, policyFor, reporterName } from '@embargo/core'
import type { CaseState, Instant, OpenProposal, Policy } from '@embargo/core'
import type { Action, Card, Field } from '@embargo/engine'
import type { CaseInView } from '../chat-command.ts'
import { nameOf } from '../people/names.ts'
import { counted } from '../text/dates.ts'
import { time } from '../text/times.ts'
import { dateState } from './button-state.ts'
import { buildCard, notificationOf } from './card.ts'
import { embargoLine } from './embargo-line.ts'
import { line, outside } from './spans.ts'
import type { LineParts } from './spans.ts'

/** Shown to the caller: what is agreed, what waits for an answer, who is bound, and how long the embargo can be. */
export function embargoCard({ state }: CaseInView, whole: Policy, at: Instant): Card {
  const policy = policyFor(whole, state)
  const open = openProposal(state.em)
  return buildCard({
    kind: 'notice',
    title: `${state.id} · embargo`,
    fields: [
      { label: 'Ends', value: line(...embargoLine(state, at)) },
      ...(open === undefined ? [] : proposed(open, { state, policy, at })),
      { label: 'Binds', value: line(boundParties(state)) },
      { label: 'At most', value: line(time(latestAgreed(policy, state), at), '; a later end takes two admins') },
    ],
    lines: [
      line(
        'The end is a limit: the release may come earlier. Until a date is agreed, the earliest proposed date counts.',
      ),
      line(
        'When you log a reporter’s answer, name the mail that contains it. Silence counts neither as a yes nor as a no.',
      ),
    ],
    actions: open?.by === 'reporter' ? answers(state) : [],
    notification: notificationOf(state),
  })
}

function answers(state: CaseState): readonly Action[] {
  const about = { case: state.id, ...dateState(state) }
  return [
    { label: 'Accept', verb: 'embargo', input: { ...about, what: 'accept' }, style: 'primary' },
    { label: 'Reject', verb: 'embargo', input: { ...about, what: 'reject' }, form: true },
  ]
}

type EmbargoContext = { readonly state: CaseState; readonly policy: Policy; readonly at: Instant }

function proposed(open: OpenProposal, { state, policy, at }: EmbargoContext): readonly Field[] {
  const proposer: LineParts =
    open.by === 'reporter' ? [reporterName(state, open.report)] : [nameOf(policy, open.proposer)]
  const reason: LineParts = open.reason === undefined ? [] : [': ', outside(open.reason)]
  return [
    { label: 'Proposed', value: line(time(open.end, at), ' by ', ...proposer, ', ', time(open.proposedAt), ...reason) },
    {
      label: 'Waits for',
      value: line(open.by === 'reporter' ? 'the team' : state.reports.length > 1 ? 'the reporters' : 'the reporter'),
    },
  ]
}

function boundParties(state: CaseState): string {
  const bound = boundReporters(state).length
  const declined = state.reports.filter(({ consent }) => consent === 'declined').length
  const free = state.reports.filter((report) => report.consent !== 'declined' && report.free === true).length
  const others = [unbound(declined, 'declined and '), unbound(free, 'had an embargo that is over, and ')]
  return [`the team${bound === 0 ? '' : ` and ${counted(bound, 'reporter')}`}.`, ...others.flat()].join(' ')
}

const unbound = (count: number, reason: string): readonly string[] =>
  count === 0 ? [] : [`${counted(count, 'reporter')} ${reason}${count === 1 ? 'is' : 'are'} not bound.`]

/** Shown to the caller before they confirm: what it means to continue in public. */
export const openPreviewCard = (state: CaseState): Card =>
  buildCard({
    kind: 'notice',
    title: `${state.id} · go on in public?`,
    lines: [
      line('The embargo ends: you and the reporter may speak and work in the open. This step alone publishes nothing.'),
      line('This cannot be undone. Nothing has happened yet.'),
    ],
    actions: [
      {
        label: 'Go on in public',
        verb: 'embargo',
        style: 'danger',
        input: { case: state.id, what: 'open', sure: 'yes' },
      },
    ],
    notification: notificationOf(state),
  })
