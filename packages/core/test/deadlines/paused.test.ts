import { describe, expect, it } from 'vitest'
import {
  acknowledgedCase,
  attackedCase,
  replaceState,
  CVE,
  scenarioWithCve,
  changeState,
  namesOf,
  changeRecipients,
  changeRelease,
  openedCase,
  publishedCase,
  ratedCase,
  scenarioOf,
  prenotifiedCase,
  withIds,
  withoutLists,
} from '../fixtures/clock-situations.ts'
import { ana, RELEASE, START } from '../fixtures/scenario.ts'
import type { Scenario } from '../fixtures/scenario.ts'

const RESTS: readonly (readonly [string, string, () => Scenario])[] = [
  ['acknowledge', 'somebody acknowledged', () => acknowledgedCase()],
  ['acknowledge', 'it is closed as spam', () => changeState(openedCase(), () => ({ rm: 'invalid' }))],
  ['offer-owner', 'somebody owns it', () => acknowledgedCase()],
  ['offer-owner', 'it was found to be nothing', () => changeState(openedCase(), () => ({ rm: 'invalid' }))],
  ['offer-owner', 'it is deferred', () => changeState(openedCase(), () => ({ rm: 'deferred' }))],
  ['decide-validity', 'nobody acknowledged', () => openedCase()],
  ['decide-validity', 'it is decided', () => ratedCase('high')],
  ['update-reporter', 'the receipt is all so far', () => openedCase()],
  ['update-reporter', 'it was found to be nothing', () => changeState(acknowledgedCase(), () => ({ rm: 'invalid' }))],
  [
    'update-reporter',
    'nobody can be reached',
    () =>
      changeState(acknowledgedCase(), ({ reports }) => ({
        reports: reports.map((one) => ({ ...one, answerable: false })),
      })),
  ],
  ['update-reporter', 'it is published', () => changeRelease(prenotifiedCase(), { is: 'released' })],
  ['stale', 'nobody acknowledged', () => openedCase()],
  [
    'stale',
    'it waits for somebody',
    () => changeState(ratedCase('high'), () => ({ waiting: { party: 'the upstream', since: START } })),
  ],
  ['stale', 'it was found to be nothing', () => changeState(ratedCase('high'), () => ({ rm: 'invalid' }))],
  ['stale', 'it is deferred', () => changeState(ratedCase('high'), () => ({ rm: 'deferred' }))],
  ['stale', 'it waits for its date', () => prenotifiedCase()],
  ['stale', 'it is published', () => changeRelease(prenotifiedCase(), { is: 'released' })],
  ['fix-ready', 'it is not decided', () => acknowledgedCase()],
  ['fix-ready', 'the fix is ready', () => scenarioOf().untilReady()],
  ['fix-ready', 'it ends in nothing', () => changeState(ratedCase('high'), () => ({ publication: 'none' }))],
  [
    'fix-ready',
    'it is published without a fix',
    () =>
      changeState(changeRelease(prenotifiedCase(), { is: 'released' }), ({ cs: { fixReady: _ready, ...cs } }) => ({
        cs,
      })),
  ],
  ['fix-ready', 'it is deferred', () => changeState(ratedCase('high'), () => ({ rm: 'deferred' }))],
  [
    'reporter-verification/main',
    'nobody can be reached',
    () =>
      changeState(scenarioOf().untilPatch(), ({ reports }) => ({
        reports: reports.map((one) => ({ ...one, answerable: false })),
      })),
  ],
  [
    'reporter-verification/main',
    'the branch was waived',
    () =>
      changeState(scenarioOf().untilPatch(), ({ branches }) => ({
        branches: branches.map((one) => ({
          ...one,
          waived: { kind: 'not-fixed' as const, reason: 'too old', by: ana, at: START },
        })),
      })),
  ],
  ['reporter-verification/main', 'it is verified', () => scenarioOf().untilReady()],
  [
    'reporter-verification/main',
    'the mail that asks did not arrive',
    () =>
      changeState(scenarioOf().untilPatch(), ({ branches }) => ({
        branches: branches.map((one) =>
          one.fix?.is === 'submitted' && one.fix.verification?.of === 'reporter'
            ? { ...one, fix: { ...one.fix, verification: { ...one.fix.verification, undelivered: true } } }
            : one,
        ),
      })),
  ],
  ['prenotify', 'nothing is accepted', () => ratedCase('high')],
  [
    'prenotify',
    'it is public',
    () => changeState(scenarioOf().untilReady(), ({ cs }) => ({ cs: { ...cs, public: START } })),
  ],
  ['prenotify', 'the recipients know', () => prenotifiedCase()],
  ['prenotify', 'it is published', () => changeRelease(prenotifiedCase(), { is: 'released' })],
  [
    'prenotify',
    'nobody is told ahead',
    () => changeState(withoutLists(scenarioOf().untilReady()), () => ({ severity: 'low' })),
  ],
  [
    'prenotify',
    'there is no date and no embargo to aim at',
    () => changeState(scenarioOf().untilReady(), () => ({ em: { is: 'none' } })),
  ],
  ['acknowledge-prenotification', 'the pre-notification has not left', () => scenarioOf().untilPrenotified(RELEASE)],
  ['acknowledge-prenotification', 'everybody has it', () => changeRecipients({ sentAt: START, acknowledgedAt: START })],
  [
    'acknowledge-prenotification',
    'who is silent is suspended',
    () => changeRecipients({ sentAt: START, suspendedAt: START }),
  ],
  ['acknowledge-prenotification', 'it is published', () => changeRelease(prenotifiedCase(), { is: 'released' })],
  ['release', 'there is no date', () => scenarioOf().untilReady()],
  ['release', 'it was called off', () => changeRelease(prenotifiedCase(), { is: 'cancelled' })],
  ['release', 'it is published', () => changeRelease(prenotifiedCase(), { is: 'released' })],
  ['needs-info', 'nothing was asked', () => acknowledgedCase()],
  ['waiting-on-party', 'it waits for nobody', () => acknowledgedCase()],
  ['request-cve', 'the project uses no ids', () => scenarioOf().untilReady()],
  [
    'request-cve',
    'it is only hardened',
    () => changeState(scenarioWithCve('form').untilReady(), () => ({ disposition: 'defense-in-depth' })),
  ],
  [
    'request-cve',
    'it is deferred',
    () => changeState(scenarioWithCve('form').untilReady(), () => ({ rm: 'deferred' })),
  ],
  [
    'request-cve',
    'there is no date and no embargo to aim at',
    () => changeState(scenarioWithCve('form').untilReady(), () => ({ em: { is: 'none' } })),
  ],
  [
    'request-cve',
    'one was asked for',
    () => changeState(scenarioWithCve('form').untilReady(), () => ({ cve: { requestedAt: START } })),
  ],
  [
    'request-cve',
    'the publication has begun',
    () => changeState(withIds(changeRelease(prenotifiedCase(), { startedAt: START })), () => ({})),
  ],
  [
    'publish-cve',
    'the team said that it gets no id',
    () => changeState(publishedCase('own'), () => ({ withoutCve: true })),
  ],
  [
    'publish-cve',
    'it is only hardened',
    () => changeState(publishedCase('own'), () => ({ disposition: 'defense-in-depth' })),
  ],
  [
    'publish-cve',
    'it is withdrawn',
    () =>
      changeState(publishedCase('own'), () => ({
        corrections: [{ at: START, reason: 'No.', parts: [], withdrawn: true }],
      })),
  ],
  ['publish-cve', 'its record is out', () => publishedCase('own', { requestedAt: START, id: CVE, publishedAt: START })],
  [
    'publish-cve',
    'we have published nothing',
    () =>
      replaceState(publishedCase('own', { requestedAt: START, id: CVE }), ({ publishedAt: _at, ...state }) => state),
  ],
  ['retrospective', 'it is not public', () => scenarioOf().untilReady()],
  ['cra-early-warning', 'nothing was attacked', () => scenarioOf('organisation').untilReady()],
  [
    'cra-early-warning',
    'it was sent',
    () => attackedCase({ duties: { 'cra-early-warning': { at: START, evidence: 'https://srp.example/1' } } }),
  ],
  ['cra-final', 'we have published nothing', () => attackedCase()],
  ['consent-silence', 'nothing is proposed', () => ratedCase('high')],
  ['embargo-end', 'there is no embargo', () => changeState(openedCase(), () => ({ em: { is: 'none' } }))],
]

describe('a clock does not run', () => {
  it.each(RESTS)('%s: %s', (name, _situation, given) => {
    expect(namesOf(given())).not.toContain(name)
  })
})
