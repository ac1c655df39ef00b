import { day } from '@embargo/core'
import type { Card, SetAsideCount } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { code, line } from './spans.ts'

/**
 * Says how many mails opened no case, where people can read these mails, and what to do if one is a report. Names
 * nobody.
 */
export function setAsideCard({ count, day: of }: SetAsideCount): Card {
  const mails = count === 1 ? '1 mail' : `${count} mails`
  const opened = `${mails} opened no case`
  return buildCard({
    kind: 'notice',
    title: `${day(of)} · ${opened}`,
    lines: [
      line('Bounces, automatic answers and the like belong to no case. They are stored unchanged.'),
      line(code('embargo read mails'), ' lists them with the reason, ', code('embargo read mails <id>'), ' shows one.'),
      line('If one is a report, forward it to the security address from your own mailbox: it then opens a case.'),
    ],
    notification: notificationOf(undefined),
  })
}
