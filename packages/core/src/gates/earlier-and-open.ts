import type { Lift } from '../vocabulary/decision.ts'
import type { CaseState } from '../state/state.ts'
import { maySee } from '../state/people/need-to-know.ts'
import { openSignals } from '../state/world/signals.ts'
import { noPublicationApproved } from './frozen.ts'
import { defineGate, refuse } from './gate.ts'
import type { Context } from './gate.ts'
import { noEarlierCaseNamed, refusalOfCase } from './other-case.ts'
import { on } from './facts.ts'

const another: readonly Lift[] = [{ who: 'you', how: 'name an earlier case that is open', verb: 'triage.duplicate' }]

/** The case into which a duplicate is merged, if the caller works on that case. */
export function earlierCase({ request, others, person }: Pick<Context, 'request' | 'others' | 'person'>) {
  const found = request.verb === 'triage.duplicate' ? others.get(request.of) : undefined
  return found?.kind === 'case' && maySee(found, person?.id) ? found : undefined
}

/**
 * A duplicate can be merged into an earlier case that is open, unpublished and not frozen, and on which the caller
 * works.
 */
export const earlierAndOpen = defineGate({
  id: 'earlier-and-open',
  rule: 'A duplicate can be merged only into an earlier case that is still open.',
  check: (context) => {
    const { state, request, others } = context
    if (request.verb !== 'triage.duplicate' || request.of === undefined) return undefined
    if (request.of === state.id)
      return refuse('earlier-and-open', 'A case cannot be a duplicate of itself.', another, { of: request.of })
    const other = earlierCase(context)
    // The refusal must be the same if the case does not exist and if the caller must not know about it.
    if (other === undefined)
      return refuse('earlier-and-open', 'There is no such case, or you do not work on it.', another)
    const release = other.release === undefined ? undefined : others.get(other.release)
    const facts = { of: other.id }
    if (other.rm === 'closed') {
      return refuse(
        'earlier-and-open',
        `${other.id} is closed.`,
        [{ who: 'any team member', how: `opens ${other.id} again` }, ...another],
        facts,
      )
    }
    if (release?.kind === 'release' && release.startedAt !== undefined) {
      return refuse(
        'earlier-and-open',
        `${other.id} is published, and its texts and credits are frozen.`,
        [{ who: 'any team member', how: 'triages this report as already fixed', verb: 'triage' }],
        facts,
      )
    }
    if (isLater(other, state))
      return refuse(
        'earlier-and-open',
        `${other.id} came later than this case.`,
        [{ who: 'any team member', how: `merges ${other.id} into this case, with a command in ${other.id}` }],
        facts,
      )
    if (openSignals(other).length > 0)
      return refuse(
        'frozen',
        `A signal on ${other.id} waits for a second person.`,
        [{ who: 'a second person', how: `says yes or no to it in ${other.id}` }],
        facts,
      )
    const ahead = noPublicationApproved.check({
      ...context,
      release: release?.kind === 'release' ? release : undefined,
    })
    return ahead === undefined ? undefined : refusalOfCase(ahead, other)
  },
  passes: ({ request, others }) => {
    const other = request.verb === 'triage.duplicate' ? others.get(request.of) : undefined
    return other?.kind === 'case'
      ? `${other.id} came${on(other.openedAt)} and is ${other.rm}.`
      : 'No other case is named.'
  },
  notAsked: noEarlierCaseNamed,
  means: 'The team continues with the case that came first, so the later one is merged into it.',
  instead: 'Name an earlier case that is open, reopen the earlier case with `reopen`, or merge in the other direction.',
})

/** Whether a case came after another. If both came at the same time, the number decides. */
export const isLater = (one: Pick<CaseState, 'openedAt' | 'id'>, than: Pick<CaseState, 'openedAt' | 'id'>): boolean =>
  one.openedAt > than.openedAt || (one.openedAt === than.openedAt && one.id > than.id)
