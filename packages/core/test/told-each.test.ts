import { describe, expect, it } from 'vitest'
import { rated } from './commands/states.ts'
import { twoReports } from './commands/the-case.ts'
import { ana, ben, DAY, HOUR, person } from './scenario.ts'
import { ONE } from './several.ts'

describe('how far a case is', () => {
  const all = { verb: 'update', case: ONE } as const

  it('is told to each reporter once, and to nobody in the place of another', () => {
    const scenario = twoReports(rated()).wait(2 * DAY)
    const first = { ...all, report: scenario.reportId }
    expect(scenario.does(first, person(ana))).toEqual(['ReporterUpdated'])
    scenario.wait(HOUR)
    expect(scenario.does(all, person(ben))).toEqual(['ReporterUpdated'])
    expect(scenario.mails().filter((mail) => mail.startsWith('update'))).toEqual([
      'update SEC-2026-0001/r1',
      'update SEC-2026-0001/r2',
    ])
    expect(scenario.does(all, person(ana))).toEqual([])
    expect(scenario.does(first, person(ana))).toEqual([])
  })

  it('is told again once something happened', () => {
    const scenario = twoReports(rated()).wait(2 * DAY)
    scenario.does(all, person(ana))
    scenario.does({ verb: 'wait', case: ONE, party: 'the maintainers of the parser' }, person(ana))
    expect(scenario.does(all, person(ana))).toEqual(['ReporterUpdated', 'ReporterUpdated'])
  })
})
