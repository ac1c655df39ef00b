import { describe, expect, it } from 'vitest'
import { mergeTerms } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { ana, ben, person } from '../fixtures/scenario.ts'
import {
  DATE,
  deliverMails,
  ONE,
  RELEASE,
  MultiCaseScenario,
  PREVIEW,
  prenotifiedRelease,
  TWO,
} from '../fixtures/multi-case-scenario.ts'

/** Ana makes the request, and Ben approves it. */
const both = (scenario: MultiCaseScenario, request: PersonRequest) => {
  scenario.does(request, person(ana))
  return scenario.does({ verb: 'approve', case: request.case, shown: PREVIEW }, person(ben))
}

const leak = (id: typeof ONE): PersonRequest => ({
  verb: 'signal.leak',
  case: id,
  text: `a mirror had ${id}`,
  suspect: { kind: 'recipient', list: 'distros', recipient: 'south' },
  shown: PREVIEW,
})

const corrected = (id: typeof ONE): PersonRequest => ({
  verb: 'signal.wrong',
  case: id,
  what: 'leak',
  reason: 'it was another bug',
  shown: PREVIEW,
})

describe('a recipient who is suspected in two cases', () => {
  it('is reinstated when both suspicions are corrected, even after the release is cancelled', () => {
    const scenario = prenotifiedRelease()
    both(scenario, leak(ONE))
    both(scenario, leak(TWO))
    scenario.request({ verb: 'release.cancel', case: ONE, reason: 'it was known already' })
    scenario.approve()
    expect(scenario.releaseState().is).toBe('cancelled')

    expect(both(scenario, corrected(TWO))).not.toContain('RecipientReinstated')
    expect(both(scenario, corrected(ONE))).toContain('RecipientReinstated')
  })
})

describe('attacks on a duplicate of a case whose texts are being sent', () => {
  it('do not change the approved severity in these texts', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main')
    scenario.does({ verb: 'triage', case: ONE, disposition: 'valid', severity: 'moderate' }, person(ana))
    scenario.open(TWO).plan().request({ verb: 'prenotify', case: ONE, at: DATE })
    scenario.approve()
    both(scenario, { verb: 'signal.attack', case: TWO, shown: PREVIEW })

    const events = both(scenario, { verb: 'signal.attack', case: ONE, shown: PREVIEW })
    expect(events).toContain('AttacksObserved')
    expect(events).not.toContain('SeverityRated')
    const { end } = mergeTerms(scenario.caseState(TWO), scenario.caseState(ONE), scenario.releaseState())
    scenario.does({ verb: 'triage.duplicate', case: TWO, of: ONE, end: end ?? 'none' }, person(ana))
    expect(scenario.caseState(ONE).severity).toBe('moderate')

    deliverMails(scenario, RELEASE)
    scenario.does({ verb: 'triage', case: ONE, disposition: 'valid', severity: 'high' }, person(ana))
    expect(scenario.caseState(ONE).severity).toBe('high')
  })
})
