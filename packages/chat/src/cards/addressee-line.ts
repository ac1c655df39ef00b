import { isSameRecipient } from '@embargo/core'
import type { Visibility, RecipientName, Report } from '@embargo/core'
import { faint, joined, line, outside, strong } from './spans.ts'
import type { LineParts } from './spans.ts'
import type { Line } from '@embargo/engine'
import { NOT_SHOWN_HERE } from './chat-visibility.ts'

/** `r2` */
export const reportNumber = ({ id }: Pick<Report, 'id'>): string => id.slice(id.lastIndexOf('/') + 1)

/** `the reporter of r1 · Rafi <rafi@reporter.example>`, with as much of the name and address as the policy allows. */
export function reporterLine(report: Report, { sender }: Pick<Visibility, 'sender'>): Line {
  return line(...joined([[`the reporter of ${reportNumber(report)}`], [whoIs(report, sender)]], ' · '))
}

function whoIs({ identity }: Report, sender: Visibility['sender']): LineParts[number] {
  const name = identity.value
  if (name === null) return faint('erased')
  if (sender === 'name-and-address')
    return outside(name.name === undefined ? name.address : `${name.name} <${name.address}>`, 'not shown here')
  return sender === 'name' && name.name !== undefined ? outside(name.name, 'not shown here') : faint(NOT_SHOWN_HERE)
}

/** `the recipients north (distros), south (distros), each in a separate mail`. The names are the policy's ids. */
export function recipientsLine(names: readonly RecipientName[], suspected: readonly RecipientName[]): Line {
  const listed = names.map(({ list, recipient }) => `${recipient} (${list})`)
  const several = names.length > 1
  const doubted = names.some((one) => suspected.some((other) => isSameRecipient(one, other)))
  return line(
    `the ${several ? 'recipients' : 'recipient'} ${listed.join(', ')}${several ? ', each in a separate mail' : ''}`,
    ...(doubted
      ? [strong(` · details may have got out through ${several ? 'at least one of them' : 'this recipient'}`)]
      : []),
  )
}
