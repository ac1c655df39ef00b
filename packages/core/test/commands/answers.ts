import { later, MessageId, ReportId } from '../../src/index.ts'
import { ana, ben, DAY, START } from '../fixtures/scenario.ts'
import { ONE, TWO } from '../fixtures/multi-case-scenario.ts'
import { AHEAD } from './common.ts'
import type { Row } from './row.ts'
import {
  after,
  earlyApprovedCase,
  assignedCase,
  continueInPublic,
  confirmPublic,
  lastMail,
  receiveMail,
  patchedCase,
  patchOf,
  publishingCase,
  ratedCase,
  logAnswer,
  mergedCase,
} from './states.ts'

/** The first case was merged into the second case, and then split off again. */
const wentHome = () =>
  after(mergedCase(), {
    verb: 'open.report',
    case: TWO,
    report: ReportId.parse(`${TWO}/r2`),
    project: 'quillmark',
    reason: 'another bug',
  })

/** The commands that log what a person reads in a reporter's mail. */
export const ANSWERS = {
  'log-answer': {
    given: () => receiveMail(patchedCase()),
    asks: (scenario) => ({
      verb: 'log-answer',
      case: ONE,
      message: lastMail(scenario),
      answer: { about: 'verification', fixed: true },
    }),
    then: ['ReporterAnswered', 'FixVerified', 'FixReady'],
    again: { nothing: 'That is logged for this mail already.' },
    refused: [
      {
        when: 'the publication has begun and it is about the credit',
        given: () => receiveMail(publishingCase()),
        asks: (scenario) => ({
          verb: 'log-answer',
          case: ONE,
          message: lastMail(scenario),
          answer: { about: 'credit', credit: 'anonymous' },
        }),
        gate: 'publication-not-begun',
      },
      {
        ...AHEAD,
        when: 'the publication is approved ahead and it is about the credit',
        given: () => receiveMail(earlyApprovedCase()),
        asks: (scenario) => ({
          verb: 'log-answer',
          case: ONE,
          message: lastMail(scenario),
          answer: { about: 'credit', credit: 'anonymous' },
        }),
      },
      {
        asks: () => ({
          verb: 'log-answer',
          case: ONE,
          message: MessageId.parse('none'),
          answer: { about: 'consent', agreed: true },
        }),
        because: 'That mail is not in this case.',
      },
      {
        given: () => receiveMail(patchedCase(), 'unverified'),
        because: 'That mail is not from the reporter, or nothing proves that it is.',
      },
      {
        given: () => receiveMail(patchedCase(), 'reporter', { trust: 'domain-vouches', automatic: true }),
        because: 'A program wrote that mail, so it is no answer.',
      },
      {
        given: () => receiveMail(patchedCase(), 'reporter', { trust: 'failed', automatic: false }),
        because: 'The checks of that mail contradict its stated sender, so it does not count as an answer.',
      },
      {
        given: wentHome,
        asks: () => ({
          verb: 'log-answer',
          case: TWO,
          message: MessageId.parse(`mail-${ONE}`),
          answer: { about: 'consent', agreed: true },
        }),
        because: 'That mail belongs to no report of this case.',
      },
      {
        given: () => receiveMail(ratedCase()),
        because: 'No branch is named as affected, so no patch waits for the reporter’s verification.',
      },
      {
        when: 'they wrote the patch',
        asks: (scenario) => ({
          verb: 'log-answer',
          case: ONE,
          message: lastMail(scenario),
          answer: { about: 'verification', fixed: true },
        }),
        by: ben,
        gate: 'verifier-is-not-author',
        because: 'You wrote or submitted this patch, so somebody else must log the reporter’s answer about it.',
      },
      {
        when: 'they attached the patch in another’s name',
        given: () => receiveMail(after(assignedCase(), { ...patchOf(), author: { kind: 'person', person: ana } }, ben)),
        by: ben,
        gate: 'verifier-is-not-author',
        because: 'You wrote or submitted this patch, so somebody else must log the reporter’s answer about it.',
      },
      {
        given: () => {
          const scenario = receiveMail(assignedCase())
          return after(scenario.wait(DAY), patchOf(), ben)
        },
        because: 'That mail came before the patch was sent to the reporter.',
      },
      {
        asks: (scenario) => ({
          verb: 'log-answer',
          case: ONE,
          message: lastMail(scenario),
          answer: { about: 'embargo-date', end: later(scenario.now, -DAY) },
        }),
        because: '2026-05-03T10:00:00.000Z is past.',
      },
      {
        when: 'it is a date for a secret that is out',
        given: () => receiveMail(confirmPublic(patchedCase())),
        asks: (scenario) => ({
          verb: 'log-answer',
          case: ONE,
          message: lastMail(scenario),
          answer: { about: 'embargo-date', end: later(scenario.now, DAY) },
        }),
        gate: 'nothing-public',
      },
      {
        when: 'it is a date for an embargo that is over',
        given: () => receiveMail(continueInPublic(patchedCase())),
        asks: (scenario) => ({
          verb: 'log-answer',
          case: ONE,
          message: lastMail(scenario),
          answer: { about: 'embargo-date', end: later(scenario.now, DAY) },
        }),
        gate: 'fits-the-stage',
        facts: { reason: 'opened' },
      },
      {
        given: () => {
          const scenario = patchedCase()
          after(scenario, { verb: 'embargo.until', case: ONE, end: later(scenario.now, 2 * DAY) })
          return receiveMail(scenario).wait(3 * DAY)
        },
        asks: (scenario) => ({
          verb: 'log-answer',
          case: ONE,
          message: lastMail(scenario),
          answer: { about: 'consent', agreed: true },
        }),
        because: 'The proposed end, 2026-05-06T09:00:00.000Z, is past.',
      },
    ],
    noted: [
      {
        when: 'the reporter names a date that waits already',
        given: () =>
          receiveMail(logAnswer(receiveMail(patchedCase()), { about: 'embargo-date', end: later(START, 100 * DAY) })),
        asks: (scenario) => ({
          verb: 'log-answer',
          case: ONE,
          message: lastMail(scenario),
          answer: { about: 'embargo-date', end: later(START, 100 * DAY) },
        }),
        nothing: 'This date is logged already.',
      },
    ],
  },
} satisfies { readonly [V in 'log-answer']: Row<V> }
