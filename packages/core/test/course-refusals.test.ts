import { describe, expect, it } from 'vitest'
import { unreadMails } from '../src/index.ts'
import type { PersonRequest } from '../src/index.ts'
import { acked, closed, question, state, unratedAndDeferred } from './course.ts'
import { ana, ben, BLOB, CASE, OTHER_HASH, person, RELEASE, Scenario } from './scenario.ts'

describe('refusals of the course of a case', () => {
  const prenotified = () => new Scenario().untilPrenotified(RELEASE)
  const disclosed = () => {
    const scenario = prenotified()
    scenario.now = RELEASE
    scenario.does({ verb: 'disclose', case: CASE, shown: { digest: OTHER_HASH, blob: BLOB } }, person(ana))
    scenario.does({ verb: 'approve', case: CASE, shown: { digest: OTHER_HASH, blob: BLOB } }, person(ben))
    return scenario
  }
  const ROWS: readonly (readonly [string, () => Scenario, PersonRequest, string, string])[] = [
    ['ask, closed', closed, question, 'case-open', 'The case is closed.'],
    ['defer, closed', closed, { verb: 'defer', case: CASE, reason: 'later' }, 'case-open', 'The case is closed.'],
    [
      'defer, undecided',
      acked,
      { verb: 'defer', case: CASE, reason: 'later' },
      'makes-sense',
      'Only what was found valid can wait.',
    ],
    [
      'defer, recipients told',
      prenotified,
      { verb: 'defer', case: CASE, reason: 'later' },
      'fits-the-stage',
      'Pre-notifications are out, and who got them waits for the release.',
    ],
    [
      'defer, published',
      disclosed,
      { verb: 'defer', case: CASE, reason: 'later' },
      'publication-not-begun',
      'The publication has begun, so patches and texts are frozen.',
    ],
    [
      'reopen, published',
      disclosed,
      { verb: 'reopen', case: CASE, reason: 'the fix is wrong' },
      'publication-not-begun',
      'The publication has begun, so patches and texts are frozen.',
    ],
    [
      'reopen, deferred and not rated',
      unratedAndDeferred,
      { verb: 'reopen', case: CASE, reason: 'summer is over' },
      'severity-rated',
      'The severity is not rated yet.',
    ],
    ['wait, closed', closed, { verb: 'wait', case: CASE, party: 'x' }, 'case-open', 'The case is closed.'],
    [
      'publication, undecided',
      acked,
      { verb: 'publication', case: CASE, publication: 'advisory' },
      'validity-decided',
      'Nobody has decided whether the report is valid.',
    ],
    [
      'publication, recipients told',
      prenotified,
      { verb: 'publication', case: CASE, publication: 'none', reason: 'x' },
      'fits-the-stage',
      'Pre-notifications are out, and who got them waits for the release.',
    ],
    [
      'triage duplicate',
      acked,
      { verb: 'triage', case: CASE, disposition: 'duplicate' },
      'makes-sense',
      'A duplicate goes to the earlier case, and none is named.',
    ],
    [
      'triage other-vendor',
      acked,
      { verb: 'triage', case: CASE, disposition: 'other-vendor' },
      'makes-sense',
      'The reporter is told whom to write to, and no contact is given.',
    ],
  ]
  it.each(ROWS)('%s', (_name, given, request, gate, because) => {
    expect(given().refused(request, person(ana))).toMatchObject({ gate, because })
  })

  it('owe no answer once the case is closed', () => {
    const scenario = new Scenario().opens()
    expect(unreadMails(state(scenario))).toHaveLength(1)
    scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
    expect(state(scenario).rm).toBe('closed')
    expect(unreadMails(state(scenario))).toEqual([])
  })

  it('say how a closed case is opened again', () => {
    expect(closed().refused({ verb: 'ack', case: CASE }, person(ana)).liftedBy).toEqual([
      { who: 'any team member', how: 'opens it again, with the reason', verb: 'reopen' },
    ])
  })
})
