import type { LoggedAnswer } from '../../src/index.ts'
import { later, MessageId, ReporterId, ReportId } from '../../src/index.ts'
import { ana, DAY } from '../fixtures/scenario.ts'
import { plannedRelease, DATE, ONE, MultiCaseScenario, TWO } from '../fixtures/multi-case-scenario.ts'
import { after, PREVIEW } from './states.ts'

/** Ana was removed from the second case. */
export const removeAnaFromSecond = (scenario = plannedRelease()) =>
  scenario.happens(TWO, { type: 'PersonRemoved', person: ana })
/** Ana reported the second case. */
export const attachReportByAna = (scenario = plannedRelease()) =>
  scenario.happens(TWO, {
    type: 'ReportAttached',
    report: ReportId.parse(`${TWO}/r9`),
    reporter: ReporterId.parse('rep-ana'),
    identity: { $personal: ReporterId.parse('rep-ana'), value: { address: 'ana@quillmark.example' } },
    message: MessageId.parse('mail-of-ana'),
    receivedAt: scenario.now,
    person: ana,
    answerable: false,
  })
/** A release of two cases. The first case is ready, and `how` prepares the second case. */
export const releaseWithSecond = (how: (scenario: MultiCaseScenario) => MultiCaseScenario) =>
  how(new MultiCaseScenario().ready(ONE, 'main')).plan(TWO)
export const signalSecondPublic = (scenario = plannedRelease()) =>
  after(scenario, { verb: 'signal.public', case: TWO, link: 'https://forum.example/1', shown: PREVIEW })
export const confirmSecondPublic = (from?: MultiCaseScenario) => {
  const scenario = signalSecondPublic(from)
  scenario.approve(TWO)
  return scenario
}
/** The reporter of the second case answers, and Ana logs it. */
function answeredThere(scenario: MultiCaseScenario, answer: LoggedAnswer): MultiCaseScenario {
  const message = MessageId.parse('answer-of-two')
  const report = scenario.caseState(TWO).reports[0]?.id
  if (report === undefined) throw new Error('no report')
  const from = { from: 'reporter', report, trust: 'domain-vouches', automatic: false } as const
  after(scenario.wait(DAY), { verb: 'take-in-message', case: TWO, message, ...from })
  return after(scenario, { verb: 'log-answer', case: TWO, message, answer })
}
/** The reporter of the second case proposes an end of the embargo that comes before the release. */
export const shortenSecondEmbargo = (scenario = plannedRelease()) =>
  answeredThere(scenario, { about: 'embargo-date', end: later(DATE, -DAY) })
export const continueSecondInPublic = () =>
  after(answeredThere(plannedRelease(), { about: 'open', agreed: true }), { verb: 'embargo.open', case: TWO })

/** The first case is rated low, so no notice is promised for it. The second case is rated high. */
export const differentLeadTimes = () => {
  const scenario = new MultiCaseScenario().ready(ONE, 'main', 'low').ready(TWO, '4.2').plan(TWO)
  scenario.now = later(DATE, -3 * DAY)
  return scenario
}

/** Two people ended the embargo of the second case, because details got out. */
export function leakSecond(scenario: MultiCaseScenario): MultiCaseScenario {
  after(scenario, { verb: 'signal.leak', case: TWO, text: 'a mirror had it', shown: PREVIEW }).approve(TWO)
  const end = { verb: 'embargo.end', case: TWO, reason: 'leak', text: 'it is everywhere', shown: PREVIEW } as const
  after(scenario, end).approve(TWO)
  return scenario
}
