import { assertNever, reporterName } from '@embargo/core'
import type { CaseState, CourseEvent } from '@embargo/core'
import { outside } from '../cards/spans.ts'
import type { LineParts } from '../cards/spans.ts'
import { capital } from '../people/names.ts'
import { timeThisYear } from '../text/times.ts'
import { noteEnding } from './note-ending.ts'

/** The lines about questions to the reporter, pauses, linked cases, and cases that are opened again. */
export function courseLine(event: CourseEvent, name: string, state: CaseState | undefined): LineParts {
  switch (event.type) {
    case 'InfoRequested':
      return [
        `${name} wrote ${reporterName(state, event.report)} a question, to be answered by `,
        timeThisYear(event.dueAt),
        '.',
      ]
    case 'InfoReceived':
      return [`The question to ${reporterName(state, event.report)} was answered: the case no longer needs info.`]
    case 'InfoMissed':
      return [
        `${capital(reporterName(state, event.report))} did not answer in time. A later reply is shown here, and a person can open the case again.`,
      ]
    case 'ReporterUpdated':
      return [`${name} told ${reporterName(state, event.report)} how far the case is.`]
    case 'ResendRequested':
      return [`${name} asked ${reporterName(state, event.report)} to send their mail again.`]
    case 'CaseReopened':
      return [`${name} opened the case again, as ${event.as}`, ...noteEnding(event.reason)]
    case 'LateMailSetAside':
      return [`${name} set aside the mail that nobody answered`, ...noteEnding(event.reason)]
    case 'CaseLinked':
      return [`${LINKED[event.as]} ${event.case}.`]
    case 'WaitingOnParty':
      return [`${name}: the case waits for `, outside(event.party, 'another party'), '.']
    case 'PartyAnswered':
      return [`${name}: the case no longer waits for another party.`]
    case 'VendorReferenceRecorded':
      return [
        `${name}: `,
        outside(event.to, 'another vendor'),
        ' handles the report under ',
        outside(event.reference, 'a number of theirs'),
        '.',
      ]
    case 'PublicationChosen':
      return [`${name}: ${PUBLICATION[event.publication]}`, ...noteEnding(event.reason)]
    default:
      return assertNever(event)
  }
}

const LINKED = {
  follows: 'This case follows',
  'followed-by': 'This case is followed by',
  'split-from': 'This case was split from',
  'split-into': 'Part of this case is now',
  'merged-from': 'This case took over',
} as const

const PUBLICATION = {
  release: 'it ends in a release',
  advisory: 'it ends in an advisory, with nothing to release',
  none: 'nothing is published',
} as const
