import { describe, expect, it } from 'vitest'
import { ana, person } from '../fixtures/scenario.ts'
import { plannedRelease, ONE, prenotifiedRelease } from '../fixtures/multi-case-scenario.ts'

const rate = (severity: 'critical' | 'high') => ({ verb: 'triage', case: ONE, disposition: 'valid', severity }) as const

describe('another severity', () => {
  it('is told to recipients who hold the patches, and to the reporter', () => {
    const scenario = prenotifiedRelease()
    const before = scenario.effects.length
    scenario.does(rate('critical'), person(ana))
    const holders = scenario.releaseState().prenotified.map(({ recipient }) => `recipient-rated ${recipient}`)
    expect(holders).toEqual(['recipient-rated north', 'recipient-rated south'])
    expect(scenario.mails(before)).toEqual([`update ${ONE}/r1`, ...holders])
  })

  it('is told to nobody if nobody outside was told the first severity', () => {
    const scenario = plannedRelease()
    const before = scenario.effects.length
    scenario.does(rate('critical'), person(ana))
    expect(scenario.mails(before)).toEqual([])
  })
})
