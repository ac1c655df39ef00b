import { boundReporters, hasNoReporterToAsk, notInTheOpen, openProposal } from '../state/embargo/terms.ts'
import type { Refusal } from '../vocabulary/decision.ts'
import { isSamePerson } from '../state/people/same-person.ts'
import { samePersonRefusal } from './same-person-refusal.ts'
import { aloneInSolo } from './alone-in-solo.ts'
import { defineGate, refuse } from './gate.ts'
import type { Context } from './gate.ts'

const LOGS_IT = {
  who: 'any team member',
  how: 'logs the reporter’s answer, and names the mail that contains it',
  verb: 'log-answer',
} as const

/** This gate can never be waived, because nobody may accept their own proposal. Silence is neither a yes nor a no. */
export const otherSide = defineGate({
  id: 'other-side',
  rule: 'The other side must agree to a proposed date.',
  check: (context) => {
    const { request } = context
    if (request.verb === 'embargo.accept') return acceptance(context)
    return request.verb === 'embargo.open' ? inTheOpen(context) : undefined
  },
  passes: ({ state: { em } }) =>
    'by' in em
      ? `The open proposal is from the ${em.by === 'reporter' ? 'reporter' : 'team'}.`
      : 'Nothing is proposed.',
  means:
    'An agreement takes both sides: the reporter accepts what the team proposed, and the team accepts what the reporter proposed.',
  instead:
    'The reporter answers by mail, and a team member logs the answer with `log-answer`. A reporter’s proposal is answered by a team member other than the one who logged it.',
})

function acceptance({ state, person, policy, whole }: Context): Refusal | undefined {
  const proposal = openProposal(state.em)
  if (proposal?.by !== 'team') return undefined
  if (boundReporters(state).length > 0)
    return refuse('other-side', 'The team proposed this date, so the reporter is the one who accepts it.', [
      { who: 'the reporter', how: 'answers by mail; silence counts neither as a yes nor as a no' },
      LOGS_IT,
    ])
  if (person === undefined || proposal.proposer === undefined || aloneInSolo(policy)) return undefined
  const one = isSamePerson(whole, proposal.proposer, person.id)
  if (one === 'perhaps') return samePersonRefusal('other-side', whole, proposal.proposer, person)
  if (one === 'no') return undefined
  return refuse('other-side', 'You proposed this date, and nobody accepts their own proposal.', [
    { who: `any team member but ${person.name}`, how: 'accepts or rejects it', verb: 'embargo.accept' },
  ])
}

function inTheOpen({ state }: Context): Refusal | undefined {
  if (hasNoReporterToAsk(state))
    return refuse('other-side', 'No reporter can be reached, so nobody can be asked whether to continue in public.', [
      {
        who: 'two people',
        how: 'end the embargo because no reporter can be reached; a planned release keeps its date',
        verb: 'embargo.end',
        instead: true,
      },
    ])
  const missing = notInTheOpen(state)
  if (missing.length === 0) return undefined
  const no = missing.some((report) => report.openly === false)
  return refuse(
    'other-side',
    no ? 'The reporter does not want to continue in public.' : 'The reporter has not agreed to continue in public.',
    [
      { who: 'the reporter', how: 'is asked, and answers by mail' },
      LOGS_IT,
      {
        who: 'two people',
        how: 'end the embargo early, if one of the possible reasons applies',
        verb: 'embargo.end',
        instead: true,
      },
    ],
  )
}
