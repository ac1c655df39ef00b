import type { LoggedAnswer, PersonRequest } from '../vocabulary/command.ts'
import type { Decision } from '../vocabulary/decision.ts'
import { boundReporters, nextRound, openProposal } from '../state/embargo/terms.ts'
import type { Answer } from '../events/answers.ts'
import type { CaseEvent } from '../events/case-events.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { embargoNegotiable } from '../gates/embargo-negotiable.ts'
import { secrecyIntact } from '../gates/secrecy-intact.ts'
import { isSameReporter } from '../state/report/same-reporter.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Report, TakenIn } from '../state/state.ts'
import { endIsPast } from './embargo-answer.ts'
import { proposalId } from './embargo-until.ts'
import { nothingToDo, onCase, refused, senseless, you } from './decisions.ts'

type LogAnswer = Extract<PersonRequest, { verb: 'log-answer' }>

type AnswerContext = Context<LogAnswer>

/** The gates for a reporter's answer about the embargo. */
const TERMS_GATES: readonly Gate[] = [secrecyIntact, embargoNegotiable]

/**
 * Records a yes or no to the date that the team had proposed before the mail came. If no date was proposed, the answer
 * is about the embargo itself. A reporter whom the embargo does not bind was not asked about the date. So this
 * reporter's yes or no is about the date only if the mail names the date (`names`).
 */
export function loggedConsent(
  context: AnswerContext,
  mail: TakenIn,
  report: Report,
  { agreed }: Extract<LoggedAnswer, { about: 'consent' }>,
  names = false,
): Decision {
  const { state } = context
  const { message } = context.request
  const open = openProposal(state.em)
  const answers =
    open?.by === 'team' && mail.at >= open.proposedAt && (names || report.free !== true) ? open : undefined
  if (answers === undefined) return answered(context, report, { about: 'consent', agreed }, [])
  const answer: Answer = { about: 'consent', agreed, proposal: answers.proposal }
  const { proposal, end } = answers
  if (!agreed)
    return answered(context, report, answer, [{ type: 'EmbargoRejected', proposal, by: 'reporter', message }])
  const refusal = firstOf(context)
  if (refusal !== undefined) return refused(refusal)
  if (end <= context.at) return endIsPast(end)
  // One reporter's yes cannot bind another reporter, so every reporter whom the embargo binds must agree.
  const yes = [report, ...state.reports.filter(({ agreedTo }) => agreedTo === proposal)]
  const waitedFor = boundReporters(state).filter((one) => !yes.some((other) => isSameReporter(one, other)))
  if (waitedFor.length > 0) return answered(context, report, answer, [])
  return answered(context, report, answer, [{ type: 'EmbargoAccepted', proposal, by: 'reporter', end, message }])
}

/**
 * Records the date that a reporter names. The date that the team proposed and the current end of the embargo count as a
 * yes. Any other date is a counter-proposal.
 */
export function loggedDate(
  context: AnswerContext,
  mail: TakenIn,
  report: Report,
  { end }: Extract<LoggedAnswer, { about: 'embargo-date' }>,
): Decision {
  const { state, at } = context
  const { message } = context.request
  if (end <= at) return senseless(`${isoInstant(end)} is past.`, you('name the date as the reporter wrote it', 'read'))
  const refusal = firstOf(context)
  if (refusal !== undefined) return refused(refusal)
  const open = openProposal(state.em)
  if (open?.by === 'team' && open.end === end)
    return loggedConsent(context, mail, report, { about: 'consent', agreed: true }, true)
  // If the reporter names the current end of the embargo, this is a yes to that end and no new proposal.
  if (state.em.is === 'active' && state.em.end === end)
    return answered(context, report, { about: 'consent', agreed: true }, [])
  if (open?.by === 'reporter' && open.end === end) return nothingToDo('This date is logged already.')
  const because = nextRound(state)
  const round: readonly CaseEvent[] = because === undefined ? [] : [{ type: 'EmbargoRoundBegun', because }]
  const proposed: CaseEvent = {
    type: 'EmbargoProposed',
    proposal: proposalId(state),
    by: 'reporter',
    end,
    report: report.id,
    message,
  }
  return answered(context, report, { about: 'embargo-date', end }, [...round, proposed])
}

function firstOf(context: AnswerContext) {
  for (const gate of TERMS_GATES) {
    const refusal = gate.check(context)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

const answered = (context: AnswerContext, report: Report, answer: Answer, follows: readonly CaseEvent[]): Decision =>
  onCase(context, [
    { type: 'ReporterAnswered', report: report.id, answer, ...basisFields(context.request) },
    ...follows,
  ])

/** The fields of an event that is based on a mail: the mail, and whether the mail also asks something else. */
export const basisFields = ({ message, more }: LogAnswer) => ({ message, ...(more === undefined ? {} : { more }) })
