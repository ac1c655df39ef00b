import { addresseeKey, EffectId, MessageId, ReporterId } from '@embargo/core'
import type { Actor, CaseState, Outcome, PersonId, Request } from '@embargo/core'
import { requestsAt } from './inputs/index.ts'
import { CASE } from './scenario.ts'
import type { Arena } from './scenario.ts'
import { clocksAt } from './deadlines.ts'
import type { Pending, Place } from './state.ts'
import { worldAt } from './state.ts'
import type { Rules } from './rules.ts'
import { MAILS, REPORT, viewOf } from './view.ts'

export type Step = { readonly actor: Actor; readonly request: Request }

/** Something that can happen at a place: one command, or two at the same moment. */
export type Move = readonly Step[]

const by = (part: 'mail' | 'clock' | 'dispatcher'): Actor => ({ kind: 'system', part })
const person = (id: PersonId): Actor => ({ kind: 'person', person: id, platform: 'terminal', account: id })

/** An account that belongs to nobody. */
export const STRANGER: Actor = { kind: 'person', platform: 'terminal', account: 'stranger' }

/** Everything that people, the clocks and the outside can do here; waiting is not among it. */
export function movesAt(rules: Rules, arena: Arena, place: Place): readonly Move[] {
  const world = worldAt(place)
  const { case: state } = world
  if (state === undefined) return [[opening(arena, place)]]
  const view = viewOf(arena, place.now, world, state)
  const requests = requestsAt(view)
  const verbs = new Set<string>()
  const byStranger = requests.filter(({ verb }) => !verbs.has(verb) && verbs.add(verb))
  return [
    ...acting(arena).flatMap((id) => requests.map((request): Move => [{ actor: person(id), request }])),
    ...byStranger.map((request): Move => [{ actor: STRANGER, request }]),
    ...due(rules, arena, place),
    ...place.pending.filter(({ held }) => !held).flatMap(answers),
    ...(arena.quiet === true ? [] : unsettled(arena, state)),
  ]
}

const acting = ({ people, late }: Arena): readonly PersonId[] => (late === undefined ? people : [...people, late])

function opening(arena: Arena, place: Place): Step {
  const [project] = arena.policy.projects
  if (project === undefined) throw new Error('a policy without a project')
  const identity = arena.reporter === 'absent' ? {} : { identity: { name: 'Rafi', address: 'rafi@reporter.example' } }
  return {
    actor: by('mail'),
    request: {
      verb: 'open-case',
      case: CASE,
      project: project.id,
      message: MessageId.parse('mail-first'),
      receivedAt: place.now,
      reporter: ReporterId.parse('reporter'),
      ...identity,
      ...(arena.reportedBy === undefined ? {} : { person: arena.reportedBy }),
      trust: 'nothing-proven',
      automatic: arena.reporter === 'unreachable',
    },
  }
}

/** What each clock has to tell by now; and its last moment when that has not come, which must do nothing. */
function due(rules: Rules, arena: Arena, place: Place): readonly Move[] {
  return clocksAt(rules, arena, place).flatMap(({ stream, clock, round, moments }) =>
    moments
      .filter(({ at }, index) => at <= place.now || index === moments.length - 1)
      .map(({ fraction }): Move => [
        { actor: by('clock'), request: { verb: 'fire-clock', stream, clock, round, fraction } },
      ]),
  )
}

/** How a mail of the release can end. */
function answers({ stream, effect, letter, to }: Pending): readonly Move[] {
  const outcomes: readonly Outcome[] = [
    { is: 'mail-accepted', letter, to, messageId: '<mail@example.org>' },
    { is: 'mail-failed', letter, to, because: 'refused' },
    { is: 'parked', doubt: true, because: 'in doubt', letter, to },
  ]
  return outcomes.map((outcome): Move => [
    { actor: by('dispatcher'), request: { verb: 'record-outcome', stream, effect, outcome } },
  ])
}

/** What happens whatever a policy says. */
const unsettled = (arena: Arena, state: CaseState): readonly Move[] => [
  ...mailsIn(arena),
  ...doubts(
    arena.people,
    state.reports.some((report) => report.answerable),
  ),
]

/** Mails that come by themselves. Which of them were there already is not kept, see `settlePlace`. */
function mailsIn({ reporter }: Arena): readonly Move[] {
  const message = MessageId.parse('mail-next')
  const unread: Move = [
    { actor: by('mail'), request: { verb: 'quarantine-message', case: CASE, message, because: 'unparsable' } },
  ]
  if (reporter !== 'reachable' && reporter !== 'unreachable') return [unread]
  const mails = [
    [message, 'reporter'],
    [message, 'unverified'],
    [MAILS.fresh, 'reporter'],
  ] as const
  return [unread].concat(
    mails.map(([one, from]): Move => [
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

/** A mail to the reporter may have gone or not, and a person settles it: nothing else depends on it meanwhile. */
function doubts(people: readonly PersonId[], reachable: boolean): readonly Move[] {
  if (!reachable) return []
  const effect = EffectId.parse('check:doubt')
  const outcome: Outcome = {
    is: 'parked',
    doubt: true,
    because: 'in doubt',
    letter: 'reply',
    to: { kind: 'report', report: REPORT },
  }
  return people.map((id): Move => [
    { actor: by('dispatcher'), request: { verb: 'record-outcome', stream: CASE, effect, outcome } },
    { actor: person(id), request: { verb: 'settle', case: CASE, effect, outcome: 'went' } },
  ])
}

/** A step in plain words, for the path to a finding. */
export function inWords({ actor, request }: Step): string {
  const who =
    actor.kind === 'person' ? (actor.person ?? 'a stranger') : actor.kind === 'system' ? actor.part : 'reporter'
  if (request.verb === 'record-outcome') {
    const { outcome } = request
    const mail = 'letter' in outcome && outcome.letter !== undefined && outcome.to !== undefined
    return mail ? `the ${outcome.letter} to ${addresseeKey(outcome.to)}: ${outcome.is}` : outcome.is
  }
  const { verb, ...rest } = request
  const said = Object.entries(rest).flatMap(([name, value]) =>
    name === 'case' || name === 'blob' || name === 'fileName'
      ? []
      : [`${name} ${value === Object(value) ? JSON.stringify(value) : String(value)}`],
  )
  return [`${who}: ${verb}`, ...said].join(' ')
}
