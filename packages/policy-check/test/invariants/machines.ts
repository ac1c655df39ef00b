import { cases, person, sameRound } from './invariant.ts'
import type { Invariant } from './invariant.ts'
import type { CaseState, RecordedEvent } from '@embargo/core'
import { EM, isState, lettersOf, mayComeTrue, RM } from './vultron.ts'

export const MACHINES: readonly Invariant[] = [
  {
    name: 'report management made a move that Vultron has not',
    broken: (execution) =>
      cases(execution)
        .filter(sameRound)
        .some(({ before, after: next }) => before.rm !== next.rm && !RM[before.rm].includes(next.rm)),
  },
  {
    name: 'the embargo made a move that Vultron has not',
    broken: (execution) =>
      cases(execution)
        .filter(sameRound)
        .some(
          ({ one, before, after: next }) =>
            startsNoRound(one.recorded) && !EM[before.em.is].includes(next.em.is) && before.em.is !== next.em.is,
        ),
  },
  {
    name: 'an embargo was proposed, accepted or revised while the vulnerability is known or attacked',
    broken: (execution) =>
      cases(execution).some(
        ({ one, before }) =>
          ['EmbargoProposed', 'EmbargoAccepted', 'RevisionProposed', 'RevisionAccepted'].includes(
            one.recorded.event.type,
          ) && ['P', 'X', 'A'].some((letter) => [...lettersOf(before.cs)].some((known) => known === letter)),
      ),
  },
  {
    name: 'a history of V, F, D, P, X, A that Vultron has not',
    broken: (execution) => cases(execution).some(illegalLetters),
  },
  {
    name: 'a patch was verified that nobody had submitted, or one of another hash',
    broken: (execution) =>
      cases(execution).some(({ one, before }) => {
        const { event } = one.recorded
        if (event.type !== 'FixVerified') return false
        const fix = before.branches.find((branch) => branch.name === event.branch)?.fix
        return fix?.is !== 'submitted' || fix.sha256 !== event.sha256
      }),
  },
  {
    name: 'a submitted patch is not the live one, is verified before anybody looked, or nobody knows who submitted it',
    broken: (execution) =>
      cases(execution).some(({ one, after: next }) => {
        const { event } = one.recorded
        if (event.type !== 'PatchSubmitted') return false
        const fix = next.branches.find((branch) => branch.name === event.branch)?.fix
        return fix?.is !== 'submitted' || fix.sha256 !== event.sha256 || fix.submitter !== person(execution)
      }),
  },
]

/**
 * False for the event that begins a further round of an embargo after an earlier round ended. A new round resets the
 * state machine.
 */
const startsNoRound = ({ event }: RecordedEvent): boolean => event.type !== 'EmbargoRoundBegun'

function illegalLetters({ before, after: next }: { before: CaseState; after: CaseState }): boolean {
  const was = lettersOf(before.cs)
  const is = lettersOf(next.cs)
  const came = [...is].filter((letter) => !was.has(letter))
  const went = [...was].filter((letter) => !is.has(letter))
  if (came.length > 1 || !isState(is)) return true
  // If a fact (a letter) was retracted, it counts as if it had never been true. So the order of the facts is not
  // checked then. It is enough that the remaining letters form a legal state, which `isState` checks above.
  return went.length === 0 && came.some((letter) => !mayComeTrue(letter, was))
}
