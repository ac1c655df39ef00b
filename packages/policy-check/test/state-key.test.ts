import { describe, expect, it } from 'vitest'
import { CaseId, DAY, initialCase, later, MINUTE, ReleaseId } from '@embargo/core'
import type { CaseState, Instant, ReleaseState, State, StreamId } from '@embargo/core'
import { priorDisclosuresKey, priorReleases } from '../src/state-key/prior-disclosures.ts'
import { requestableEnds } from '../src/state-key/embargo.ts'
import { legalRelease } from '../src/legal-release.ts'
import { missingOutcomes } from '../src/soundness.ts'
import { stepTimeKey } from '../src/state-key/time.ts'
import { scenarioOf } from './proof/scenarios.ts'
import { policyOf, START } from './sample-policy.ts'

const policy = policyOf('team')
const [project] = policy.projects
const state: CaseState = {
  ...initialCase(CaseId.parse('SEC-2026-0001'), START),
  project: project?.id ?? '',
  severity: 'high',
}
const attacked: CaseState = { ...state, cs: { ...state.cs, attacks: START } }

const releaseOf = (id: ReleaseId): ReleaseState => ({
  kind: 'release',
  id,
  version: 1,
  is: 'planned',
  implicit: false,
  lastEventAt: START,
  cases: [],
  prenotified: [],
  approved: [],
  steps: [],
  delivered: [],
  parked: [],
})

describe('the state key', () => {
  it('keeps the first legal date of an attacked case apart from that of another of the same severity', () => {
    const sooner = legalRelease(policy, attacked, START) ?? Number.NaN
    const usual = legalRelease(policy, state, START) ?? Number.NaN

    expect(sooner).toBeLessThan(usual)
    expect(legalRelease(policy, attacked, START)).toBe(sooner)
  })

  it('names ends of an embargo from the beginning of its round, which is now once the last one is over', () => {
    const now = later(START, 100 * DAY)
    const over: CaseState = { ...state, em: { is: 'exited', reason: 'expired', at: now } }
    const first = requestableEnds(policy, state, now)
    const next = requestableEnds(policy, over, now)

    expect(next.within - first.within).toBe(100 * DAY)
    expect(first.beyond).toBeGreaterThan(next.within - 100 * DAY)
    expect(next.beyond - next.within).not.toBe(first.beyond - first.within)
  })

  it('keeps apart who holds what an earlier release brought, and asks of no release what a later one says', () => {
    const [first, second, third] = ['REL-1', 'REL-2', 'REL-3'].map((id) => ReleaseId.parse(id))
    if (first === undefined || second === undefined || third === undefined) throw new Error('no releases')
    const reached = (id: ReleaseId, ...who: readonly string[]): ReleaseState => ({
      ...releaseOf(id),
      is: 'cancelled',
      prenotified: ['north', 'south'].map((recipient) => ({
        list: 'distros',
        recipient,
        ...(who.includes(recipient) ? { sentAt: START } : {}),
      })),
    })
    const told: CaseState = { ...state, heldIn: third, heldBefore: [second, first] }
    const world = (...releases: readonly ReleaseState[]) => ({
      case: told,
      others: new Map<StreamId, State>(releases.map((one) => [one.id, one])),
    })
    const key = (...releases: readonly ReleaseState[]) => priorDisclosuresKey(told, world(...releases))
    expect(key(reached(third, 'north'), reached(second, 'north'), reached(first, 'north', 'south'))).toBe(
      'distros/south!',
    )
    expect(key(reached(third, 'north', 'south'), reached(second), reached(first, 'north'))).toBe('')
    const current = (...releases: readonly ReleaseState[]) => ({
      now: START,
      states: world(...releases).others,
      pending: [],
      commands: 0,
    })
    expect(priorReleases(current(reached(third), reached(second, 'north'), reached(first, 'north')), told)).toEqual([
      second,
    ])
  })

  it('keeps apart how long a publication will wait for a step that has begun, though it does not wait for it now', () => {
    const scenario = scenarioOf({ profile: 'team', reporter: 'reachable' }, 1)
    const minutes = (count: number) => later(START, count * MINUTE)
    const running = (oss: Instant, recipients: Instant): ReleaseState => ({
      ...releaseOf(ReleaseId.parse('REL-1')),
      is: 'released',
      startedAt: START,
      steps: [
        { step: 'oss-security-mail', begunAt: oss },
        { step: 'embargo-lifted', begunAt: recipients },
        { step: 'thanks' },
      ],
    })
    const key = (release: ReleaseState) => stepTimeKey(scenario, release, minutes(15))
    const ahead = running(minutes(15), START)
    expect(key(ahead)).not.toBe(key(running(minutes(15), minutes(15))))
    expect(key({ ...ahead, held: { at: START } })).toBe(key(ahead))
    expect(key({ ...running(START, START), held: { at: START } })).not.toBe(key({ ...ahead, held: { at: START } }))
  })

  it('is unsound if one path has outcomes that the other lacks, counting how often each occurs', () => {
    const one = new Map([
      ['ana: close: a: k', ['k', 'k']],
      ['ben: close: role', ['k']],
    ])
    const other = new Map([['ana: close: a: k', ['k']]])

    expect(missingOutcomes(one, other)).toEqual([
      { line: 'ana: close: a: k', of: 'ana: close', key: 'k' },
      { line: 'ben: close: role', of: 'ben: close', key: 'k' },
    ])
    expect(missingOutcomes(other, one)).toEqual([])
  })
})
