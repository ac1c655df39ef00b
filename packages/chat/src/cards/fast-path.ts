import { GATES, openSignals } from '@embargo/core'
import type { CaseState, FastPath, GateId, SignalKind } from '@embargo/core'
import type { Action, Card, Line } from '@embargo/engine'
import { withTimes } from '../text/times.ts'
import { shortNameOf } from './waiting-command.ts'
import { buildCard, notificationOf } from './card.ts'
import { line, plain, strong } from './spans.ts'

const SEEN: Readonly<Record<SignalKind, string>> = {
  public: 'It is public',
  exploit: 'An exploit is public',
  attack: 'Attacks are observed',
  leak: 'Details got out',
}

/**
 * What will happen when secrecy fails. It is shown to the person who signals and to anyone who asks, before any of it
 * happens.
 */
export const fastPathCard = (state: CaseState, plan: FastPath): Card =>
  buildCard({
    kind: 'notice',
    title: `${state.id} · the fast path`,
    lines: fastPathLines(plan),
    actions: plan.because.some(({ waits }) => waits)
      ? [...noes(state), { label: 'Status', verb: 'status', input: { case: state.id } }]
      : [{ label: 'Interim advisory', verb: 'disclose', input: { case: state.id, what: 'interim' } }],
    notification: notificationOf(state),
  })

/** A button for each pending signal. Each button refuses only its own signal, and no later one. */
function noes(state: CaseState): readonly Action[] {
  const approvals = openSignals(state).flatMap(({ approval }) => approval ?? [])
  return approvals.map((approval) => ({
    label: approvals.length === 1 ? 'Say no' : `Say no to ${shortNameOf({ id: approval })}`,
    verb: 'approve.no',
    input: { case: state.id, approval },
    form: true,
  }))
}

/**
 * The plan as lines of a card: what ends, which rules are skipped, who is notified, what may be published, and who must
 * agree.
 */
export function fastPathLines({ because, ends, skips, told, soon, approvals }: FastPath): readonly Line[] {
  return [
    ...because.map(({ what, waits }) => line(strong(SEEN[what]), plain(waits ? ', as somebody says.' : '.'))),
    ...headed('Ends', ends),
    ...skips.map(({ gate, because: why }, at) =>
      line(at === 0 ? strong('Skipped: ') : plain('· '), `${SKIPPED[gate] ?? GATES[gate].rule} (${why}).`),
    ),
    line(strong('Told: '), `${told.join(', ')}.`),
    ...headed('Within the hour', soon),
    ...headed('Takes', approvals),
  ]
}

/** The rules that no longer apply when secrecy fails. */
const SKIPPED: Readonly<Partial<Record<GateId, string>>> = {
  notice: 'the promised notice',
  hours: 'the release hours',
  'release-date': 'the release date',
  'reporter-check': 'the reporter’s check',
  fix: 'a checked patch',
}

const headed = (head: string, sentences: readonly string[]): readonly Line[] =>
  sentences.map((sentence, at) => line(at === 0 ? strong(`${head}: `) : plain('· '), ...withTimes(sentence, plain)))
