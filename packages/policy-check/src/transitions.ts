import { addresseeKey, CveId, EffectId, MessageId, ReporterId, sampleRequests } from '@embargo/core'
import type { Actor, CaseState, Outcome, PersonId, PersonRequest, Request } from '@embargo/core'
import { CASE } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { clocksAt } from './deadlines.ts'
import type { PendingDelivery, ModelState } from './state.ts'
import { worldAt } from './state.ts'
import type { Rules } from './rules.ts'
import { MAILS, REPORT, viewOf } from './view.ts'

export type Step = { readonly actor: Actor; readonly request: Request }

/** Something that can happen in a state: one command, or several at the same moment. */
export type Transition = readonly Step[]

const by = (part: 'mail' | 'clock' | 'dispatcher'): Actor => ({ kind: 'system', part })
const person = (id: PersonId): Actor => ({ kind: 'person', person: id, platform: 'terminal', account: id })

/** An account that belongs to nobody. */
export const STRANGER: Actor = { kind: 'person', platform: 'terminal', account: 'stranger' }

/** Everything that people, deadlines and the outside world can do in this state, except waiting. */
export function transitionsAt(rules: Rules, scenario: Scenario, current: ModelState): readonly Transition[] {
  const world = worldAt(current)
  const { case: state } = world
  if (state === undefined) return [[opening(scenario, current)]]
  const view = viewOf(scenario, current.now, world, state)
  const requests = [
    ...sampleRequests(view).filter(({ verb }) => verb !== 'take' || scenario.idle === true),
    ...(scenario.corrects === true ? CORRECTIONS : []),
  ]
  const verbs = new Set<string>()
  const byStranger = requests.filter(({ verb }) => !verbs.has(verb) && verbs.add(verb))
  return [
    ...acting(scenario).flatMap((id) => requests.map((request): Transition => [{ actor: person(id), request }])),
    ...byStranger.map((request): Transition => [{ actor: STRANGER, request }]),
    ...due(rules, scenario, current),
    ...current.pending.filter(({ held }) => !held).flatMap(answers),
    ...(scenario.quiet === true ? [] : unsettled(scenario, state)),
  ]
}

/**
 * Three corrections: a changed fact that everybody is told, a withdrawal that only recipients are told, and a late CVE
 * id that nobody is told.
 */
const CORRECTIONS: readonly PersonRequest[] = [
  { verb: 'correct', case: CASE, reason: 'It is worse.', changes: { severity: 'critical' }, tell: 'everybody' },
  { verb: 'correct.withdraw', case: CASE, reason: 'It is no vulnerability.', tell: 'recipients' },
  { verb: 'correct.cve', case: CASE, cve: CveId.parse('CVE-1900-0042') },
]

const acting = ({ people, late }: Scenario): readonly PersonId[] => (late === undefined ? people : [...people, late])

function opening(scenario: Scenario, current: ModelState): Step {
  const [project] = scenario.policy.projects
  if (project === undefined) throw new Error('a policy without a project')
  const identity =
    scenario.reporter === 'absent' ? {} : { identity: { name: 'Rafi', address: 'rafi@reporter.example' } }
  return {
    actor: by('mail'),
    request: {
      verb: 'open-case',
      case: CASE,
      project: project.id,
      message: MessageId.parse('mail-first'),
      receivedAt: current.now,
      reporter: ReporterId.parse('reporter'),
      ...identity,
      ...(scenario.reportedBy === undefined ? {} : { person: scenario.reportedBy }),
      trust: 'nothing-proven',
      automatic: scenario.reporter === 'unreachable',
    },
  }
}

/**
 * The clock's commands in this state. A deadline can have several moments, and each moment has its own command. The
 * commands of all moments that have come are returned. The command of a deadline's last moment is returned even before
 * that moment, to check that a command which comes too early does nothing.
 */
function due(rules: Rules, scenario: Scenario, current: ModelState): readonly Transition[] {
  return clocksAt(rules, scenario, current).flatMap(({ stream, clock, round, moments }) =>
    moments
      .filter(({ at }, index) => at <= current.now || index === moments.length - 1)
      .map(({ fraction }): Transition => [
        { actor: by('clock'), request: { verb: 'fire-clock', stream, clock, round, fraction } },
      ]),
  )
}

/** The possible outcomes of a release's mail or document. */
function answers(pending: PendingDelivery): readonly Transition[] {
  const { stream, effect } = pending
  return outcomesOf(pending).map((outcome): Transition => [
    { actor: by('dispatcher'), request: { verb: 'record-outcome', stream, effect, outcome } },
  ])
}

export function outcomesOf(pending: PendingDelivery): readonly Outcome[] {
  if (pending.step !== undefined) {
    const { step, case: of } = pending
    return [
      { is: 'delivered', step, case: of, link: 'https://example.org/document' },
      { is: 'parked', doubt: false, because: 'refused', step, case: of },
      { is: 'parked', doubt: true, because: 'in doubt', step, case: of },
    ]
  }
  const { letter, to } = pending
  return [
    { is: 'mail-accepted', letter, to, messageId: '<mail@example.org>' },
    { is: 'mail-failed', letter, to, because: 'refused' },
    { is: 'parked', doubt: true, because: 'in doubt', letter, to },
  ]
}

/**
 * Incoming mails, and mails that may or may not have been sent. What happens to them is the same under every policy.
 */
const unsettled = (scenario: Scenario, state: CaseState): readonly Transition[] => [
  ...mailsIn(scenario),
  ...doubts(
    scenario.people,
    state.reports.some((report) => report.answerable),
  ),
]

/** Incoming mails. The state does not record which of them have already come: see `normalise`. */
function mailsIn({ reporter }: Scenario): readonly Transition[] {
  const message = MessageId.parse('mail-next')
  const unread: Transition = [
    { actor: by('mail'), request: { verb: 'quarantine-message', case: CASE, message, because: 'unparsable' } },
  ]
  if (reporter !== 'reachable' && reporter !== 'unreachable') return [unread]
  const mails = [
    [message, 'reporter'],
    [message, 'unverified'],
    [MAILS.fresh, 'reporter'],
  ] as const
  return [unread].concat(
    mails.map(([one, from]): Transition => [
      {
        actor: by('mail'),
        request: {
          verb: 'take-in-message',
          case: CASE,
          message: one,
          from,
          report: REPORT,
          trust: 'nothing-proven',
          automatic: false,
        },
      },
    ]),
  )
}

/**
 * Transitions of two steps each. In the first step, it becomes unknown whether a mail to the reporter was sent. In the
 * second step, a person says that the mail was sent. The person's answer makes no difference to other commands.
 */
function doubts(people: readonly PersonId[], reachable: boolean): readonly Transition[] {
  if (!reachable) return []
  const effect = EffectId.parse('check:doubt')
  const outcome: Outcome = {
    is: 'parked',
    doubt: true,
    because: 'in doubt',
    letter: 'reply',
    to: { kind: 'report', report: REPORT },
  }
  return people.map((id): Transition => [
    { actor: by('dispatcher'), request: { verb: 'record-outcome', stream: CASE, effect, outcome } },
    { actor: person(id), request: { verb: 'settle', case: CASE, effect, outcome: 'went' } },
  ])
}

/** A step in plain words, for the path to a finding. */
export function stepInWords({ actor, request }: Step): string {
  const actorText =
    actor.kind === 'person' ? (actor.person ?? 'a stranger') : actor.kind === 'system' ? actor.part : 'reporter'
  if (request.verb === 'record-outcome') {
    const { outcome } = request
    const mail = 'letter' in outcome && outcome.letter !== undefined && outcome.to !== undefined
    if ('step' in outcome && outcome.step !== undefined) return `${outcome.step} of ${outcome.case}: ${outcome.is}`
    return mail ? `the ${outcome.letter} to ${addresseeKey(outcome.to)}: ${outcome.is}` : outcome.is
  }
  const { verb, ...rest } = request
  const fields = Object.entries(rest).flatMap(([name, value]) =>
    name === 'case' || name === 'blob' || name === 'fileName'
      ? []
      : [`${name} ${value === Object(value) ? JSON.stringify(value) : String(value)}`],
  )
  return [`${actorText}: ${verb}`, ...fields].join(' ')
}
