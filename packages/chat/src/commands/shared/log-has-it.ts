import { unreadOfRecipients } from '@embargo/core'
import type { TakenIn } from '@embargo/core'
import { send, wrongInput } from '../../answers.ts'
import type { CaseCall } from '../../chat-command.ts'
import type { Reply } from '../../types.ts'
import { typedAt } from '../../usage.ts'

type HasIt = { readonly mail?: TakenIn; readonly name: string | undefined }

/**
 * Logs that a recipient has the pre-notification. The recipient is the sender of the mail, or is named: `debian`, or
 * `distros/debian` if `debian` is on several lists.
 */
export async function logHasIt(call: CaseCall<unknown>, { mail, name }: HasIt): Promise<Reply> {
  const { state, world } = call.case
  const [typed, onList] = (name ?? '').trim().split('/').toReversed()
  const { recipient, list } =
    typed === undefined || typed === '' ? { ...mail?.recipient } : { recipient: typed, list: onList }
  if (recipient === undefined)
    return wrongInput({
      command: call.command,
      setting: call,
      because: 'Say which recipient has the pre-notification.',
    })
  const answered = unreadOfRecipients(state, world.release).find(
    (one) => one.recipient === recipient && (list === undefined || one.list === list),
  )
  return send(
    call,
    {
      verb: 'log-answer.has-it',
      case: state.id,
      recipient,
      ...(list === undefined ? {} : { list }),
      ...(mail === undefined ? {} : { message: mail.message }),
    },
    answered === undefined
      ? 'Noted.'
      : `Recorded. Their mail now counts as answered. If it asks anything else, answer it with ${typedAt(call.invocation.place, `reply --to ${answered.list}/${answered.recipient}`)}, and your text.`,
  )
}
