import { z } from 'zod'
import type { Append, Decision } from '../vocabulary/decision.ts'
import { endingEmbargo } from '../state/embargo/ending.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { Suspect } from '../events/case/world.ts'
import { after } from '../policy/calendar.ts'
import type { Policy } from '../policy/schema.ts'
import { caseOpen, caseOpenOrPublished } from '../gates/case-open.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { severityFloor, tooLowForAttacks } from '../state/report/severity-floor.ts'
import { HOLD_CAUSES, heldBy } from './publication/hold-causes.ts'
import { isoInstant } from '../shared/instant.ts'
import { CaseId } from '../shared/ids.ts'
import type { SignalKind } from '../shared/words.ts'
import { counted, openSignals } from '../state/world/signals.ts'
import type { SignalRequest } from '../events/case/world.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { TwoPersonRule, PendingContext } from './approvals/two-person-rule.ts'
import { underEmbargo } from '../state/stage.ts'
import type { ReleaseState } from '../state/release/state.ts'
import type { CaseState, Signal } from '../state/state.ts'
import { askForApproval } from './approval.ts'
import { nothingToDo } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { suspension } from './suspension.ts'

type Verb = SignalRequest['verb']

const KIND: Readonly<Record<Verb, SignalKind>> = {
  'signal.public': 'public',
  'signal.exploit': 'exploit',
  'signal.attack': 'attack',
  'signal.leak': 'leak',
}

/**
 * After our publication, signals about public knowledge and leaks no longer matter, but attacks and exploits can still
 * be reported.
 */
const GATES: Readonly<Record<Verb, readonly Gate[]>> = {
  'signal.public': [caseOpen],
  'signal.exploit': [caseOpenOrPublished],
  'signal.attack': [caseOpenOrPublished],
  'signal.leak': [caseOpen],
}

/**
 * The rule of a signal: one person raises it. The signal counts when a second person approves it, or if nobody refuses
 * it within the time `signalSilence` of the policy.
 */
function signalTwice<V extends Verb>(
  verb: V,
  waits: z.ZodType<Extract<SignalRequest, { verb: V }>>,
): TwoPersonRule<Extract<SignalRequest, { verb: V }>> {
  return {
    waits,
    gates: GATES[verb],
    approver: (context) => ({
      ...approverByPolicy(context),
      yesFrom: after(context.policy.calendar, context.at, context.policy.clocks.signalSilence),
    }),
    complete: ({ request }) => request,
    preview: (seen) => sentences(seen),
    mails: () => [],
    releaseAt: () => undefined,
    run: (context) => signalCounted(context),
  }
}

const base = { case: CaseId }
const link = z.string()

export const publicTwice = signalTwice('signal.public', z.object({ verb: z.literal('signal.public'), ...base, link }))
export const exploitTwice = signalTwice(
  'signal.exploit',
  z.object({ verb: z.literal('signal.exploit'), ...base, link }),
)
export const attackTwice = signalTwice(
  'signal.attack',
  z.object({ verb: z.literal('signal.attack'), ...base, link: link.exactOptional() }),
)
export const leakTwice = signalTwice(
  'signal.leak',
  z.object({
    verb: z.literal('signal.leak'),
    ...base,
    suspect: Suspect.exactOptional(),
    text: z.string().exactOptional(),
  }),
)

/** Freezes embargoed mail at once and asks the second person. */
function signalling<V extends Verb>(
  verb: V,
  second: TwoPersonRule<Extract<SignalRequest, { verb: V }>>,
): {
  readonly gates: readonly Gate[]
  readonly decide: (context: Context<Extract<SignalRequest, { verb: V }>>) => Decision
} {
  return {
    gates: GATES[verb],
    decide: (context) => {
      const { state, request } = context
      const kind = KIND[request.verb]
      const known = counted(state, kind).find((one) => kind !== 'leak' || isUndecided(state, one, request))
      if (known !== undefined)
        return nothingToDo(`This has been recorded since ${isoInstant(known.countedAt ?? known.raisedAt)}.`)
      if (openSignals(state).some((signal) => isSaidBy(signal, request)))
        return nothingToDo('This was said already, and waits for a second person.')
      return raised(context, askForApproval(context, second))
    },
  }
}

const LINK = 'https://example.org/seen'

export const signalPublic = defineRequest({
  verb: 'signal.public',
  ...signalling('signal.public', publicTwice),
  twoPeople: publicTwice,
  inputs: ({ id, preview }) => {
    const bare = { verb: 'signal.public', case: id, link: LINK } as const
    return [{ ...bare, shown: preview(bare) }]
  },
})

export const signalExploit = defineRequest({
  verb: 'signal.exploit',
  ...signalling('signal.exploit', exploitTwice),
  twoPeople: exploitTwice,
  inputs: ({ id, preview }) => {
    const bare = { verb: 'signal.exploit', case: id, link: LINK } as const
    return [{ ...bare, shown: preview(bare) }]
  },
})

export const signalAttack = defineRequest({
  verb: 'signal.attack',
  ...signalling('signal.attack', attackTwice),
  twoPeople: attackTwice,
  inputs: ({ id, preview }) => {
    const bare = { verb: 'signal.attack', case: id } as const
    return [{ ...bare, shown: preview(bare) }]
  },
})

export const signalLeak = defineRequest({
  verb: 'signal.leak',
  ...signalling('signal.leak', leakTwice),
  twoPeople: leakTwice,
  inputs: ({ id, policy, release, preview }) => {
    const bare = { verb: 'signal.leak', case: id, ...sampleSuspect(policy, release) } as const
    return [{ ...bare, shown: preview(bare) }]
  },
})

/**
 * A suspect for sample inputs: the first pre-notified recipient or, if nobody was pre-notified, the first recipient on
 * a list. One suspect is enough, because with another suspect only the wording differs.
 */
function sampleSuspect(policy: Policy, release: ReleaseState | undefined): { readonly suspect?: Suspect } {
  const [would] = policy.prenotification.lists.flatMap(({ id: list, recipients }) =>
    recipients.map(({ id: recipient }) => ({ list, recipient })),
  )
  const [entry = would] = release?.prenotified ?? []
  return entry === undefined ? {} : { suspect: { kind: 'recipient', list: entry.list, recipient: entry.recipient } }
}

/**
 * Whether the request repeats a leak that the team has not decided about yet. It does if it has the same text and the
 * same suspect. Any other leak is a new signal.
 */
const isUndecided = ({ leakUndecidedSince }: CaseState, signal: Signal, request: SignalRequest): boolean =>
  leakUndecidedSince !== undefined &&
  request.verb === 'signal.leak' &&
  request.text === signal.text &&
  isSaidBy(signal, request)

/**
 * Whether a signal says the same as the request. A leak through another suspect is another signal, because each suspect
 * is suspended separately.
 */
const isSaidBy = ({ what, suspect }: Signal, request: SignalRequest): boolean =>
  what === KIND[request.verb] &&
  (request.verb !== 'signal.leak' || JSON.stringify(request.suspect) === JSON.stringify(suspect))

/**
 * Adds the signal to the events of its approval request. Both must be recorded together, because embargoed mail is
 * frozen from then on.
 */
function raised(context: Context<SignalRequest>, decision: Decision): Decision {
  if (!decision.ok) return decision
  const { state, request } = context
  const events = decision.appends.flatMap((append) => append.events)
  const question = events.find((event) => event.type === 'ApprovalRequested')
  if (question?.type !== 'ApprovalRequested') return decision
  const { verb: _verb, case: _case, shown: _shown, ...details } = request
  const signal: CaseEvent = {
    type: 'SignalRaised',
    signal: `${state.id}/s${state.signals.length + 1}`,
    what: KIND[request.verb],
    ...details,
    approval: question.approval,
  }
  return { ok: true, appends: [{ stream: state.id, events: [signal, ...events] }] }
}

/**
 * The events when a signal begins to count: a second person approved it, or nobody refused it in time. Public knowledge
 * and a public exploit end the embargo at once.
 */
function signalCounted(context: Context<SignalRequest>): readonly Append[] {
  const { state, request } = context
  const signal =
    openSignals(state).find((one) => isSaidBy(one, request))?.id ?? `${state.id}/s${state.signals.length + 1}`
  const linked = 'link' in request && request.link !== undefined ? { link: request.link } : {}
  switch (request.verb) {
    case 'signal.public':
      return onlyCase(context, [
        ...endingEmbargo(state.em, 'public'),
        { type: 'VulnerabilityPublic', because: 'signal', ...linked, signal },
      ])
    case 'signal.exploit':
      return onlyCase(context, [
        ...endingEmbargo(state.em, 'exploit'),
        ...(state.cs.public === undefined
          ? [{ type: 'VulnerabilityPublic', because: 'signal', ...linked, signal } as const]
          : []),
        { type: 'ExploitPublic', signal, ...linked },
      ])
    case 'signal.attack':
      return attacksCounted(context, { type: 'AttacksObserved', signal, ...linked })
    case 'signal.leak': {
      const { suspect, text } = request
      const details = { ...(suspect === undefined ? {} : { suspect }), ...(text === undefined ? {} : { text }) }
      return [
        ...onlyCase(context, [{ type: 'LeakSuspected', signal, ...details }]),
        ...suspension(context, suspect, 'details got out through them'),
      ]
    }
  }
}

/**
 * The events when a signal about attacks begins to count. Attacks raise a severity that is too low. If a publication
 * was approved in advance, its texts contain the old severity. So the publication is held at once, and people learn in
 * time that they must approve again. While approved mails wait to be sent, the severity itself stays as it is.
 */
function attacksCounted(context: Context<SignalRequest>, counts: CaseEvent): readonly Append[] {
  const { state, release } = context
  if (release === undefined || !tooLowForAttacks(state.severity))
    return onlyCase(context, [counts, ...severityFloor(state, release)])
  const { ahead: _held, ...after } = release
  const rated = severityFloor(state, after)
  const held = heldBy(rated.length > 0 ? HOLD_CAUSES.attackRating : HOLD_CAUSES.pendingRating, release, state)
  if (held.length === 0) return onlyCase(context, [counts, ...severityFloor(state, release)])
  return [...onlyCase(context, [counts, ...rated]), { stream: release.id, events: held }]
}

const onlyCase = (context: Context, events: readonly CaseEvent[]): readonly Append[] => [
  { stream: context.state.id, events },
]

/**
 * These sentences must not change while the signal waits. Otherwise a fix that arrives in that time would void the
 * request.
 */
function sentences({ state, request }: PendingContext<SignalRequest>): readonly string[] {
  switch (request.verb) {
    case 'signal.public':
      return [
        `The vulnerability counts as public: ${request.link}`,
        'An embargo in force ends at once, and the reporter and every recipient who was told of the case, except one suspected of a leak, hear of it by mail.',
      ]
    case 'signal.exploit':
      return [
        `An exploit counts as public, and the vulnerability with it: ${request.link}`,
        'An embargo in force ends at once, and the reporter and every recipient who was told of the case, except one suspected of a leak, hear of it by mail.',
      ]
    case 'signal.attack':
      return [
        `Attacks count as observed${request.link === undefined ? '.' : `: ${request.link}`}`,
        `The severity is at least high from then on. The embargo does not end automatically${underEmbargo(state) ? ': two people decide whether it ends' : ''}.`,
      ]
    case 'signal.leak':
      return [
        `Details count as leaked${request.text === undefined ? '.' : `: ${request.text}`}`,
        ...(request.suspect?.kind === 'recipient'
          ? [
              `The recipient ${request.suspect.recipient} gets nothing more about this case as long as the leak counts, and the other recipients are told of a leak.`,
              `Mails about other releases still go to ${request.suspect.recipient}. To stop that, an admin takes them off the list in the policy.`,
            ]
          : []),
        'Then the team decides whether the embargo ends or continues.',
      ]
  }
}
