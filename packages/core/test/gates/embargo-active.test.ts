import { describe, expect, it } from 'vitest'
import { DAY, later } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { changeState } from '../fixtures/clock-situations.ts'
import { ana, BLOB, CASE, OTHER_HASH, person, RELEASE, Scenario } from '../fixtures/scenario.ts'

const PRENOTIFY: PersonRequest = {
  verb: 'prenotify',
  case: CASE,
  at: RELEASE,
  shown: { digest: OTHER_HASH, blob: BLOB },
}

const waysWith = (by: 'team' | 'reporter' | undefined) =>
  changeState(new Scenario().untilReady(), () => ({
    em:
      by === undefined
        ? { is: 'none' }
        : { is: 'proposed', proposal: 'p1', by, proposedAt: RELEASE, end: later(RELEASE, DAY) },
  }))
    .refused(PRENOTIFY, person(ana))
    .liftedBy.map(({ who, how, verb }) => [who, how, verb])

describe('a pre-notification without an embargo', () => {
  it('needs a proposal first', () => {
    expect(waysWith(undefined)).toContainEqual([
      'any team member',
      'proposes an embargo, and the other side agrees',
      'embargo.until',
    ])
  })

  it('needs the agreement of the side that did not propose the end date', () => {
    expect(waysWith('team')).toContainEqual(['the reporter', 'agrees to the embargo that the team proposes', undefined])
    expect(waysWith('reporter')).toContainEqual([
      'any team member',
      'accepts the embargo that the reporter proposes',
      'embargo.accept',
    ])
  })
})
