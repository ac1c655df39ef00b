import type { PersonRequest } from '../command.ts'
import { inARelease } from '../../policy/gates/in-a-release.ts'
import { inARow } from '../../text/in-a-row.ts'
import { accepted, senseless, you } from './handler.ts'
import type { Handler } from './handler.ts'

type Acknowledged = Extract<PersonRequest, { verb: 'prenotify-acknowledged' }>

/** A person read that a recipient has the pre-notification. Who stays silent is chased, and never holds the release up. */
export const prenotifyAcknowledged: Handler<Acknowledged> = {
  gates: [inARelease],
  decide: ({ release, request, state }) => {
    const told = release?.prenotified ?? []
    const meant = told.filter(
      ({ list, recipient }) => recipient === request.recipient && (request.list === undefined || list === request.list),
    )
    const [one] = meant
    if (release === undefined || one === undefined)
      return senseless(
        `Nobody called ${request.recipient} was pre-notified.`,
        told.length === 0
          ? you('pre-notify first', 'prenotify')
          : you(`name one of ${inARow(told.map(({ recipient }) => recipient))}`, 'prenotify-acknowledged'),
      )
    if (meant.length > 1)
      return senseless(
        `${request.recipient} is on several lists.`,
        you(`name the list: ${inARow(meant.map(({ list }) => list))}`, 'prenotify-acknowledged'),
      )
    if (one.acknowledgedAt !== undefined) return { ok: true, appends: [], note: 'That was noted already.' }
    const { message } = request
    if (message !== undefined && !state.messages.some((mail) => mail.message === message))
      return senseless('That mail is not in this case.', you('name a mail of this case', 'mail'))
    return accepted([
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
}
