import { describe, expect, it } from 'vitest'
import { instant, isoInstant } from '../../src/index.ts'
import type { PersonRequest, Instant } from '../../src/index.ts'
import { ana, CASE, person } from '../fixtures/scenario.ts'
import { after, requestAndApprove, exploitSignal, prenotifiedCase, PREVIEW, openApproval } from '../fixtures/secrecy.ts'
import { plannedRelease as twoCases, DATE, ONE } from '../fixtures/multi-case-scenario.ts'

describe('a publication before its date', () => {
  it('is refused with the time from which it may be approved, how to move it, and when a signal counts', () => {
    const disclose: PersonRequest = { verb: 'disclose', case: CASE, shown: PREVIEW }
    const ahead = {
      who: 'time',
      how: 'allows the approval from 2026-05-11T14:00:00.000Z on; the publication then begins automatically on its date',
    }
    const move = { who: 'any team member', how: 'moves the release to another date', verb: 'release.move' }
    const scenario = prenotifiedCase()
    expect(scenario.refused(disclose, person(ana)).liftedBy).toEqual([ahead, move])
    scenario.does(exploitSignal, person(ana))
    const counts = `makes the exploit count from ${isoInstant(openApproval(scenario).yesFrom)} on, if nobody says no; then the publication need not wait for the date`
    expect(scenario.refused(disclose, person(ana)).liftedBy).toEqual([{ who: 'time', how: counts }, ahead, move])
    // The commands that the refusal names are possible.
    scenario.now = instant(Date.parse('2026-05-11T14:00:00.000Z'))
    expect(scenario.does(disclose, person(ana))).toEqual(['ApprovalRequested'])
    const early = after(prenotifiedCase(), exploitSignal)
    expect(requestAndApprove(early, disclose)).toContain('DisclosureStarted')
  })
})

describe('a pre-notification of a release that already has a date', () => {
  it('tells that date; where none is named it is put in before anything is asked, and no rule is broken', () => {
    const prenotify = (at: Instant | undefined): PersonRequest => ({
      verb: 'prenotify',
      case: ONE,
      ...(at === undefined ? {} : { at }),
      shown: PREVIEW,
    })
    expect(twoCases().does(prenotify(DATE), person(ana))).toEqual(['ApprovalRequested'])
    expect(twoCases().refused(prenotify(undefined), person(ana)).gate).toBe('makes-sense')
    expect(twoCases().preview(prenotify(undefined)).releaseAt).toBe(DATE)
  })
})
