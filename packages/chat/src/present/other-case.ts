import { isCaseStream } from '@embargo/core'
import type { CaseId, Event, SignalKind } from '@embargo/core'
import type { Card, CardMaterial } from '@embargo/engine'
import { approvalInWords } from '../cards/waiting-command.ts'
import { changeCard } from '../cards/change.ts'
import { sentence } from '../cards/spans.ts'
import type { LineParts } from '../cards/spans.ts'
import { actorName, nameOf } from '../people/names.ts'
import { withTimes } from '../text/times.ts'
import { SIGNAL_WORDS } from './world-line.ts'

/** The event's own case, if the event is shown in the channel of another case of the same release. */
export function otherCaseOf({ effect, recorded }: Pick<CardMaterial, 'effect' | 'recorded'>): CaseId | undefined {
  const { stream } = recorded
  return isCaseStream(stream) && effect.case !== stream ? stream : undefined
}

/**
 * One line in the channel of another case: what happened to the release, and where to answer. The line quotes nobody's
 * text.
 */
export function otherCaseCard(material: CardMaterial, of: CaseId): Card | undefined {
  const sentence = otherCaseLine(material, of)
  return sentence === undefined ? undefined : changeCard({ state: material.world.case, said: sentence })
}

function otherCaseLine(material: CardMaterial, of: CaseId): LineParts | undefined {
  const { event } = material.recorded
  const { policy } = material.policy
  switch (event.type) {
    case 'ApprovalRequested':
      return [
        `For the release of this case, ${nameOf(policy, event.by)} asks for approval to ${askedIn(material, event)}. Answer in the channel of ${of}.`,
      ]
    case 'ApprovalRefused':
      return [`${nameOf(policy, event.by)} refused the request in ${of} to ${askedIn(material, event)}.`]
    case 'ApprovalVoided':
      return [`The request in ${of} to ${askedIn(material, event)} is void: `, ...withTimes(event.because, sentence)]
    case 'FixReady':
      return [`The fix of ${of}, in the same release, is ready.`]
    case 'FixWithdrawn':
      return [
        `The fix of ${of}, in the same release, is no longer ready. Unless it is verified in time, the release goes out without ${of}.`,
      ]
    case 'SeverityRated':
      return [`${of}, in the same release, was rated again.`]
    case 'SignalRaised':
      return [
        `${actorName(policy, material.recorded.actor)} says of ${of}, in the same release, that ${SIGNAL_WORDS[event.what]}. No embargoed mail is sent until this is answered in the channel of ${of}.`,
      ]
    case 'SignalRefused':
      return [`The signal of ${of}, in the same release, was refused. The mail that it held up may be sent now.`]
    case 'VulnerabilityPublic':
      return [counts('public', of)]
    case 'ExploitPublic':
      return [counts('exploit', of)]
    case 'AttacksObserved':
      return [counts('attack', of)]
    case 'LeakSuspected':
      return [counts('leak', of)]
    default:
      return undefined
  }
}

const counts = (kind: SignalKind, of: CaseId): string => `About ${of}, in the same release: ${SIGNAL_WORDS[kind]}.`

function askedIn({ state }: CardMaterial, event: Extract<Event, { approval: unknown }>): string {
  const approval = state.kind === 'case' ? state.approvals.find(({ id }) => id === event.approval) : undefined
  return approval === undefined ? 'do what is shown there' : inOwnCase(approvalInWords(approval), state.id)
}

const inOwnCase = (words: string, id: string): string => words.replace('this case', id)
