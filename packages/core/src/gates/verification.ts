import { branchesToFix } from '../state/stage.ts'
import type { Lift, Refusal } from '../vocabulary/decision.ts'
import type { Branch, CaseState, LivePatch } from '../state/state.ts'
import { reachableReports } from '../state/report/reachable.ts'
import { whoOf } from '../state/people/one-person.ts'
import { perhapsOne } from './possibly-one-person.ts'
import type { MessageId, PersonId } from '../shared/ids.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Person, Policy } from '../policy/schema.ts'
import { refuse } from './gate.ts'
import type { Context, Gate } from './gate.ts'

/** The branch that a confirmation is about: the named one, or the only one that waits. */
export function branchToConfirm(context: Pick<Context, 'request' | 'state'>): Branch | undefined {
  const { request, state } = context
  const named = 'branch' in request ? request.branch : undefined
  const waiting = branchesToFix(state).filter((branch) => branch.fix?.is === 'submitted')
  if (named !== undefined) return branchesToFix(state).find((branch) => branch.name === named)
  return waiting.length === 1 ? waiting[0] : undefined
}

/**
 * Whether this patch is a person's own: they wrote it, or they alone say that somebody else did. Who is alone attaches
 * the reporter's patch and looks at it too.
 */
export function isOwnPatch(fix: LivePatch, person: Person, policy: Policy): boolean {
  if (fix.author.kind === 'person' && fix.author.person === person.id) return true
  return fix.submitter === person.id && !aloneInSolo(policy)
}

const ownPatch = ({ author }: LivePatch, person: Person): string =>
  author.kind === 'person' && author.person === person.id
    ? 'You wrote this patch, and whoever did not write it confirms it.'
    : 'You submitted this patch in another’s name, and somebody else confirms it.'

const handsOn = ({ author, submitter }: LivePatch): readonly PersonId[] =>
  [author.kind === 'person' ? author.person : undefined, submitter].filter((id) => id !== undefined)

/** Two accounts may be one person: whoever may have written or submitted the patch says nothing of it either. */
export function perhapsOwnPatch(fix: LivePatch, person: Person, whole: Policy): Refusal | undefined {
  const who = whoOf(whole, handsOn(fix), person.id)
  return who?.one === 'perhaps' ? perhapsOne('verifier-is-not-author', whole, who.person, person) : undefined
}

/** Whether somebody surely had no hand in a patch. */
export const mayVerify = (fix: LivePatch, person: Person, policy: Policy): boolean =>
  !isOwnPatch(fix, person, policy) && perhapsOwnPatch(fix, person, policy) === undefined

/** Never waivable: nobody confirms their own patch. */
export const verifierIsNotAuthor: Gate = (context) => {
  const fix = branchToConfirm(context)?.fix
  const { person } = context
  if (fix === undefined || fix.is === 'assigned' || person === undefined) return undefined
  if (!isOwnPatch(fix, person, context.policy)) return perhapsOwnPatch(fix, person, context.whole)
  const because = ownPatch(fix, person)
  if (aloneInSolo(context.policy)) return refuse('verifier-is-not-author', because, waivedAlone(person.name))
  return refuse('verifier-is-not-author', because, [
    fix.verification?.of === 'reporter'
      ? { who: 'the reporter', how: 'answers by mail; another team member logs it', verb: 'log-answer' }
      : { who: `any team member but ${person.name}`, how: 'confirms it', verb: 'confirm' },
  ])
}

/** One person in the solo profile: nobody else is there to confirm. */
export const aloneInSolo = (policy: Policy): boolean => policy.profile === 'solo' && policy.people.length === 1

/** What lifts a missing verification where nobody else is: recorded as waived, never as verified. */
export const waivedAlone = (name: string): readonly Lift[] => [
  { who: name, how: 'goes on without it, with a reason that is recorded', verb: 'waive', waives: 'fix-ready' },
]

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

/** Nothing in it can be logged as the reporter's. Who writes to them at the address that is theirs reads what they mean. */
const NOT_PROVEN =
  'Since the reporter was asked, somebody wrote whose address is not proven to be theirs, and nobody has answered.'

const WRITE_TO_THEM: readonly Lift[] = [
  { who: 'any team member', how: 'writes to the reporter, and asks whether it was them', verb: 'reply' },
]

/** Whether one of these mails is proven to be the reporter's: then what it says can be logged. */
export const isOfTheReporter = ({ messages }: Pick<CaseState, 'messages'>, unread: readonly MessageId[]): boolean =>
  messages.some(({ message, from, trust }) => from === 'reporter' && trust !== 'failed' && unread.includes(message))

/** The reporter verifies the team's main patch; a team member may stand in after silence, with a reason. */
export const reporterVerified: Gate = (context) => {
  const { request, state, at } = context
  if (request.verb !== 'confirm' || !request.fixed) return undefined
  const fix = branchToConfirm(context)?.fix
  if (fix === undefined || fix.is === 'assigned' || fix.verification?.of !== 'reporter') return undefined
  if (state.cs.public !== undefined || state.cs.attacks !== undefined) return undefined
  if (reachableReports(state).length === 0) return undefined
  const { dueAt, undelivered, unread } = fix.verification
  if (undelivered === true) return refuse('reporter-verified', NOT_ASKED, ASK_AGAIN)
  if (unread !== undefined)
    return isOfTheReporter(state, unread)
      ? refuse('reporter-verified', NOT_SILENT, READ_IT)
      : refuse('reporter-verified', NOT_PROVEN, WRITE_TO_THEM)
  if (at >= dueAt && request.note !== undefined) return undefined
  const because =
    at >= dueAt
      ? 'The reporter was asked and is silent; standing in for them takes a reason.'
      : `The reporter was asked to verify this patch and has until ${isoInstant(dueAt)}.`
  return refuse('reporter-verified', because, [
    { who: 'the reporter', how: 'answers by mail; a team member who is not the author logs it', verb: 'log-answer' },
    {
      who: 'a team member who is not the author',
      how: `confirms it after ${isoInstant(dueAt)}, with a reason`,
      verb: 'confirm',
    },
  ])
}
