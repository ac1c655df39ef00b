import { addresseeKey } from '../../vocabulary/addressee.ts'
import { reportMoves } from '../../effects/report-moves.ts'
import type { Outcome, SystemRequest } from '../../vocabulary/command.ts'
import type { Append, Decision, World } from '../../vocabulary/decision.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import type { ReleaseEvent } from '../../events/release-events.ts'
import { channelArchived, talkKept } from '../../state/talk.ts'
import {
  documentDelivered,
  mailTaken,
  notMailed,
  recipientsAhead,
  stepOfLetter,
} from '../../effects/publication/progress.ts'
import { factsOfDelivery } from '../publication/delivery-facts.ts'
import { isTooLate, keptAs, textsOnTheirWay } from '../../state/release/text-freeze.ts'
import { isEnded } from '../../state/release/steps.ts'
import { isReleaseStream } from '../../vocabulary/stream.ts'
import { assertNever } from '../../shared/assert-never.ts'

type RecordOutcome = Extract<SystemRequest, { verb: 'record-outcome' }>
type MailOutcome = Extract<Outcome, { is: 'mail-accepted' | 'mail-failed' }>

/** Records the outcome of an effect, and what follows from it. */
export function recordOutcome(world: World, systemRequest: RecordOutcome): Decision {
  const request = atHome(world, systemRequest)
  const { stream, outcome } = request
  const ofRelease = isReleaseStream(stream)
  switch (outcome.is) {
    case 'done':
      return { ok: true, appends: [] }
    case 'channel-opened': {
      const { platform, channel, name } = outcome
      return appended(world.case?.id ?? stream, { type: 'ChannelOpened', platform, channel, name })
    }
    case 'channel-archived':
      return appended(world.case?.id ?? stream, channelArchived(world.case, outcome))
    case 'talk-kept':
      return world.case === undefined
        ? { ok: true, appends: [] }
        : appended(world.case.id, talkKept(world.case, outcome))
    case 'card-placed': {
      const { platform, slot, channel, message } = outcome
      return appended(world.case?.id ?? stream, { type: 'CardPlaced', platform, slot, channel, message })
    }
    case 'parked':
      return {
        ok: true,
        appends: [
          {
            stream,
            events: [
              ...failedStep(world, outcome),
              parkedEvent(request, outcome),
              ...recipientsAfterParked(world, outcome),
            ],
          },
        ],
      }
    case 'delivered':
      return delivered(world, request, outcome)
    case 'cve-reserved':
    case 'cve-assigned': {
      // If somebody has recorded another id in the meantime, the id of this outcome is not recorded. A reserved id then
      // appears in the list of unused ids, because no case uses it.
      if (world.case?.cve?.id !== undefined) return { ok: true, appends: [] }
      const isTest = outcome.is === 'cve-reserved' && outcome.test === true
      return appended(stream, {
        type: 'CveAssigned',
        cve: outcome.cve,
        ...(outcome.is === 'cve-reserved' ? { reserved: true, ...(outcome.test && { test: outcome.test }) } : {}),
        ...(world.case !== undefined && textsOnTheirWay(world.case, world.release) ? { kept: keptAs(world.case) } : {}),
        ...(world.case !== undefined && isTooLate(world.case, world.release) && !isTest ? { late: true } : {}),
      })
    }
    case 'cve-refused':
      return appended(stream, { type: 'CveReservationRefused', because: outcome.because })
    case 'mail-withdrawn': {
      const { letter, to, because } = outcome
      return appended(stream, { type: 'MailWithdrawn', effect: request.effect, letter, to: addresseeKey(to), because })
    }
    case 'mail-accepted':
    case 'mail-failed': {
      const events = [mailEvent(request, outcome), ...(ofRelease ? onRelease(world, outcome, request) : [])]
      return { ok: true, appends: [{ stream, events }] }
    }
    default:
      return assertNever(outcome)
  }
}

/**
 * Records the outcome of a mail to a reporter in the case in which the reporter's report is now, because reports can
 * move.
 */
function atHome(world: World, request: RecordOutcome): RecordOutcome {
  const { outcome, stream } = request
  if (!('to' in outcome) || isReleaseStream(stream)) return request
  const home = reportMoves(world, stream, outcome.to).at(-1)
  if (home === undefined) return request
  return { ...request, stream: home.to, outcome: { ...outcome, to: { kind: 'report', report: home.as } } }
}

const appended = (stream: Append['stream'], event: Append['events'][number]): Decision => ({
  ok: true,
  appends: [{ stream, events: [event] }],
})

function parkedEvent({ effect }: RecordOutcome, outcome: ParkedOutcome): CaseEvent & ReleaseEvent {
  const mail =
    outcome.letter === undefined || outcome.to === undefined
      ? {}
      : { letter: outcome.letter, to: addresseeKey(outcome.to) }
  const { step, case: of } = outcome
  const document = step === undefined || of === undefined ? {} : { step, case: of }
  return { type: 'EffectParked', effect, ...mail, ...document, doubt: outcome.doubt, because: outcome.because }
}

type ParkedOutcome = Extract<Outcome, { is: 'parked' }>

/**
 * The event that a step failed because its document could not be delivered. There is no such event if the document may
 * have been delivered, if a person has published it by hand, or if the step was left out.
 */
function failedStep({ release }: World, { step, case: of, doubt, because }: ParkedOutcome): readonly ReleaseEvent[] {
  const open = release?.steps.some((one) => one.step === step && !isEnded(one))
  const isThere = release?.deliveries?.some((one) => one.step === step && one.case === of) === true
  return step === undefined || doubt || open !== true || isThere ? [] : [{ type: 'StepFailed', step, because }]
}

function recipientsAfterParked({ release }: World, { step, letter }: ParkedOutcome): readonly ReleaseEvent[] {
  const parkedStep = step ?? (release === undefined ? undefined : stepOfLetter(release, letter))
  return release === undefined || parkedStep === undefined ? [] : recipientsAhead(release, parkedStep)
}

/** Records that a step is done for a case: in the release, and as a fact in the case itself. */
function delivered(
  world: World,
  { effect, stream }: RecordOutcome,
  { step, case: of, link, mark, evidence = 'done' }: Extract<Outcome, { is: 'delivered' }>,
): Decision {
  const { release } = world
  if (release === undefined) return { ok: true, appends: [] }
  const document = {
    step,
    case: of,
    effect,
    ...(link === undefined ? {} : { link }),
    ...(mark === undefined ? {} : { mark }),
  }
  const events = documentDelivered(release, [document], link ?? evidence)
  return { ok: true, appends: [{ stream, events }, ...factsOfDelivery(world, [document])] }
}

function mailEvent({ effect }: RecordOutcome, outcome: MailOutcome): CaseEvent & ReleaseEvent {
  const { letter } = outcome
  const to = addresseeKey(outcome.to)
  if (outcome.is === 'mail-accepted') return { type: 'MailAccepted', effect, letter, to, messageId: outcome.messageId }
  return { type: 'MailFailed', effect, letter, to, because: outcome.because }
}

/**
 * The events that the outcome of a mail causes in the release. Two people have approved every mail of a release, and
 * the addressee may rely on it. So if such a mail was not sent, a person must decide what to do.
 */
function onRelease(world: World, outcome: MailOutcome, { effect }: RecordOutcome): readonly ReleaseEvent[] {
  const release = world.release
  if (release === undefined) return []
  const { letter } = outcome
  const to = addresseeKey(outcome.to)
  // True if the mail's bounce arrived before the relay's acceptance was recorded.
  const lost = release.parked.some((one) => one.effect === effect && !one.doubt)
  if (outcome.is === 'mail-accepted' && lost) return []
  if (outcome.is === 'mail-accepted') return mailTaken(release, { letter, to, evidence: outcome.messageId })
  return notMailed(release, { effect, letter, to, because: outcome.because })
}
