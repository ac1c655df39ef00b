import { reporterName } from '@embargo/core'
import type { Card, Line } from '@embargo/engine'
import type { CaseCall } from '../chat-command.ts'
import { shortDay } from '../text/dates.ts'
import { buildCard, notificationOf } from './card.ts'
import { possibleActions } from './possible-actions.ts'
import { line, outside } from './spans.ts'
import type { LineParts } from './spans.ts'

const referenceOf = (reference: string | undefined): LineParts =>
  reference === undefined ? [] : [', their number ', outside(reference, 'not shown here')]

/** Shows whom the case waits for, whose software may be affected, and which vendors got a report. */
export function partyCard(call: CaseCall<unknown>): Card {
  const { state } = call.case
  const { waiting, vendor } = state
  const forwardLines = state.reports.flatMap((report) =>
    (report.forwarded ?? []).map(({ to }): Line =>
      line(
        outside(to, 'another vendor'),
        ` · got the report of ${reporterName(state, report.id)}`,
        ...referenceOf(state.vendorReferences?.[to.toLowerCase()]),
      ),
    ),
  )
  const lines = [
    ...(waiting === undefined
      ? []
      : [line('The case waits for ', outside(waiting.party, 'another party'), ` since ${shortDay(waiting.since)}.`)]),
    ...(vendor === undefined
      ? []
      : [
          line(
            'The affected software may belong to ',
            outside(vendor.name ?? vendor.contact ?? '', 'another vendor'),
            '.',
          ),
        ]),
    ...forwardLines,
  ]
  return buildCard({
    kind: 'notice',
    title: `${state.id} · other parties`,
    lines: lines.length === 0 ? [line('No other party is on record.')] : lines,
    actions: possibleActions(call, [
      { verb: 'party.forward', label: 'Forward the report' },
      ...(forwardLines.length === 0 ? [] : [{ verb: 'party.reference', label: 'Record their number' } as const]),
      waiting === undefined
        ? { verb: 'party.wait', label: 'Wait for another party' }
        : { verb: 'party.wait', typed: 'party.done', label: 'They answered' },
    ]),
    notification: notificationOf(state),
  })
}
