import { describe, expect, it } from 'vitest'
import { HOUR, later } from '../../../src/index.ts'
import type { PersonRequest } from '../../../src/index.ts'
import { DATE, NEXT_WEEK, ONE, PREVIEW, prenotifiedRelease, TWO } from '../../fixtures/multi-case-scenario.ts'
import { ana, OTHER_HASH, person } from '../../fixtures/scenario.ts'

const LEAK = 'North Linux cannot make it.'

type Reasoned = PersonRequest & { readonly reason?: string }

const requests = (reason: string): readonly (readonly [string, Reasoned])[] => [
  ['release.move', { verb: 'release.move', case: ONE, at: NEXT_WEEK, reason, shown: PREVIEW }],
  ['release.drop', { verb: 'release.drop', case: TWO, reason, shown: PREVIEW }],
  ['release.cancel', { verb: 'release.cancel', case: ONE, reason, shown: PREVIEW }],
  ['prenotify.update', { verb: 'prenotify.update', case: ONE, reason, shown: PREVIEW }],
]

/** Recipients have been told about both cases. Then one case got a new patch. */
const known = () => prenotifiedRelease().submitPatch(ONE, OTHER_HASH).verify(ONE)

describe('a reason that everybody who is mailed reads', () => {
  it.each(requests(LEAK))('is refused before the approval if it names a recipient: %s', (verb, request) => {
    const scenario = known()
    expect(scenario.refused(request, person(ana))).toMatchObject({
      gate: 'wording',
      because: `The reason goes into the mails, and it says "${LEAK}", which names a recipient.`,
      liftedBy: [{ who: 'you', verb }],
    })
    expect(() => scenario.preview(request)).toThrow('cannot be shown')
  })

  it.each(requests('The fix for 4.2 is late.'))('in other words is asked about: %s', (_verb, request) => {
    expect(known().does(request, person(ana))).toContain('ApprovalRequested')
  })

  it('that is only recorded may say what it wants', () => {
    const request = { verb: 'release.move', case: ONE, at: later(DATE, HOUR), reason: LEAK } as const
    expect(known().does(request, person(ana))).toEqual(['ReleaseRescheduled'])
  })
})
