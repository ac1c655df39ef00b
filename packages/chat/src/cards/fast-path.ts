import type { CaseState, FastPath, SignalKind } from '@embargo/core'
import type { Card, Line } from '@embargo/engine'
import { withTimes } from '../text/times.ts'
import { buildCard, notificationOf } from './card.ts'
import { code, line, plain, strong } from './spans.ts'

const SEEN: Readonly<Record<SignalKind, string>> = {
  public: 'It is public',
  exploit: 'An exploit is public',
  attack: 'Attacks are observed',
  leak: 'Details got out',
}

/** To whoever signalled, and to everybody who asks: what happens when secrecy fails, before any of it does. */
export const fastPathCard = (state: CaseState, plan: FastPath): Card =>
  buildCard({
    kind: 'notice',
    title: `${state.id} · the fast path`,
    lines: fastPathLines(plan),
    actions: [
      { label: 'Interim advisory', verb: 'disclose', input: { case: state.id, what: 'interim' } },
      { label: 'Say no', verb: 'refuse', input: { case: state.id }, form: true },
      { label: 'Status', verb: 'status', input: { case: state.id } },
    ].slice(plan.because.some(({ waits }) => waits) ? 1 : 0, plan.because.some(({ waits }) => waits) ? 3 : 1),
    notification: notificationOf(state),
  })

/** The plan, as cards show it: what ends, what is skipped and by which rule, who hears, what may go out, who agrees. */
export function fastPathLines({ because, ends, skips, told, soon, approvals }: FastPath): readonly Line[] {
  return [
    ...because.map(({ what, waits }) => line(strong(SEEN[what]), plain(waits ? ', as somebody says.' : '.'))),
    ...headed('Ends', ends),
    ...skips.map(({ gate, because: why }, at) =>
      line(at === 0 ? strong('Skipped: ') : plain('· '), code(gate), `, ${why}.`),
    ),
    line(strong('Told: '), `${told.join(', ')}.`),
    ...headed('Within the hour', soon),
    ...headed('Takes', approvals),
  ]
}

const headed = (head: string, sentences: readonly string[]): readonly Line[] =>
  sentences.map((sentence, at) => line(at === 0 ? strong(`${head}: `) : plain('· '), ...withTimes(sentence, plain)))
