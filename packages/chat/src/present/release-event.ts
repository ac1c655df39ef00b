import { assertNever } from '@embargo/core'
import type { ReleaseEvent } from '@embargo/core'
import type { Card, CardMaterial } from '@embargo/engine'
import { changeCard } from '../cards/change.ts'
import { stepInWords } from '../cards/publication.ts'
import { outside } from '../cards/spans.ts'
import { actorName } from '../people/names.ts'
import { counted } from '../text/dates.ts'
import { time } from '../text/times.ts'
import { caseOf } from './material.ts'
import { presentOutsideEvent } from './outside-event.ts'

/** A line for each step of a release that people need; what its moving card shows is not said twice. */
export async function presentReleaseEvent(material: CardMaterial, event: ReleaseEvent): Promise<Card | undefined> {
  const state = caseOf(material)
  const who = actorName(material.policy.policy, material.recorded.actor)
  switch (event.type) {
    case 'ReleasePlanned':
    case 'CaseAdded':
    case 'PrenotificationSent':
    case 'StepDone':
      return undefined
    case 'ReleaseScheduled':
      return changeCard({ state, said: [`${who} set the release to `, time(event.at), '.'] })
    case 'PrenotificationQueued':
      return changeCard({
        state,
        said: [prenotified(event)],
      })
    case 'HeadsUpPosted':
      return changeCard({ state, said: ['The heads-up is out: versions, date and severity, nothing else.'] })
    case 'DisclosureStarted':
      return changeCard({ state, said: [`${who} began the publication. The embargo is over.`] })
    case 'InterimDisclosed':
      return changeCard({
        state,
        said: ['The interim advisory goes out: facts without a fix. The full publication follows.'],
      })
    case 'RecipientSuspended':
      return changeCard({
        state,
        said: [`${event.recipient} gets nothing more of this release: `, outside(event.because), '.'],
      })
    case 'StepFailed':
      return changeCard({ state, said: [`✗ ${stepInWords(event.step)} failed: `, outside(event.because)] })
    case 'Disclosed':
      return changeCard({ state, said: ['Disclosed. Every step of the publication is done.'] })
    case 'ReleaseCancelled':
      return changeCard({ state, said: [`${who} cancelled the release: `, outside(event.reason)] })
    case 'ChannelOpened':
    case 'CardPlaced':
    case 'MailAccepted':
    case 'MailFailed':
    case 'MailBounced':
    case 'EffectParked':
    case 'DoubtSettled':
      return presentOutsideEvent(material, event)
    default:
      return assertNever(event)
  }
}

function prenotified({ recipients, mails }: Extract<ReleaseEvent, { type: 'PrenotificationQueued' }>): string {
  if (recipients.length > 0)
    return `The pre-notification goes out, one mail each to ${counted(recipients.length, 'recipient')}.`
  return mails.length > 0
    ? 'No list is told of this case, so no recipient is mailed; the heads-up goes out.'
    : 'No list is told of this case and no heads-up is due, so nothing is mailed.'
}
