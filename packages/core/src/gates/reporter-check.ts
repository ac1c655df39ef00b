import type { Lift } from '../vocabulary/decision.ts'
import type { CaseState } from '../state/state.ts'
import { reachableReports } from '../state/report/reachable.ts'
import type { MessageId } from '../shared/ids.ts'
import { isoInstant, later } from '../shared/instant.ts'
import { branchToConfirm } from './branch-to-confirm.ts'
import { defineGate, refuse } from './gate.ts'
import { patchToConfirmFact } from './facts.ts'

const NOT_ASKED = 'The mail that asks the reporter did not arrive, so they are not silent.'

const ASK_AGAIN: readonly Lift[] = [
  { who: 'you', how: 'send it again, or say that they have it in another way', verb: 'settle' },
  { who: 'the reporter', how: 'answers by mail; a team member who is not the author logs it', verb: 'log-answer' },
]

const NOT_SILENT = 'The reporter wrote since they were asked, and nobody has read an answer in it or answered it.'

const READ_IT: readonly Lift[] = [
  { who: 'a team member who is not the author', how: 'logs what the mail says of the patch', verb: 'log-answer' },
  { who: 'any team member', how: 'answers it, where it says nothing of the patch', verb: 'reply' },
]

/** Such a mail cannot be logged as the reporter's answer. Asking them at their known address clears it up. */
const NOT_PROVEN =
  'Since the reporter was asked, somebody wrote whose address is not proven to be theirs, and nobody has answered.'

const WRITE_TO_THEM: readonly Lift[] = [
  { who: 'any team member', how: 'writes to the reporter, and asks whether it was them', verb: 'reply' },
]

/** Whether one of these mails is proven to be the reporter's and can be logged as their answer. */
export const isOfTheReporter = ({ messages }: Pick<CaseState, 'messages'>, unread: readonly MessageId[]): boolean =>
  messages.some(({ message, from, trust }) => from === 'reporter' && trust !== 'failed' && unread.includes(message))

/** The reporter verifies the team's main patch; after silence a team member may do it, with a reason. */
export const reporterCheck = defineGate({
  id: 'reporter-check',
  rule: 'The reporter is the first who may check the team’s main patch.',
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
      { who: 'the reporter', how: 'answers by mail; a team member who is not the author logs it', verb: 'log-answer' },
      at < dueAt
        ? {
            who: 'a team member who is not the author',
            how: `confirms it after ${isoInstant(dueAt)}, with a reason`,
            from: later(dueAt, 1),
            verb: 'confirm',
          }
        : { who: 'a team member who is not the author', how: 'confirms it, with a reason', verb: 'confirm' },
    ])
  },
  passes: patchToConfirmFact,
  waiverSubject: (context) => {
    // Exactly this patch: the reporter is asked again about a changed one.
    const branch = branchToConfirm(context)
    if (branch?.fix === undefined || branch.fix.is === 'assigned') return undefined
    const { sha256 } = branch.fix
    return { key: `${branch.name}/${sha256}`, about: `the patch for ${branch.name}, sha256 ${sha256.slice(0, 16)}` }
  },
  means:
    'The reporter knows best whether the vulnerability is fixed. A team member may verify instead when there is no reachable reporter, when anything is public or attacked, and after the silence of `clocks.reporterVerification`, with a reason. A reporter who wrote since they were asked is not silent, until their mail is logged or answered. If nothing proves that the mail is theirs, it counts until somebody writes to them.',
  instead:
    'The reporter answers by mail, and somebody who is not the author logs it with `log-answer`; or the time passes, and a team member confirms with a reason; or two people waive it for this patch with `waive`.',
})
