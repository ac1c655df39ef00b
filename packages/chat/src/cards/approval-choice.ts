import type { Policy } from '@embargo/core'
import type { Card } from '@embargo/engine'
import type { CaseInView } from '../chat-command.ts'
import { nameOf } from '../people/names.ts'
import { time } from '../text/times.ts'
import type { Place } from '../types.ts'
import { typedAt } from '../usage.ts'
import { approvalInWords, openApprovals, shortNameOf } from './waiting-command.ts'
import { chatVerbOf } from '../verbs.ts'
import { buildCard, notificationOf } from './card.ts'
import { code, line, strong } from './spans.ts'

/** Shown when somebody approves or refuses while several requests are pending: asks which one they mean. */
export function approvalChoiceCard(request: {
  readonly seen: CaseInView
  readonly policy: Policy
  readonly place: Place
  readonly verb: 'approve' | 'approve.no'
}): Card {
  const { seen, policy, place } = request
  const { verb } = chatVerbOf(request.verb)
  const open = openApprovals(seen.state)
  return buildCard({
    kind: 'notice',
    title: `${seen.id} · ${open.length} questions wait: which one?`,
    lines: open.map((approval) =>
      line(
        strong(shortNameOf(approval)),
        ` ${approvalInWords(approval)}, asked by ${nameOf(policy, approval.by)} `,
        time(approval.askedAt),
        '  ',
        code(typedAt(place, `${verb} --approval ${shortNameOf(approval)}`)),
      ),
    ),
    actions: open.map((approval) => ({
      label: `${verb === 'approve' ? 'Look at' : 'Refuse'} ${shortNameOf(approval)}`,
      verb,
      input: { case: seen.id, approval: approval.id },
      among: verb === 'approve' ? 'Which one do you look at?' : 'Which one do you refuse?',
      ...(verb !== 'approve' ? { form: true } : {}),
    })),
    notification: notificationOf(seen.state),
  })
}
