import { describe, expect, it } from 'vitest'
import { brokenInvariants, later } from '../../../src/index.ts'
import type { PersonRequest } from '../../../src/index.ts'
import { ana, CASE, DAY, HOUR, person, RELEASE } from '../../fixtures/scenario.ts'
import {
  after,
  attackSignal,
  requestAndApprove,
  correct,
  exploitSignal,
  interim,
  publicSignal,
  leakSignal,
  openedCase,
  prenotifiedCase,
  prenotify,
  readyCase,
  PREVIEW,
  state,
  terminate,
} from '../../fixtures/secrecy.ts'

describe('a corrected signal', () => {
  it('counts as never raised; the history keeps both events', () => {
    const scenario = after(openedCase(), exploitSignal)
    expect(requestAndApprove(scenario, correct('exploit'))).toEqual(['ApprovalGiven', 'SignalCorrected'])
    expect(state(scenario).cs).toEqual({ vendorAware: expect.any(Number) })
    expect(state(scenario).signals).toMatchObject([{ what: 'exploit', is: 'corrected' }])
    expect(state(scenario).em).toMatchObject({ is: 'exited', reason: 'exploit' })
  })

  it('allows a new round of the embargo', () => {
    const scenario = after(openedCase(), publicSignal)
    const again: PersonRequest = { verb: 'embargo.until', case: CASE, end: later(scenario.now, 30 * DAY) }
    expect(scenario.refused(again, person(ana)).gate).toBe('nothing-public')
    requestAndApprove(scenario, correct('public'))
    expect(scenario.does(again, person(ana))).toEqual(['EmbargoRoundBegun', 'EmbargoProposed'])
  })

  it('does not affect another signal', () => {
    const scenario = after(after(openedCase(), exploitSignal), attackSignal)
    requestAndApprove(scenario, correct('attack'))
    expect(Object.keys(state(scenario).cs)).toEqual(['vendorAware', 'public', 'exploit'])
  })

  it('of the vulnerability leaves it public if an exploit is public, even one that was reported later', () => {
    const scenario = after(after(openedCase(), publicSignal).wait(HOUR), exploitSignal)
    requestAndApprove(scenario, correct('public'))
    expect(state(scenario).cs).toMatchObject({ public: scenario.now, exploit: scenario.now })
    expect(brokenInvariants(scenario.world)).toEqual([])
    requestAndApprove(scenario, correct('exploit'))
    expect(state(scenario).cs).toEqual({ vendorAware: expect.any(Number) })
  })

  it('opens no date that recipients were promised, though it had ended the embargo', () => {
    const scenario = after(prenotifiedCase(), attackSignal)
    requestAndApprove(scenario, terminate('attacks'))
    requestAndApprove(scenario, correct('attack'))
    const disclose: PersonRequest = { verb: 'disclose', case: CASE, shown: PREVIEW }
    expect(scenario.refused(disclose, person(ana))).toMatchObject({ gate: 'release-date' })
    // The refusal says that the release date is not reached. On that date, the same command starts the publication.
    scenario.now = RELEASE
    expect(requestAndApprove(scenario, disclose)).toContain('DisclosureStarted')
    expect(brokenInvariants(scenario.world)).toEqual([])
  })

  it('leads recipients who hold the patches to a new round, which is what can be agreed on', () => {
    const scenario = after(prenotifiedCase(), attackSignal)
    requestAndApprove(scenario, terminate('attacks'))
    requestAndApprove(scenario, correct('attack'))
    const update: PersonRequest = { verb: 'prenotify.update', case: CASE, reason: 'a link got through', shown: PREVIEW }
    expect(scenario.refused(update, person(ana))).toMatchObject({
      gate: 'embargo-active',
      liftedBy: [{ who: 'any team member', verb: 'embargo.until' }],
    })
    const again: PersonRequest = { verb: 'embargo.until', case: CASE, end: later(scenario.now, 30 * DAY) }
    expect(scenario.does(again, person(ana))).toEqual(['EmbargoRoundBegun', 'EmbargoProposed'])
  })

  it('leads who would tell recipients to a new round or to the publication, where no date was promised', () => {
    const scenario = after(readyCase(), attackSignal)
    requestAndApprove(scenario, terminate('attacks'))
    requestAndApprove(scenario, correct('attack'))
    expect(scenario.refused(prenotify, person(ana))).toMatchObject({
      gate: 'embargo-active',
      liftedBy: [{ verb: 'embargo.until' }, { verb: 'disclose' }],
    })
    expect(requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: PREVIEW })).toContain('DisclosureStarted')
  })

  it('does not undo a publication that was made while it was believed', () => {
    const scenario = after(prenotifiedCase(), attackSignal)
    requestAndApprove(scenario, terminate('attacks'))
    requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: PREVIEW })
    requestAndApprove(scenario.wait(HOUR), correct('attack'))
    expect(brokenInvariants(scenario.world)).toEqual([])
  })

  it('of a leak closes the fast path that the leak had opened', () => {
    const scenario = after(readyCase(), leakSignal())
    requestAndApprove(scenario, terminate('leak'))
    requestAndApprove(scenario, correct('leak'))
    expect(scenario.refused(interim, person(ana)).gate).toBe('secrecy-over')
  })

  it('never undoes what we published ourselves', () => {
    const scenario = after(readyCase(), attackSignal)
    requestAndApprove(scenario, interim)
    const published = scenario.now
    requestAndApprove(scenario, correct('attack'))
    expect(state(scenario).cs.public).toBe(published)
    expect(scenario.refused(correct('public'), person(ana)).gate).toBe('signal-counts')
  })
})
