import type { Lift } from '../vocabulary/decision.ts'
import type { CaseState } from '../state/state.ts'
import { reachableReports } from '../state/report/reachability.ts'
import type { MessageId } from '../shared/ids.ts'
import { isoInstant, later } from '../shared/instant.ts'
import { branchToConfirm } from './branch-to-confirm.ts'
import { defineGate, refuse } from './gate.ts'
import { patchToConfirmFact } from './facts.ts'

const NOT_ASKED = 'The mail that asks the reporter did not arrive, so their silence does not count.'

const ASK_AGAIN: readonly Lift[] = [
  { who: 'you', how: 'send the mail again, or say that the reporter got it in another way', verb: 'settle' },
  {
    who: 'the reporter',
    how: 'answers by mail; the answer is logged by a team member who did not write the patch',
    verb: 'log-answer',
  },
]

const NOT_SILENT =
  'The reporter has written since they were asked, and nobody has logged that mail as an answer or replied to it.'

const READ_IT: readonly Lift[] = [
  {
    who: 'a team member who did not write the patch',
    how: 'logs what the mail says about the patch',
    verb: 'log-answer',
  },
  { who: 'any team member', how: 'replies to the mail, if it says nothing about the patch', verb: 'reply' },
]

/**
 * A mail that is not proven to be the reporter's cannot be logged as their answer. The team must write to the
 * reporter's known address and ask whether the mail is theirs.
 */
const NOT_PROVEN =
  'Since the reporter was asked, a mail came from an address that is not proven to be theirs, and nobody has replied to it.'

const WRITE_TO_THEM: readonly Lift[] = [
  { who: 'any team member', how: 'writes to the reporter, and asks whether it was them', verb: 'reply' },
]

/** Whether one of these mails counts as the reporter's and can be logged as their answer. */
export const isOfTheReporter = ({ messages }: Pick<CaseState, 'messages'>, unread: readonly MessageId[]): boolean =>
  messages.some(({ message, from, trust }) => from === 'reporter' && trust !== 'failed' && unread.includes(message))

/**
 * The reporter verifies the team's main patch. If the reporter does not answer, a team member may verify it and must
 * give a reason.
 */
export const reporterCheck = defineGate({
  id: 'reporter-check',
  rule: 'The reporter must get the chance to check the team’s main patch first.',
  check: (context) => {
    const { request, state, at } = context
    if (request.verb !== 'confirm' || !request.fixed) return undefined
    const fix = branchToConfirm(context)?.fix
    if (fix?.is !== 'submitted' || fix.verification?.of !== 'reporter') return undefined
    if (state.cs.public !== undefined || state.cs.attacks !== undefined) return undefined
    if (reachableReports(state).length === 0) return undefined
    const { dueAt, undelivered, unread } = fix.verification
    if (undelivered === true) return refuse('reporter-check', NOT_ASKED, ASK_AGAIN)
    if (unread !== undefined)
      return isOfTheReporter(state, unread)
        ? refuse('reporter-check', NOT_SILENT, READ_IT)
        : refuse('reporter-check', NOT_PROVEN, WRITE_TO_THEM)
    if (at >= dueAt && request.note !== undefined) return undefined
    const because =
      at >= dueAt
        ? 'The reporter was asked and has not answered; confirming in their place takes a reason.'
        : `The reporter was asked to verify this patch and has until ${isoInstant(dueAt)}.`
    return refuse('reporter-check', because, [
      {
        who: 'the reporter',
        how: 'answers by mail; the answer is logged by a team member who did not write the patch',
        verb: 'log-answer',
      },
      at < dueAt
        ? {
            who: 'a team member who did not write the patch',
            how: `confirms it after ${isoInstant(dueAt)}, with a reason`,
            from: later(dueAt, 1),
            verb: 'confirm',
          }
        : { who: 'a team member who did not write the patch', how: 'confirms it, with a reason', verb: 'confirm' },
    ])
  },
  passes: patchToConfirmFact,
  waiverSubject: (context) => {
    // The waiver is for exactly this patch. If the patch changes, the reporter is asked again.
    const branch = branchToConfirm(context)
    if (branch?.fix === undefined || branch.fix.is === 'assigned') return undefined
    const { sha256 } = branch.fix
    return { key: `${branch.name}/${sha256}`, about: `the patch for ${branch.name}, sha256 ${sha256.slice(0, 16)}` }
  },
  means:
    'The reporter knows best whether the vulnerability is fixed. A team member can verify the patch instead if no reporter can be reached, if the vulnerability is public or attacked, or, with a reason, if the reporter is silent for `clocks.reporterVerification`. Silence does not count while a mail that the reporter sent after being asked is neither logged nor answered. If nothing proves that the mail is theirs, somebody must first write to the reporter.',
  instead:
    'The reporter answers by mail, and the answer is logged with `log-answer` by somebody who did not write the patch; or, after the time for an answer, a team member confirms the patch with a reason; or two people waive this rule for this patch with `waive`.',
})
