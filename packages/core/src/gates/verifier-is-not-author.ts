import type { Lift, Refusal } from '../vocabulary/decision.ts'
import type { LivePatch } from '../state/fix/state.ts'
import { matchingPerson } from '../state/people/same-person.ts'
import { samePersonRefusal } from './same-person-refusal.ts'
import type { PersonId } from '../shared/ids.ts'
import type { Person, Policy } from '../policy/schema.ts'
import { aloneInSolo, asksReporter, soloCheckLifts } from './alone-in-solo.ts'
import { branchToConfirm } from './branch-to-confirm.ts'
import { freeTeam } from '../state/people/access.ts'
import { defineGate, refuse } from './gate.ts'
import type { Context } from './gate.ts'
import { patchToConfirmFact } from './facts.ts'

/**
 * Whether a patch counts as a person's own, because they wrote or submitted it. Exception: a maintainer who works alone
 * may confirm a patch that they submitted for the reporter.
 */
export function isOwnPatch(fix: LivePatch, person: Person, policy: Policy): boolean {
  if (fix.author.kind === 'person' && fix.author.person === person.id) return true
  return fix.submitter === person.id && !aloneInSolo(policy)
}

const ownPatch = ({ author }: LivePatch, person: Person): string =>
  author.kind === 'person' && author.person === person.id
    ? 'You wrote this patch, so somebody else must confirm it.'
    : 'You submitted this patch in another person’s name, so somebody else must confirm it.'

export const handsOn = ({ author, submitter }: LivePatch): readonly PersonId[] =>
  [author.kind === 'person' ? author.person : undefined, submitter].filter((id) => id !== undefined)

/**
 * Two accounts may belong to one person, so an account that may belong to the author or the submitter cannot confirm
 * the patch either.
 */
export function possiblyOwnPatch(fix: LivePatch, person: Person, whole: Policy): Refusal | undefined {
  const match = matchingPerson(whole, handsOn(fix), person.id)
  return match?.one === 'perhaps' ? samePersonRefusal('verifier-is-not-author', whole, match.person, person) : undefined
}

/** Whether it is certain that a person neither wrote nor submitted a patch. */
export const mayVerify = (fix: LivePatch, person: Person, policy: Policy): boolean =>
  !isOwnPatch(fix, person, policy) && possiblyOwnPatch(fix, person, policy) === undefined

const instead = (lifts: readonly Lift[]): readonly Lift[] => lifts.map((lift) => ({ ...lift, instead: true }))

const ANOTHER_PATCH: Lift = {
  who: 'you',
  how: 'submit another patch, which must then be checked too',
  verb: 'patch',
  instead: true,
}

/** What lifts the refusal when everybody on the case wrote or submitted the patch. */
export const somebodyWithoutHand = ({ whole, state }: Pick<Context, 'whole' | 'state'>): Lift =>
  whole.people.some(({ id }) => state.people[id] === undefined)
    ? {
        who: 'any team member',
        how: 'invites somebody who neither wrote nor submitted it',
        verb: 'people.invite',
        instead: true,
      }
    : { who: 'an admin', how: 'adds another person to the policy: one who neither wrote nor submitted the patch' }

/** This gate can never be waived: nobody confirms their own patch. */
export const verifierIsNotAuthor = defineGate({
  id: 'verifier-is-not-author',
  rule: 'Nobody confirms their own patch.',
  check: (context) => {
    const fix = branchToConfirm(context)?.fix
    const { person } = context
    const { request } = context
    if (fix === undefined || fix.is === 'assigned' || fix.is === 'changes-requested' || person === undefined)
      return undefined
    // Confirming a verified patch again would change nothing, so it is not refused.
    if (fix.is === 'verified' && request.verb === 'confirm' && request.fixed) return undefined
    if (!isOwnPatch(fix, person, context.policy)) return possiblyOwnPatch(fix, person, context.whole)
    const because = ownPatch(fix, person)
    if (fix.is === 'verified') return refuse('verifier-is-not-author', because, [ANOTHER_PATCH])
    if (aloneInSolo(context.policy))
      return refuse(
        'verifier-is-not-author',
        because,
        instead(soloCheckLifts(person.name, asksReporter(context.state, fix))),
      )
    if (!freeTeam(context.policy, context.state).some((one) => mayVerify(fix, one, context.policy)))
      return refuse('verifier-is-not-author', because, [somebodyWithoutHand(context)])
    return refuse('verifier-is-not-author', because, [
      fix.verification?.of === 'reporter'
        ? {
            who: 'the reporter',
            how: 'answers by mail; another team member logs it',
            verb: 'log-answer',
            instead: true,
          }
        : { who: `any team member but ${person.name}`, how: 'confirms it', verb: 'confirm' },
    ])
  },
  passes: patchToConfirmFact,
  means:
    'A patch is recorded with its author and with the person who submitted it in the author’s name, if any. Neither can confirm it.',
  instead:
    'Somebody else confirms the patch. In the solo profile, a maintainer who is alone asks the reporter whether the patch works, and logs the answer. If no answer comes, the maintainer waives the rule `fix` for the branch, and its patch is recorded as unverified.',
})
