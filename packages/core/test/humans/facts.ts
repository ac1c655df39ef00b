import { pendingCommand } from '../../src/index.ts'
import type { Actor, CaseState, Effect, Event, Instant, PersonId, Policy, Request, World } from '../../src/index.ts'
import { previewOf } from '@embargo/policy-check'
import { humanActing, humanOf } from './household.ts'

/** One command that passed, with its result and the humans who wrote or attached each patch. */
export type Execution = {
  readonly policy: Policy
  readonly actor: Actor
  readonly request: Request
  readonly now: Instant
  readonly before: World
  readonly after: World
  readonly events: readonly Event[]
  readonly effects: readonly Effect[]
  /** For each patch, by its hash: the humans who wrote it or attached it. */
  readonly hands: ReadonlyMap<string, ReadonlySet<string>>
}

type Fact = { readonly name: string; readonly broken: (execution: Execution) => boolean }

const of = <T extends Event['type']>({ events }: Execution, type: T) =>
  events.filter((event): event is Extract<Event, { type: T }> => event.type === type)

const approvals = ({ before }: Execution, approval: string) => before.case?.approvals.find(({ id }) => id === approval)

/** The people who were removed from the case, have a conflict of interest, or reported the vulnerability. */
const outOf = (state: CaseState): readonly PersonId[] => [
  ...(Object.keys({ ...state.removed, ...state.conflicts }) as PersonId[]),
  ...authorsOf(state),
]
const authorsOf = ({ reports }: CaseState): readonly PersonId[] =>
  reports.flatMap(({ person }) => (person === undefined ? [] : [person]))

/** Facts about humans that must always hold. These checks do not ask core which accounts may belong to one person. */
export const FACTS: readonly Fact[] = [
  {
    name: 'one human fills both seats',
    broken: (execution) =>
      of(execution, 'ApprovalGiven').some(({ approval, by }) => {
        const before = approvals(execution, approval)
        const alone = before?.aloneFrom !== undefined && execution.now >= before.aloneFrom
        return (
          before !== undefined &&
          by !== undefined &&
          !alone &&
          humanOf(execution.policy, before.by) === humanOf(execution.policy, by)
        )
      }),
  },
  {
    name: 'something runs on an approval of something else',
    broken: (execution) =>
      of(execution, 'ApprovalGiven').some(({ approval, by }) => {
        const before = approvals(execution, approval)
        if (before === undefined || by === undefined) return false
        return (
          previewOf(execution.policy, execution.before, pendingCommand(before), execution.now).digest !== before.digest
        )
      }),
  },
  {
    name: 'a human says of their own patch that it fixes anything',
    broken: (execution) =>
      of(execution, 'FixVerified').some(
        ({ sha256 }) => execution.hands.get(sha256)?.has(humanActing(execution.actor) ?? '') === true,
      ),
  },
  {
    name: 'a human who was put out is on the case with another account',
    broken: ({ policy, after: { case: state } }) => {
      if (state === undefined) return false
      const out = new Set(outOf(state).map((id) => humanOf(policy, id)))
      return (Object.keys(state.people) as PersonId[]).some((id) => out.has(humanOf(policy, id)))
    },
  },
  {
    name: 'a human acts who has a conflict or reported it',
    broken: ({ policy, actor, request, events, before: { case: state } }) => {
      if (state === undefined || 'stream' in request || actor.kind !== 'person' || events.length === 0) return false
      const barred = [...(Object.keys(state.conflicts ?? {}) as PersonId[]), ...authorsOf(state)]
      return barred.some((id) => humanOf(policy, id) === humanActing(actor))
    },
  },
  {
    name: 'a mail goes to a recipient who is suspended',
    broken: ({ before, after, effects }) => {
      const suspended = [before, after].map(
        ({ release }) =>
          new Set(release?.prenotified.flatMap((one) => (one.suspendedAt === undefined ? [] : [one.recipient]))),
      )
      return effects.some((effect) => {
        const to = effect.kind === 'send-mail' && effect.to.kind === 'recipient' ? effect.to.recipient : undefined
        return to !== undefined && suspended.every((some) => some.has(to))
      })
    },
  },
  {
    name: 'an answer is logged from a mail that the reporter did not write',
    broken: (execution) =>
      of(execution, 'ReporterAnswered').some(({ message }) => {
        if (message === undefined) return false
        const mail = execution.before.case?.messages.find((one) => one.message === message)
        return mail === undefined || mail.automatic === true || mail.trust === 'failed' || mail.from !== 'reporter'
      }),
  },
]
