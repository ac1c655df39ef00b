import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  brokenInvariants,
  clocks,
  doubtsOf,
  EM_TRANSITIONS,
  RELEASE_TRANSITIONS,
  releaseMoveOf,
  rmAllows,
  evolveRecorded,
  instant,
  MessageId,
  PersonId,
  STAGES,
  stageOf,
} from '../../src/index.ts'
import type { Effect, Outcome, Request, State, StreamId } from '../../src/index.ts'
import {
  ana,
  ben,
  BLOB,
  CASE,
  DAY,
  HASH,
  HOUR,
  OTHER_HASH,
  person,
  policyOf,
  RELEASE,
  Scenario,
} from '../fixtures/scenario.ts'

const hash = fc.constantFrom(HASH, OTHER_HASH)
const branch = fc.constantFrom('main', '4.2')
const shown = hash.map((digest) => ({ digest, blob: BLOB }))
const message = fc.constantFrom('m1', 'm2', 'm3').map((id) => MessageId.parse(id))

const request: fc.Arbitrary<Request> = fc.oneof(
  fc.constant<Request>({ verb: 'ack', case: CASE }),
  fc.record({
    verb: fc.constant('triage' as const),
    case: fc.constant(CASE),
    disposition: fc.constantFrom(
      'valid' as const,
      'invalid' as const,
      'spam' as const,
      'duplicate' as const,
      'info-only' as const,
      'defense-in-depth' as const,
    ),
    severity: fc.constantFrom('high' as const, 'critical' as const),
  }),
  fc.record({ verb: fc.constant('triage.affects' as const), case: fc.constant(CASE), branch, affected: fc.boolean() }),
  fc.record({
    verb: fc.constant('assign-patch' as const),
    case: fc.constant(CASE),
    to: fc.constantFrom(ana, ben, 'reporter' as const),
    branches: fc.constant([]),
  }),
  fc.record({
    verb: fc.constant('patch' as const),
    case: fc.constant(CASE),
    branch,
    sha256: hash,
    blob: fc.constant(BLOB),
    fileName: fc.constant('f.patch'),
  }),
  fc.record({
    verb: fc.constant('confirm' as const),
    case: fc.constant(CASE),
    branch,
    fixed: fc.boolean(),
    note: fc.constant('looked'),
  }),
  fc.record({
    verb: fc.constant('log-answer' as const),
    case: fc.constant(CASE),
    message,
    answer: fc.constantFrom(
      { about: 'verification' as const, fixed: true },
      { about: 'patch-offer' as const, willing: true },
    ),
  }),
  fc.constant<Request>({ verb: 'advisory', case: CASE, component: 'loader', impact: 'reads files' }),
  fc.record({
    verb: fc.constant('prenotify' as const),
    case: fc.constant(CASE),
    at: fc.constantFrom(RELEASE, instant(RELEASE + 7 * DAY)),
    shown,
  }),
  fc.record({ verb: fc.constant('disclose' as const), case: fc.constant(CASE), shown }),
  fc.record({
    verb: fc.constant('approve' as const),
    case: fc.constant(CASE),
    shown,
    typedCase: fc.constant(CASE as string),
  }),
  fc.constant<Request>({ verb: 'approve.no', case: CASE, reason: 'not yet' }),
  fc.constant<Request>({ verb: 'close', case: CASE, reason: 'done' }),
  fc.record({
    verb: fc.constant('waive' as const),
    case: fc.constant(CASE),
    rule: fc.constantFrom('fix' as const, 'reporter-check' as const, 'plain-text' as const),
    branch,
    reason: fc.constant('alone'),
    shown,
  }),
  message.map((id): Request => ({
    verb: 'take-in-message',
    case: CASE,
    message: id,
    from: 'reporter',
    trust: 'nothing-proven',
    automatic: false,
  })),
)

/**
 * What happens to a mail. The relay accepts (`taken`) or refuses (`refused`) the next mail. A bounce comes for the mail
 * that the relay got last: that mail was not delivered (`returned`) or is delayed (`late`). A person decides about the
 * first mail that waits for a decision: it was sent (`went`) or must be sent again (`again`).
 */
const MAILS = ['none', 'taken', 'taken', 'taken', 'refused', 'returned', 'late', 'went', 'again'] as const

type Step = { request: Request; by: PersonId; wait: number; mail: (typeof MAILS)[number]; clock: boolean }
const step: fc.Arbitrary<Step> = fc.record({
  request,
  by: fc.constantFrom(ana, ben, PersonId.parse('mallory')),
  wait: fc.constantFrom(0, HOUR, DAY, 8 * DAY),
  mail: fc.constantFrom(...MAILS),
  clock: fc.boolean(),
})

function goes(scenario: Scenario, effect: Extract<Effect, { kind: 'send-mail' }>, mail: Step['mail']): void {
  const { id, stream, letter, to } = effect
  const outcome = (is: Outcome) => scenario.does({ verb: 'record-outcome', stream, effect: id, outcome: is })
  const comesBack = (kind: 'hard' | 'delayed') =>
    scenario.does({
      verb: 'record-bounce',
      case: CASE,
      of: stream,
      effect: id,
      letter,
      to,
      kind,
      status: '5.1.1',
      message: MessageId.parse(`bounce-${scenario.log.length}`),
    })
  const { case: state, release } = scenario.world
  const [lost] = state === undefined ? [] : doubtsOf(state, release)
  switch (mail) {
    case 'none':
      return
    case 'taken':
      return void outcome({ is: 'mail-accepted', letter, to, messageId: '<m@x.example>' })
    case 'refused':
      return void outcome({ is: 'mail-failed', letter, to, because: 'no such user' })
    case 'returned':
      return void comesBack('hard')
    case 'late':
      return void comesBack('delayed')
    default:
      if (lost !== undefined)
        scenario.ask({ verb: 'settle', case: CASE, effect: lost.effect, outcome: mail }, person(ana))
  }
}

/** Plays a history. After each step, a mail may get its outcome and a due clock may fire, as in a real case. */
function play(scenario: Scenario, steps: readonly Step[], after: () => void) {
  let settled = 0
  for (const { request: asked, by, wait, mail, clock } of steps) {
    scenario.wait(wait)
    scenario.ask(
      asked.verb === 'take-in-message' ? { ...asked, report: scenario.reportId } : asked,
      asked.verb === 'take-in-message' ? { kind: 'system', part: 'mail' } : person(by),
    )
    after()
    const sent = scenario.effects.filter((effect) => effect.kind === 'send-mail')
    const next = mail === 'taken' || mail === 'refused'
    const effect = next ? sent[settled] : sent[settled - 1]
    if (next && effect !== undefined) settled += 1
    if (effect !== undefined) goes(scenario, effect, mail)
    after()
    const due = clock
      ? clocks(scenario.policy, scenario.world).find((one) => one.moments.some((moment) => moment.at <= scenario.now))
      : undefined
    const moment = due?.moments.findLast((one) => one.at <= scenario.now)
    if (due !== undefined && moment !== undefined) {
      scenario.does({
        verb: 'fire-clock',
        stream: due.stream,
        clock: due.clock,
        round: due.round,
        fraction: moment.fraction,
      })
      after()
    }
  }
}

describe('random histories', () => {
  it.each(['team', 'solo'] as const)(
    'of a %s never break an invariant, always have one stage, and fold again to the same state',
    (profile) => {
      const stages = new Set<string>()
      fc.assert(
        fc.property(fc.array(step, { minLength: 10, maxLength: 120 }), fc.constantFrom(0, 1, 2), (steps, head) => {
          const scenario = new Scenario(policyOf(profile))
          if (head === 0) scenario.opens()
          if (head === 1) scenario.untilPatch()
          if (head === 2 && profile === 'team') scenario.untilReady()
          if (head === 2 && profile === 'solo') scenario.untilPatch()
          play(scenario, steps, () => {
            expect(brokenInvariants(scenario.world)).toEqual([])
            const { case: state, release } = scenario.world
            if (state !== undefined) stages.add(stageOf(state, release))
          })
          const again = new Map<StreamId, State>()
          for (const recorded of scenario.log) {
            const before = again.get(recorded.stream)
            const next = evolveRecorded(before, recorded)
            again.set(recorded.stream, next)
            if (next.kind === 'release') {
              const move = releaseMoveOf(recorded.event)
              const is = before?.kind === 'release' ? before.is : 'planned'
              expect(move === undefined ? is : RELEASE_TRANSITIONS[is][move]).toBe(next.is)
            }
            if (before?.kind !== 'case' || next.kind !== 'case') continue
            expect([before.rm, next.rm, rmAllows(before.rm, next.rm)]).toEqual([before.rm, next.rm, true])
            const moved = before.em.is !== next.em.is
            expect(!moved || Object.values(EM_TRANSITIONS[before.em.is]).includes(next.em.is)).toBe(true)
          }
          expect(again).toEqual(scenario.states)
          expect(new Set(scenario.effects.map((effect) => effect.id)).size).toBe(scenario.effects.length)
        }),
        { numRuns: 150, seed: 20260504 },
      )
      expect([...stages].every((stage) => STAGES.some((known) => known === stage))).toBe(true)
      expect(stages.size).toBeGreaterThanOrEqual(6)
    },
  )
})
