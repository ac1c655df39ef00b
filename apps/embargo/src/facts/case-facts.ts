import { addresseeKey, doubtsOf, isoInstant, outlook, unreadMails, pendingCommand } from '@embargo/core'
import type {
  Approval,
  CaseState,
  Doubt,
  Effect,
  Instant,
  PersonId,
  Policy,
  Refusal,
  Remediator,
  World,
} from '@embargo/core'
import type { CaseFacts } from './schema.ts'

type Branch = CaseState['branches'][number]

/** The state of a case as data, by the same rules as `/status`; undefined if there is no such case. */
export function caseFacts(request: {
  policy: Policy
  world: World
  at: Instant
  viewer: PersonId | undefined
  effects: readonly { readonly effect: Effect; readonly state: string }[]
}): CaseFacts | undefined {
  const { policy, world, at, viewer, effects } = request
  const { case: state, release } = world
  const seen = outlook(policy, world, at, viewer)
  if (state === undefined || seen === undefined) return undefined
  return {
    is: 'case',
    case: state.id,
    project: state.project,
    open: state.rm !== 'closed',
    stage: seen.stage,
    flags: [...seen.flags],
    severity: state.severity ?? null,
    coordinator: state.coordinator ?? null,
    openedAt: isoInstant(state.openedAt),
    embargo: { state: state.em.is, end: 'end' in state.em ? isoInstant(state.em.end) : null },
    next: {
      action: seen.next.action,
      owner: seen.next.owner,
      verb: seen.next.verb ?? null,
      due: iso(seen.next.due),
    },
    clocks: seen.clocks.map(({ clock, about, owner, due }) => ({ clock, about, owner, due: isoInstant(due) })),
    missing: seen.missing.map(({ toward, refusal }) => ({ toward, ...gateFacts(refusal) })),
    branches: state.branches.map(branchFacts),
    release: release === undefined ? null : releaseFacts(release),
    recipients: {
      told: release?.prenotified.filter((one) => one.sentAt !== undefined).length ?? 0,
      of: release?.prenotified.length ?? 0,
    },
    approvals: seen.openApprovals.map(approvalFacts),
    waivers: state.waivers.map(({ gate, about, reason, askedBy, by, at: when }) => ({
      gate,
      for: about,
      reason,
      askedBy,
      approvedBy: by ?? null,
      at: isoInstant(when),
    })),
    mails: {
      unanswered: unreadMails(state).length,
      waiting: effects.flatMap(mailFacts),
      lost: doubtsOf(state, release).flatMap(lostFacts),
    },
  }
}

/** A refusal as data; its instants remain in ISO format. */
export const gateFacts = ({ gate, because, facts, liftedBy }: Refusal) => ({
  gate,
  because,
  facts: { ...facts },
  liftedBy: liftedBy.map(({ who, how, verb }) => ({ who, how, verb: verb ?? null })),
})

const iso = (at: Instant | undefined): string | null => (at === undefined ? null : isoInstant(at))

const remediator = (person: Remediator): string => (person.kind === 'reporter' ? 'reporter' : person.person)

function branchFacts({ name, affected, supported, fix, waived }: Branch): CaseFacts['branches'][number] {
  return {
    name,
    affected,
    supported,
    fix: waived === undefined ? (fix?.is ?? 'none') : waived.kind === 'unverified' ? 'not-verified' : 'not-fixed',
    remediator: fix === undefined ? null : remediator(fix.remediator),
    author: fix === undefined || fix.is === 'assigned' ? null : remediator(fix.author),
    verifier: fix?.is === 'verified' ? remediator(fix.verifier) : null,
    sha256: fix === undefined || fix.is === 'assigned' ? null : fix.sha256,
  }
}

function releaseFacts(release: NonNullable<World['release']>): CaseFacts['release'] {
  return {
    id: release.id,
    state: release.is,
    at: iso(release.at),
    cases: [...release.cases],
    disclosedAt: iso(release.disclosedAt),
    steps: release.steps.map((one) => ({ step: one.step, state: stepState(one) })),
  }
}

type StepFacts = NonNullable<CaseFacts['release']>['steps'][number]

function stepState({ doneAt, leftOut, failed }: NonNullable<World['release']>['steps'][number]): StepFacts['state'] {
  if (doneAt !== undefined) return 'done'
  if (leftOut !== undefined) return 'left out'
  return failed === undefined ? 'waiting' : 'failed'
}

function approvalFacts(approval: Approval): CaseFacts['approvals'][number] {
  const { id, mode, by, askedAt, notBefore, digest } = approval
  return {
    id,
    command: commandOf(approval),
    mode,
    askedBy: by,
    askedAt: isoInstant(askedAt),
    notBefore: isoInstant(notBefore),
    digest,
  }
}

/** The verb of a pending command; null for a command that a newer program wrote. */
function commandOf(approval: Approval): string | null {
  try {
    return pendingCommand(approval).verb
  } catch {
    return null
  }
}

const lostFacts = ({ letter, to, doubt, because }: Doubt): CaseFacts['mails']['lost'] =>
  doubt || letter === undefined || to === undefined ? [] : [{ letter, to, because }]

function mailFacts({
  effect,
  state,
}: {
  readonly effect: Effect
  readonly state: string
}): CaseFacts['mails']['waiting'] {
  if (effect.kind !== 'send-mail') return []
  const to = addresseeKey(effect.to)
  return state === 'pending' || state === 'leased' || state === 'parked' || state === 'failed'
    ? [{ letter: effect.letter, to, state }]
    : []
}
