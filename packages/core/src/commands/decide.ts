import type { PolicyInForce, Policy } from '../policy/schema.ts'
import { COMMON_GATES } from '../gates/common.ts'
import type { Context } from '../gates/gate.ts'
import { refuse } from '../gates/gate.ts'
import { refusalOfPractice } from '../gates/practice.ts'
import { policyFor } from '../state/policy-for.ts'
import { ask } from '../gates/waivers/ask.ts'
import { personOf } from '../state/people/directory.ts'
import { mergeIdentities, recordMergedIdentities } from '../state/people/merge-identities.ts'
import { withAbsences } from './people/record-absence.ts'
import { decideDirectory, isDirectoryRequest } from './people/directory-request.ts'
import { assertNever } from '../shared/assert-never.ts'
import type { Instant } from '../shared/instant.ts'
import { decideForPerson, gatesOf } from './index.ts'
import { aboutToOpen } from './open.ts'
import { withChannels } from '../state/channel-life.ts'
import type { Command, PersonRequest, Request, SystemRequest } from '../vocabulary/command.ts'
import type { Decision, Refusal, World } from '../vocabulary/decision.ts'
import { noticeChannel } from './system/notice-channel.ts'
import { noticePerson, noticeStranger } from './system/notice-people.ts'
import { fireClock } from './system/fire-clock.ts'
import { openCase } from './system/open-case.ts'
import { recordBounce } from './system/record-bounce.ts'
import { recordOutcome } from './system/record-outcome.ts'
import { recordKey } from './system/reporter-key.ts'
import { quarantine, recordDomain, takeIn } from './system/take-in.ts'

/**
 * Decides what a command does: it returns events to append, or a refusal with its reasons. Pure and total. The gates
 * are checked in the order in which a person can lift them.
 */
export function decide({ policy }: PolicyInForce, world: World, command: Command, at: Instant): Decision {
  const known = mergeIdentities(policy, world)
  const decision = withChannels(withAbsences(decided(policy, known, command, at), known, at), known, at)
  return recordMergedIdentities(policy, world, decision)
}

function decided(policy: Policy, world: World, command: Command, at: Instant): Decision {
  const { request } = command
  if (isSystem(request)) return forSystem(policy, world, request, at)
  if (isDirectoryRequest(request)) return decideDirectory(policy, world, { actor: command.actor, request }, at)
  const context = contextOf(policy, world, command, request, at)
  if (context === undefined)
    return {
      ok: false,
      refusal: refuse('makes-sense', `There is no case ${request.case}.`, [
        { who: 'you', how: 'name a case that exists' },
      ]),
    }
  const refusal = firstRefusal(context)
  return refusal === undefined ? decideForPerson(context) : { ok: false, refusal }
}

/**
 * The refusal of the first gate that refuses. Undefined if all gates pass. `/status` and previews use this function
 * too.
 */
export function firstRefusal(context: Context): Refusal | undefined {
  const practice = refusalOfPractice(context)
  if (practice !== undefined) return practice
  for (const gate of [...COMMON_GATES, ...gatesOf(context.request.verb)]) {
    const refusal = ask(gate, context)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

/** The context that the gates check; undefined if the case does not exist. */
export function contextOf<R extends PersonRequest>(
  policy: Policy,
  world: World,
  { actor }: Pick<Command, 'actor'>,
  request: R,
  at: Instant,
): Context<R> | undefined {
  const state = world.case ?? (request.verb === 'open' ? aboutToOpen(policy, request, at) : undefined)
  if (state === undefined) return undefined
  const { release, others, findings = [] } = world
  const person = actor.kind === 'person' ? personOf(policy, actor.person) : undefined
  return {
    policy: policyFor(policy, state),
    whole: policy,
    state,
    release,
    others,
    findings,
    actor,
    person,
    at,
    request,
  }
}

const SYSTEM_VERBS: ReadonlySet<string> = new Set<SystemRequest['verb']>([
  'open-case',
  'take-in-message',
  'record-domain',
  'record-key',
  'quarantine-message',
  'record-bounce',
  'notice-stranger',
  'notice-person',
  'notice-channel',
  'fire-clock',
  'record-outcome',
])

export const isSystem = (request: Request): request is SystemRequest => SYSTEM_VERBS.has(request.verb)

/** A command of a person about a case. */
export const isAboutACase = (request: Request): request is PersonRequest =>
  !isSystem(request) && !isDirectoryRequest(request)

function forSystem(policy: Policy, world: World, request: SystemRequest, at: Instant): Decision {
  const { case: state } = world
  if (request.verb === 'open-case') return openCase(policyFor(policy, request), request)
  if (request.verb === 'fire-clock') return fireClock(policy, world, request, at)
  if (request.verb === 'record-outcome') return recordOutcome(world, request)
  if (state === undefined) return { ok: false, refusal: refuse('makes-sense', `There is no case ${request.case}.`, []) }
  switch (request.verb) {
    case 'take-in-message':
      return takeIn(state, request)
    case 'record-domain':
      return recordDomain(state, request)
    case 'record-key':
      return recordKey(state, request)
    case 'quarantine-message':
      return quarantine(state, request)
    case 'record-bounce':
      return recordBounce(state, world, request)
    case 'notice-stranger':
      return noticeStranger(state, request)
    case 'notice-person':
      return noticePerson(state, request)
    case 'notice-channel':
      return noticeChannel(state, request, at)
    default:
      return assertNever(request)
  }
}
