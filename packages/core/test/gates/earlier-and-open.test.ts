import { describe, expect, it } from 'vitest'
import { mergeTerms } from '../../src/index.ts'
import type { CaseId, PersonRequest } from '../../src/index.ts'
import { ana, person } from '../fixtures/scenario.ts'
import { ONE, MultiCaseScenario, TWO } from '../fixtures/multi-case-scenario.ts'

describe('two reports of the same instant', () => {
  it('are ordered by their numbers', () => {
    const scenario = new MultiCaseScenario().open(ONE).open(TWO)
    const merge = (id: CaseId, of: CaseId): PersonRequest => ({
      verb: 'triage.duplicate',
      case: id,
      of,
      end: mergeTerms(scenario.caseState(id), scenario.caseState(of), undefined).end ?? 'none',
    })
    expect(scenario.refused(merge(ONE, TWO), person(ana)).gate).toBe('earlier-and-open')
    expect(scenario.does(merge(TWO, ONE), person(ana))).toContain('CasesMerged')
  })
})
