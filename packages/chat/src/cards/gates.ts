import type { GateState, Lift } from '@embargo/core'
import type { Card, Line } from '@embargo/engine'
import type { CaseCall } from '../chat-command.ts'
import type { ExplainedCommand } from '../explain/explain-command.ts'
import { counted } from '../text/dates.ts'
import { withTimes } from '../text/times.ts'
import { typedRequest } from '../verbs.ts'
import { buildCard, notificationOf } from './card.ts'
import { waySpans } from './refusal.ts'
import { line, sentence } from './spans.ts'

const SIGNS: Readonly<Record<GateState['state'], string>> = {
  refuses: '✗',
  'comes-next': '→',
  'not-asked': '?',
  passes: '✓',
}

/**
 * Shows the rules that hold a command up, with the ways to lift them. Below these, the card lists the rules that the
 * command passes, each with the fact that satisfies it.
 */
export function gatesCard(call: CaseCall<unknown>, { case: id, verb, gates }: ExplainedCommand): Card {
  const order = Object.keys(SIGNS)
  const sorted = gates.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state))
  return buildCard({
    kind: 'notice',
    title: `${id} · ${typedRequest(verb)}: ${inSum(gates)}`,
    lines: sorted.flatMap((gate) => [
      line(`${SIGNS[gate.state]} `, ...withTimes(factOf(gate), sentence)),
      ...waysOf(gate).map((lift) => wayLine(call, gate, lift)),
    ]),
    notification: notificationOf(call.case.state),
  })
}

const factOf = (gate: GateState): string =>
  gate.state === 'refuses' ? gate.refusal.because : (gate.because ?? gate.rule)

const waysOf = (gate: GateState): readonly Lift[] =>
  gate.state === 'refuses' ? gate.refusal.liftedBy : gate.state === 'comes-next' ? (gate.liftedBy ?? []) : []

function wayLine(call: CaseCall<unknown>, gate: GateState, lift: Lift): Line {
  const { commands, invocation, case: seen } = call
  const refusal =
    gate.state === 'refuses' ? gate.refusal : { gate: gate.gate, because: '', facts: {}, liftedBy: waysOf(gate) }
  return line('   ', ...waySpans(lift, { refusal, commands, place: invocation.place, seen }))
}

function inSum(gates: readonly GateState[]): string {
  const count = (wanted: GateState['state']): number => gates.filter(({ state }) => state === wanted).length
  const [refusing, open] = [count('refuses'), count('not-asked')]
  const parts = [
    ...(refusing === 0 ? [] : [`${counted(refusing, 'rule')} ${refusing === 1 ? 'refuses' : 'refuse'}`]),
    ...(open === 0 ? [] : [`${counted(open, 'rule')} ${open === 1 ? 'was' : 'were'} not checked`]),
  ]
  if (parts.length > 0) return parts.join(', ')
  return count('comes-next') > 0 ? 'a second person’s approval comes next' : 'no rule forbids it'
}
