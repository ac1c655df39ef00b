import type { PendingCommand } from '../../vocabulary/command.ts'
import type { Append, Decision, World } from '../../vocabulary/decision.ts'
import { policyFor } from '../../state/policy-for.ts'
import { personOf } from '../../state/people/directory.ts'
import type { Context } from '../../gates/gate.ts'
import { ask } from '../../gates/waivers/ask.ts'
import type { Policy } from '../../policy/schema.ts'
import { Sha256 } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import { VOID_CAUSES, voidedBy } from '../approvals/void-causes.ts'
import { approvalGates, runApproved, pendingCommand } from '../approvals/index.ts'

/**
 * Accepts a request that nobody refused in time, if silence counts as a yes for the request. Every gate is checked
 * again. If a gate refuses, the request is void. The requester's role is not checked again: the request is a signal,
 * and a signal reports a fact, such as an attack.
 */
export function lazyConsensus(whole: Policy, world: World, id: string | undefined, at: Instant): Decision | undefined {
  const { case: state, release, others } = world
  const approval = state?.approvals.find((one) => one.id === id && one.status === 'open')
  if (state === undefined || approval === undefined) return undefined
  const { yesFrom } = approval
  if (yesFrom === undefined || at < yesFrom) return undefined
  const context: Context<PendingCommand> = {
    policy: policyFor(whole, state),
    whole,
    state,
    release,
    others,
    actor: { kind: 'system', part: 'clock' },
    person: undefined,
    asker: personOf(whole, approval.by),
    at,
    request: pendingCommand(approval),
  }
  const because = refusedNow(context)
  if (because !== undefined)
    return {
      ok: true,
      appends: [
        { stream: state.id, events: voidedBy(VOID_CAUSES.brokenRule, state, { approval: approval.id, because }) },
      ],
    }
  const given: Append = { stream: state.id, events: [{ type: 'ApprovalGiven', approval: approval.id }] }
  const done = runApproved(context, {
    digest: Sha256.parse(approval.digest),
    mails: [],
    documents: [],
    asker: approval.by,
  })
  const ofCase = done.filter(({ stream }) => stream === state.id).flatMap(({ events }) => events)
  const rest = done.filter(({ stream }) => stream !== state.id)
  return { ok: true, appends: [{ ...given, events: [...given.events, ...ofCase] }, ...rest] }
}

const refusedNow = (context: Context<PendingCommand>): string | undefined =>
  approvalGates(context.request)
    .map((gate) => ask(gate, context)?.because)
    .find((because) => because !== undefined)
