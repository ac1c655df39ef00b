import type { Approval, CaseState, Instant, Policy } from '@embargo/core'
import type { Card, Line } from '@embargo/engine'
import { nameOf } from '../people/names.ts'
import { time } from '../text/times.ts'
import { askedCommand, askedDate, askedInWords } from './asked-command.ts'
import { buildCard, notificationOf } from './card.ts'
import { quoteOf } from './quote.ts'
import { inShort, readShown } from './shown.ts'
import { cannotBeUndone } from './irreversible.ts'
import { code, faint, line, strong } from './spans.ts'
import type { Said } from './spans.ts'

export type ApprovalRequest = {
  readonly state: CaseState
  readonly approval: Approval
  /** What the asker was shown, as the engine kept it. */
  readonly shown: string | undefined
  readonly policy: Policy
  readonly at: Instant
}

/** A question to the second person: what exactly will happen, what cannot be undone, and who may press. */
export function approvalCard({ state, approval, shown, policy, at }: ApprovalRequest): Card {
  const open = approval.status === 'open'
  const date = askedDate(approval)
  const sections = open ? readShown(shown) : undefined
  const input = { case: state.id, approval: approval.id }
  return buildCard({
    kind: 'approval',
    title: `${state.id} · ${approval.mode !== 'second-look' ? 'a second person is asked' : 'a second look is asked'}`,
    fields: [
      { label: 'To', value: line(strong(askedInWords(approval))) },
      ...(date === undefined ? [] : [{ label: 'Release', value: line(time(date, at)) }]),
      { label: 'Asked by', value: line(`${nameOf(policy, approval.by)}, `, time(approval.askedAt)) },
      { label: 'Shown', value: line(code(approval.digest.slice(0, 16)), faint(' names exactly what was shown')) },
    ],
    lines: open ? openLines(approval, state, policy) : [line(closedLine(approval))],
    ...(sections === undefined ? {} : quoteOf('What will happen, in short', inShort(sections))),
    actions: open
      ? [
          { label: 'Look and approve', verb: 'approve', input, style: 'primary' },
          { label: 'Refuse', verb: 'refuse', input, style: 'danger', form: true },
          { label: 'Show all', verb: 'approve', input: { ...input, all: 'yes' } },
        ]
      : [],
    notification: notificationOf(state),
  })
}

function openLines(approval: Approval, state: CaseState, policy: Policy): readonly Line[] {
  const asker = nameOf(policy, approval.by)
  const who: Said =
    approval.mode !== 'second-look'
      ? [`Any team member on this case but ${asker} may answer.`]
      : [`${asker} looks again from `, time(approval.notBefore), ' and types the case number.']
  return [
    line(strong(cannotBeUndone(askedCommand(approval)?.verb, { state, policy }))),
    line(...who),
    line(faint('Every rule is asked again when the yes is given; any change since makes this question void.')),
  ]
}

function closedLine(approval: Approval): string {
  if (approval.status === 'given') return 'Approved.'
  return approval.status === 'refused'
    ? 'Refused. Nothing was done.'
    : 'Void: something changed since it was asked. Nothing was done.'
}
