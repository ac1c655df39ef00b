import type { LoggedAnswer } from '../../src/index.ts'
import { later, MessageId } from '../../src/index.ts'
import { ana, ben, DAY } from '../scenario.ts'
import { both, DATE, ONE, RELEASE as SHARED, Several, TWO } from '../several.ts'
import { after, shown } from './states.ts'

/** The other case of the release, and what became of it. */
export const removedFromTwo = (scenario: Several) => scenario.happens(TWO, { type: 'PersonRemoved', person: ana })
export function reportedByAna(): Several {
  const scenario = new Several().ready(ONE, 'main').opened(TWO, ana)
  after(scenario, { verb: 'triage', case: TWO, disposition: 'valid', severity: 'high' }, ben)
  return after(scenario.planned(), { verb: 'release-add', case: TWO, release: SHARED }, ben)
}
/** The second case is planned and has come so far and no further. */
export const withSecond = (how: (scenario: Several) => Several) => how(new Several().ready(ONE, 'main')).planned(TWO)
export const signalledThere = () =>
  after(both(), { verb: 'signal-public', case: TWO, link: 'https://forum.example/1', shown })
export const publicThere = () => {
  const scenario = signalledThere()
  scenario.approved(TWO)
  return scenario
}
/** The reporter of the second case answers, and Ana logs it. */
function answeredThere(scenario: Several, answer: LoggedAnswer): Several {
  const message = MessageId.parse('answer-of-two')
  const report = scenario.caseState(TWO).reports[0]?.id
  if (report === undefined) throw new Error('no report')
  const from = { from: 'reporter', report, trust: 'domain-vouches', automatic: false } as const
  after(scenario.wait(DAY), { verb: 'take-in-message', case: TWO, message, ...from })
  return after(scenario, { verb: 'log-answer', case: TWO, message, answer })
}
/** The reporter of the second case names an end that comes before the release. */
export const shortenedThere = () => answeredThere(both(), { about: 'embargo-date', end: later(DATE, -DAY) })
export const openThere = () =>
  after(answeredThere(both(), { about: 'open', agreed: true }), { verb: 'embargo-open', case: TWO })

/** The first is low and promises no lead, the second is high. */
export const unlikeLeads = () => {
  const scenario = new Several().ready(ONE, 'main', 'low').ready(TWO, '4.2').planned(TWO)
  scenario.now = later(DATE, -3 * DAY)
  return scenario
}
