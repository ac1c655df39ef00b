import { releasePlanned } from '../gates/release-planned.ts'
import { listAnd } from '../text/name-list.ts'
import type { Decision } from '../vocabulary/decision.ts'
import { isSameRecipient } from '../state/release/holders.ts'
import type { PrenotifiedRecipient } from '../state/release/state.ts'
import type { MessageId } from '../shared/ids.ts'
import type { CaseState } from '../state/state.ts'
import { nothingToDo, onStreams, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/**
 * Records that a recipient confirmed the pre-notification in a mail that a person has read. Recipients who do not
 * answer never delay the release.
 */
export const logAnswerHasIt = defineRequest({
  verb: 'log-answer.has-it',
  gates: [releasePlanned],
  decide: ({ release, request, state }) => {
    const recipients = release?.prenotified ?? []
    const matches = recipients.filter(
      ({ list, recipient }) => recipient === request.recipient && (request.list === undefined || list === request.list),
    )
    const [one] = matches
    if (release === undefined || one === undefined)
      return senseless(
        `Nobody called ${request.recipient} was pre-notified.`,
        recipients.length === 0
          ? you('pre-notify first', 'prenotify')
          : you(`name one of ${listAnd(recipients.map(({ recipient }) => recipient))}`, 'log-answer.has-it'),
      )
    if (matches.length > 1)
      return senseless(
        `${request.recipient} is on several lists.`,
        you(
          `name the list: ${listAnd(matches.map(({ list, recipient }) => `${list}/${recipient}`))}`,
          'log-answer.has-it',
        ),
      )
    if (one.acknowledgedAt !== undefined) return nothingToDo('That was recorded already.')
    const { message } = request
    const none = message === undefined ? undefined : saysNothing(state, message, one)
    if (none !== undefined) return none
    return onStreams([
      {
        stream: release.id,
        events: [
          {
            type: 'PrenotificationAcknowledged',
            list: one.list,
            recipient: one.recipient,
            ...(message === undefined ? {} : { message }),
          },
        ],
      },
    ])
  },
  inputs: ({ id, release }) =>
    (release?.prenotified ?? []).slice(0, 1).map(({ list, recipient }) => ({
      verb: 'log-answer.has-it',
      case: id,
      list,
      recipient,
    })),
})

/** Why a mail does not count as a confirmation: it is not from the recipient, or a program may have written it. */
function saysNothing({ messages }: CaseState, message: MessageId, one: PrenotifiedRecipient): Decision | undefined {
  const mail = messages.find((taken) => taken.message === message)
  if (mail === undefined) return senseless('That mail is not in this case.', you('name a mail of this case', 'read'))
  if (mail.recipient === undefined || !isSameRecipient(mail.recipient, one))
    return senseless(
      `That mail did not come to the reply address of ${one.recipient}.`,
      you('name a mail of theirs', 'read'),
    )
  if (mail.from !== 'recipient' || mail.trust === 'failed')
    return senseless(
      `Nothing shows that ${one.recipient} wrote that mail.`,
      you('ask them in another way, and record their answer without the mail', 'log-answer.has-it'),
    )
  return mail.automatic === true
    ? senseless(
        `A program wrote that mail, so it does not show whether ${one.recipient} has the pre-notification.`,
        you('name a mail that a person wrote', 'read'),
      )
    : undefined
}
