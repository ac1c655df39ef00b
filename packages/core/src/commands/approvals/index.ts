import type { Append, Refusal, World } from '../../vocabulary/decision.ts'
import type { Approval, CaseState } from '../../state/state.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import type { Gate } from '../../gates/gate.ts'
import type { Context } from '../../gates/gate.ts'
import { policyFor } from '../../state/policy-for.ts'
import type { Policy } from '../../policy/schema.ts'
import type { HeadsUpCorrection } from '../../state/release/heads-up.ts'
import type { PlannedDocument } from '../../effects/publication/planned-documents.ts'
import type { PlannedMail } from '../../effects/publication/planned-mails.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type {
  PendingCommand,
  PersonRequest,
  PersonVerb,
  RequestOf,
  ShownCommand,
  TwoPersonVerb,
} from '../../vocabulary/command.ts'
import { byVerb } from '../by-verb.ts'
import * as requests from '../two-person-requests.ts'
import type { ApprovedContent, DateChange, RequiredApprover, TwoPersonRule, PendingContext } from './two-person-rule.ts'

/**
 * The requests that are shown first and then carried out exactly as shown, by verb. Each takes two people, except
 * `correct.cve`, which may take one.
 */
const REQUESTS: { readonly [V in ShownCommand['verb']]: { readonly twoPeople: TwoPersonRule<RequestOf<V>> } } = byVerb(
  Object.values(requests),
)

const isTwoPersonVerb = (verb: unknown): verb is TwoPersonVerb =>
  typeof verb === 'string' && verb !== 'correct.cve' && Object.hasOwn(REQUESTS, verb)

export const TWO_PERSON_VERBS: ReadonlySet<PersonVerb> = new Set(Object.keys(REQUESTS).filter(isTwoPersonVerb))

export const takesTwoPeople = (request: PersonRequest): request is PendingCommand =>
  request.verb === 'correct.cve' ? request.waive !== undefined : isTwoPersonVerb(request.verb)

/**
 * The command that an approval runs. @throws if the text that the approval stores is not a valid `PendingCommand`,
 * which means that the log is damaged
 */
export function pendingCommand(approval: Approval): PendingCommand {
  const request: unknown = JSON.parse(approval.asked)
  const verb = verbOf(request)
  return ruleFor(verb).waits.parse(request)
}

function verbOf(request: unknown): PendingCommand['verb'] {
  const verb = typeof request === 'object' && request !== null && 'verb' in request ? request.verb : undefined
  if (verb !== 'correct.cve' && !isTwoPersonVerb(verb))
    throw new Error('an approval waits for a command that nobody knows')
  return verb
}

const ruleFor = <V extends ShownCommand['verb']>(verb: V): TwoPersonRule<RequestOf<V>> => REQUESTS[verb].twoPeople

export const approvalGates = (waiting: PendingCommand): readonly Gate[] => ruleFor(waiting.verb).gates

/** The approver who would be required if the approval were requested now. */
export const requiredApprover = (context: Context<PendingCommand>): RequiredApprover =>
  ruleFor(context.request.verb).approver(context)

export const runApproved = (context: Context<PendingCommand>, approved: ApprovedContent): readonly Append[] =>
  ruleFor(context.request.verb).run(context, approved)

/** What a preview shows: the complete command, sentences that say what it does, and every mail. */
export type CommandPreview = {
  readonly waiting: ShownCommand
  readonly sentences: readonly string[]
  readonly mails: readonly PlannedMail[]
  readonly documents: readonly PlannedDocument[]
  readonly releaseAt?: Instant
  /** The case as it is after the command. Set if the texts describe that state. */
  readonly after?: CaseState
  /** The cases that the mails are about, if they are not about all cases of the release. */
  readonly about?: readonly CaseId[]
  readonly moved?: DateChange
  readonly headsUp?: HeadsUpCorrection
  readonly because?: string
  /** If a person wrote the text of the mails: the event that contains the text. */
  readonly mailed?: CaseEvent
}

/** The complete command, as it would be shown for approval, or the reason why it cannot be completed. */
export function completeRequest(
  everywhere: Policy,
  world: World,
  request: ShownCommand,
  at: Instant,
): ShownCommand | Refusal | undefined {
  const seen = seenAt(everywhere, world, request, at)
  return seen && ruleFor(request.verb).complete(seen)
}

function seenAt(
  everywhere: Policy,
  world: World,
  request: ShownCommand,
  at: Instant,
): PendingContext<ShownCommand> | undefined {
  const { case: state, release, others, findings = [] } = world
  if (state === undefined) return undefined
  return { policy: policyFor(everywhere, state), whole: everywhere, state, release, others, findings, at, request }
}

/** What a command that takes two people would do now, or why it cannot be shown. */
export function previewCommand(
  everywhere: Policy,
  world: World,
  request: ShownCommand,
  at: Instant,
): CommandPreview | Refusal | undefined {
  const seen = seenAt(everywhere, world, request, at)
  if (seen === undefined) return undefined
  const second = ruleFor(request.verb)
  const waiting = second.complete(seen)
  if ('gate' in waiting) return waiting
  const whole = { ...seen, request: waiting }
  const releaseAt = second.releaseAt(whole)
  const about = second.about?.(whole)
  const after = second.after?.(whole)
  const moved = second.moved?.(whole)
  const headsUp = second.headsUp?.(whole)
  const because = second.because?.(whole)
  const mailed = second.mailed?.(whole)
  return {
    waiting,
    sentences: second.preview(whole),
    mails: second.mails(whole),
    documents: second.documents?.(whole) ?? [],
    ...(releaseAt === undefined ? {} : { releaseAt }),
    ...(about === undefined ? {} : { about }),
    ...(after === undefined ? {} : { after }),
    ...(moved === undefined ? {} : { moved }),
    ...(headsUp === undefined ? {} : { headsUp }),
    ...(because === undefined ? {} : { because }),
    ...(mailed === undefined ? {} : { mailed }),
  }
}
