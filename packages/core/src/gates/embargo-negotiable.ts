import { reopenFirst } from './reopen-first.ts'
import { nextRound } from '../state/embargo/terms.ts'
import { isoInstant } from '../shared/instant.ts'
import type { ExitReason } from '../shared/words.ts'
import { nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

const ENDED: Readonly<Record<ExitReason, string>> = {
  released: 'with the publication',
  public: 'because it became public',
  exploit: 'because an exploit became public',
  attacks: 'because attacks were observed',
  leak: 'because details got out',
  opened: 'because the team and the reporter continued in public',
  unreachable: 'because no reporter can be reached',
  expired: 'at its date',
  merged: 'because the case was merged',
  closed: 'because the case was closed',
}

/**
 * An embargo can be negotiated while the case is received, valid or accepted. After an embargo has ended, a new one can
 * be negotiated only if the old one expired, if the signal that ended it was corrected, or if the case was reopened.
 */
export const embargoNegotiable: Gate = {
  id: 'fits-the-stage',
  check: (context) => {
    const { state } = context
    const { rm, em } = state
    if (rm !== 'received' && rm !== 'valid' && rm !== 'accepted')
      return refuse(
        'fits-the-stage',
        `The case is ${rm}, and an embargo can be agreed on only while the case is being worked on.`,
        reopenFirst(context) ?? [{ who: 'any team member', how: 'takes the case up again first', verb: 'reopen' }],
      )
    if (em.is !== 'exited' || nextRound(state) !== undefined) return undefined
    return refuse(
      'fits-the-stage',
      `The embargo ended ${isoInstant(em.at)} ${ENDED[em.reason]}, and it cannot be restarted in this round.`,
      nobody(
        'continue without an embargo; a new round begins when the case is reopened or a wrong signal is corrected',
      ),
      { reason: em.reason },
    )
  },
}
