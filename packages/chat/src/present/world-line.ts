import { assertNever, reporterName } from '@embargo/core'
import type { CaseState, EmbargoEvent, Policy, SignalKind, Suspect, WorldEvent } from '@embargo/core'
import { outside, plain, strong } from '../cards/spans.ts'
import type { LineParts } from '../cards/spans.ts'
import { capital, nameOf } from '../people/names.ts'
import { time } from '../text/times.ts'
import { noteEnding } from './note-ending.ts'

/** The events about secrecy and about what is known outside. */
type SecrecyEvent = EmbargoEvent | WorldEvent

/** A signal as people say it: `the vulnerability is public`. */
export const SIGNAL_WORDS: Readonly<Record<SignalKind, string>> = {
  public: 'the vulnerability is public',
  exploit: 'an exploit is public',
  attack: 'attacks are observed',
  leak: 'details got out',
}

type WorldContext = { readonly policy: Policy; readonly state: CaseState | undefined }

type ProposalAnswer = Pick<Extract<SecrecyEvent, { type: 'EmbargoAccepted' | 'EmbargoRejected' }>, 'by' | 'message'>

export function worldLine(event: SecrecyEvent, name: string, { policy, state }: WorldContext): LineParts {
  switch (event.type) {
    case 'EmbargoProposed':
      if (event.by === 'standing') return []
      return event.by === 'team'
        ? [`${name} proposes that the embargo ends `, time(event.end), ...noteEnding(event.reason)]
        : [
            `${capital(reporterName(state, event.report))} proposes that the embargo ends `,
            time(event.end),
            state?.em.is === 'revise' ? '. Until a date is agreed, the earlier of the two dates counts.' : '.',
          ]
    case 'EmbargoAccepted':
      return [`${sideName(event, state)} agreed. The embargo ends `, time(event.end), '.']
    case 'EmbargoRejected':
      if (event.by === undefined) return ['The proposal about the embargo is withdrawn.']
      return [`${sideName(event, state)} did not agree to the proposed date`, ...noteEnding(event.reason)]
    case 'EmbargoExited':
      return [`The embargo is over (${event.reason})`, ...noteEnding(event.note)]
    case 'EmbargoRoundBegun':
      return ['The embargo is negotiated again, in a new round.']
    case 'SignalRaised':
      return [
        strong(`${name} says that ${SIGNAL_WORDS[event.what]}`),
        ...suspectClause(event.suspect, policy),
        ...sentenceEnding(event.link ?? event.text),
        plain(' No embargoed mail is sent until this is answered.'),
      ]
    case 'SignalRefused':
      return ['The signal was refused, and the mail that it held up may be sent now', ...noteEnding(event.reason)]
    case 'VulnerabilityPublic':
      if (event.because === 'our-publication') return []
      return [strong('The vulnerability is public'), ...noteEnding(event.link)]
    case 'ExploitPublic':
      return [strong('An exploit is public'), ...noteEnding(event.link)]
    case 'AttacksObserved':
      return [
        strong('Attacks are observed'),
        ...sentenceEnding(event.link),
        plain(' Decide whether the embargo ends: it does not end automatically.'),
      ]
    case 'LeakSuspected':
      return [
        strong('Details got out'),
        ...suspectClause(event.suspect, policy),
        ...sentenceEnding(event.text),
        plain(' Decide: end the embargo, or go on.'),
      ]
    case 'LeakOutlived':
      return [`${name}: the embargo goes on despite the leak`, ...noteEnding(event.reason)]
    case 'SignalCorrected':
      return [
        `It is not true that ${SIGNAL_WORDS[event.what]}`,
        ...suspectClause(event.suspect, policy),
        plain('; two people say so'),
        ...noteEnding(event.reason),
      ]
    case 'VendorAware':
      return []
    default:
      return assertNever(event)
  }
}

function sideName({ by, message }: ProposalAnswer, state: CaseState | undefined): string {
  if (by === 'team') return 'The team'
  const report = state?.messages.find((mail) => mail.message === message)?.report
  return capital(reporterName(state, report))
}

function suspectClause(suspect: Suspect | undefined, policy: Policy): LineParts {
  if (suspect === undefined) return []
  if (suspect.kind === 'person') return [`, through ${nameOf(policy, suspect.person)}`]
  const list = policy.prenotification.lists.find(({ id }) => id === suspect.list)
  const name = list?.recipients.find(({ id }) => id === suspect.recipient)?.name ?? suspect.recipient
  return [', through ', outside(name, suspect.recipient)]
}

/**
 * The note with a full stop, because another sentence follows. After a link there is no full stop, because it could
 * become part of the link.
 */
function sentenceEnding(note: string | undefined): LineParts {
  const ended = note === undefined || note === '' || /[.!?…]$|^https?:\/\/\S+$/u.test(note)
  return ended ? noteEnding(note) : [...noteEnding(note), '.']
}
