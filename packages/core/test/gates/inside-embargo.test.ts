import { describe, expect, it } from 'vitest'
import { later } from '../../src/index.ts'
import type { Instant, PersonRequest } from '../../src/index.ts'
import { changeState } from '../fixtures/clock-situations.ts'
import { ana, BLOB, CASE, OTHER_HASH, person, RELEASE, Scenario } from '../fixtures/scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }

describe('the end of an embargo', () => {
  it('is the last permitted time of a release', () => {
    const ends = (end: Instant): Scenario =>
      changeState(new Scenario().untilReady(), () => ({ em: { is: 'active', end } }))
    const on: PersonRequest = { verb: 'prenotify', case: CASE, at: RELEASE, shown }
    expect(ends(RELEASE).does(on, person(ana))).toEqual(['ApprovalRequested'])
    expect(ends(later(RELEASE, -1)).refused(on, person(ana)).gate).toBe('inside-embargo')
  })
})
