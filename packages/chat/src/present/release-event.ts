import { assertNever, outdatedNotesWarning, stepOf } from '@embargo/core'
import type { CaseState, ReleaseEvent, ReleaseState } from '@embargo/core'
import type { Card, CardMaterial, Line } from '@embargo/engine'
import { changeCard } from '../cards/change.ts'
import { goesOn } from '../cards/release.ts'
import { code, line, outside, sentence } from '../cards/spans.ts'
import type { LineParts } from '../cards/spans.ts'
import { counted } from '../text/dates.ts'
import { time, withTimes } from '../text/times.ts'
import { doerName } from './doer.ts'
import { typedAt } from '../usage.ts'
import type { TypedPlace } from '../usage.ts'
import { publishedLines } from './published-lines.ts'
import { describeAlreadyOut } from '../text/already-out.ts'
import { caseOf, releaseOf } from './material.ts'
import { presentOutsideEvent } from './outside-event.ts'

/** One line for each step of a release that people must know about. What the progress card shows is not repeated. */
export async function presentReleaseEvent(
  material: CardMaterial,
  event: ReleaseEvent,
  there: TypedPlace,
): Promise<Card | undefined> {
  const state = caseOf(material)
  const name = doerName(material)
  switch (event.type) {
    case 'ReleasePlanned':
      return event.implicit ? undefined : changeCard({ state, said: planLine(name, releaseOf(material)) })
    case 'CaseAdded':
      return changeCard({ state, said: [`${name} added ${event.case} to the release`, ...onDate(releaseOf(material))] })
    case 'CaseDropped':
      return changeCard({
        state,
        said: dropLine({ event, who: name, state }),
        more: notesLines(releaseOf(material), state, there),
      })
    case 'ReleaseRescheduled':
      return changeCard({
        state,
        said: [`${name} moved the release from `, time(event.was), ' to ', time(event.at), ...because(event.reason)],
      })
    case 'PrenotificationUpdated':
      return changeCard({
        state,
        said: updateLine(event),
      })
    case 'PrenotificationAcknowledged':
      return changeCard({ state, said: [`${event.recipient} has the pre-notification.`] })
    case 'DisclosureApproved':
      return changeCard({
        state,
        said: [
          'The publication is approved and begins automatically ',
          time(event.from),
          '. Until then texts and patches cannot be changed.',
        ],
      })
    case 'DisclosureHeld':
      return changeCard({
        state,
        said: [
          'The publication does not begin automatically, and nothing of it is public. ',
          ...withTimes(event.because, sentence),
        ],
      })
    case 'ReleaseNotesGiven': {
      // Each channel shows only the CVE id of its own case.
      const own = event.cases.find((one) => one.case === state?.id)?.cve
      return changeCard({
        state,
        said: [
          `${name} has the CVE ids for the release notes. For this case: ${own ?? 'no CVE id yet'}. An id that comes later is not added to the texts of this release. It is published later, with the records.`,
        ],
      })
    }
    case 'ReleaseHeld':
      return changeCard({
        state,
        said: [
          `${name} put the release on hold`,
          ...because(event.reason),
          ` ${describeAlreadyOut(releaseOf(material))} Nothing more of it goes out until two people let it go on: `,
          code(typedAt(state === undefined ? there : { ...there, case: state.id }, 'hold off')),
        ],
        more: publishedLines(state, releaseOf(material)),
      })
    case 'ReleaseResumed':
      return changeCard({
        state,
        said: [
          'Two people let the release go on. To send the mails that waited, list them and choose “again” for each: ',
          code(typedAt(state === undefined ? there : { ...there, case: state.id }, 'settle')),
        ],
      })
    case 'PrenotificationSent':
    case 'StepDone':
    case 'DocumentDelivered':
    case 'StepAhead':
      return undefined
    case 'ReleaseScheduled':
      return changeCard({ state, said: [`${name} set the release to `, time(event.at), '.'] })
    case 'PrenotificationQueued':
      return changeCard({
        state,
        said: [prenotified(event)],
      })
    case 'HeadsUpPosted':
      return changeCard({ state, said: ['The heads-up is out: versions, date and severity, nothing else.'] })
    case 'DisclosureStarted':
      return changeCard({ state, said: [`${name} began the publication. The embargo is over.`] })
    case 'CorrectionStarted':
      return undefined
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
    case 'RecipientReinstated':
      return changeCard({
        state,
        said: [
          `From now on, new mails to recipients go to ${event.recipient} again. The mails that were sent in between do not. To write to ${event.recipient}: `,
          code(typedAt(state === undefined ? there : { ...there, case: state.id }, `reply --to ${event.recipient}`)),
        ],
      })
    case 'StepFailed':
      return changeCard({ state, said: [`✗ ${stepOf(event.step).words} failed: `, outside(event.because)] })
    case 'StepPassed':
      return changeCard({
        state,
        said: [`Not done yet: ${stepOf(event.step).words}. The publication goes on without waiting for it.`],
      })
    case 'StepLeftOut':
      return changeCard({
        state,
        said: [`${name} left out: ${stepOf(event.step).words}. `, outside(event.because)],
      })
    case 'Disclosed':
      return changeCard({
        state,
        said: [
          isOfCorrection(material)
            ? 'Corrected. Every step of the correction is done.'
            : 'Disclosed. Every step of the publication is done.',
        ],
        more: publishedLines(state, releaseOf(material)),
      })
    case 'ReleaseCancelled':
      return changeCard({ state, said: [`${name} cancelled the release: `, outside(event.reason)] })
    case 'ChannelOpened':
    case 'CardPlaced':
    case 'MailAccepted':
    case 'MailFailed':
    case 'MailWithdrawn':
    case 'MailBounced':
    case 'EffectParked':
    case 'DoubtSettled':
      return presentOutsideEvent(material, event)
    default:
      return assertNever(event)
  }
}

const because = (reason: string | undefined): LineParts => (reason === undefined ? ['.'] : [': ', outside(reason)])

/**
 * The line about a changed prenotification. A person gives `reason` for the recipients of the new notice. If only the
 * heads-up changed, there is no new notice and no `reason`.
 */
function updateLine({ headsUp, reason }: Extract<ReleaseEvent, { type: 'PrenotificationUpdated' }>): LineParts {
  const corrected = 'The heads-up is corrected in public.'
  if (headsUp !== undefined && reason === undefined) return [corrected]
  return [
    ...(headsUp === undefined ? [] : [`${corrected} `]),
    'The changed notice goes out to everybody who has the old one',
    ...because(reason),
  ]
}

/**
 * Whether the event belongs to a correction. The times are compared because the terminal also shows events from before
 * the correction.
 */
const isOfCorrection = (material: CardMaterial): boolean =>
  [caseOf(material)?.corrections?.at(0), releaseOf(material)?.correction].some(
    (one) => one !== undefined && one.at <= material.recorded.at,
  )

const onDate = (release: ReleaseState | undefined): LineParts =>
  release?.at === undefined ? ['.'] : [' of ', time(release.at), '.']

function planLine(name: string, release: ReleaseState | undefined): LineParts {
  const named = release === undefined ? 'a release' : `the release ${release.id}`
  return release?.at === undefined
    ? [`${name} planned ${named}.`]
    : [`${name} planned ${named} for `, time(release.at), '.']
}

type CaseDrop = {
  readonly event: Extract<ReleaseEvent, { type: 'CaseDropped' }>
  readonly who: string
  readonly state: CaseState | undefined
}

/** In the channel of the case that was taken out, the line also says what this means for the case. */
function dropLine({ event, who, state }: CaseDrop): LineParts {
  const reason: LineParts = event.reason === undefined ? ['.'] : [': ', ...withTimes(event.reason, outside)]
  if (event.case !== state?.id) return [`${event.case} is no longer in this release`, ...reason]
  const end = event.reason === undefined ? '' : '.'
  const rest = state.rm === 'closed' ? end : `${end} ${goesOn('It', state)}`
  return [`${who} took this case out of its release`, ...reason, rest]
}

/**
 * The warning that the releaser's notes are outdated, if they are. If this case is in the release and the publication
 * has not begun, the line also says how to give the notes again.
 */
function notesLines(
  release: ReleaseState | undefined,
  state: CaseState | undefined,
  there: TypedPlace,
): readonly Line[] {
  const warning = outdatedNotesWarning(release)
  if (warning === undefined) return []
  const isIn = state !== undefined && release?.cases.includes(state.id) === true && release.startedAt === undefined
  return [
    isIn
      ? line(`${warning} Give them again: `, code(typedAt({ ...there, case: state.id }, 'release notes')))
      : line(warning),
  ]
}

function prenotified({ recipients, mails }: Extract<ReleaseEvent, { type: 'PrenotificationQueued' }>): string {
  if (recipients.length > 0)
    return `The pre-notification goes out, one mail each to ${counted(recipients.length, 'recipient')}.`
  return mails.length > 0
    ? 'No recipient list is told of this case, so no recipient is mailed; the heads-up goes out.'
    : 'No recipient list is told of this case and no heads-up is due, so nothing is mailed.'
}
