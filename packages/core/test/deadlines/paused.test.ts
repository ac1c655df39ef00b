import { describe, expect, it } from 'vitest'
import {
  acknowledged,
  attacked,
  changed,
  CVE,
  idsBy,
  lay,
  namesOf,
  onRecipients,
  onRelease,
  opened,
  published,
  rated,
  scenarioOf,
  told,
  withIds,
  withoutLists,
} from '../fixtures/clock-situations.ts'
import { ana, RELEASE, START } from '../fixtures/scenario.ts'
import type { Scenario } from '../fixtures/scenario.ts'

const RESTS: readonly (readonly [string, string, () => Scenario])[] = [
  ['acknowledge', 'somebody acknowledged', () => acknowledged()],
  ['acknowledge', 'it is closed as spam', () => lay(opened(), () => ({ rm: 'invalid' }))],
  ['offer-owner', 'somebody owns it', () => acknowledged()],
  ['offer-owner', 'it was found to be nothing', () => lay(opened(), () => ({ rm: 'invalid' }))],
  ['offer-owner', 'it is deferred', () => lay(opened(), () => ({ rm: 'deferred' }))],
  ['decide-validity', 'nobody acknowledged', () => opened()],
  ['decide-validity', 'it is decided', () => rated('high')],
  ['update-reporter', 'the receipt is all so far', () => opened()],
  ['update-reporter', 'it was found to be nothing', () => lay(acknowledged(), () => ({ rm: 'invalid' }))],
  [
    'update-reporter',
    'nobody can be reached',
    () => lay(acknowledged(), ({ reports }) => ({ reports: reports.map((one) => ({ ...one, answerable: false })) })),
  ],
  ['update-reporter', 'it is published', () => onRelease(told(), { is: 'released' })],
  ['stale', 'nobody acknowledged', () => opened()],
  [
    'stale',
    'it waits for somebody',
    () => lay(rated('high'), () => ({ waiting: { party: 'the upstream', since: START } })),
  ],
  ['stale', 'it was found to be nothing', () => lay(rated('high'), () => ({ rm: 'invalid' }))],
  ['stale', 'it is deferred', () => lay(rated('high'), () => ({ rm: 'deferred' }))],
  ['stale', 'it waits for its date', () => told()],
  ['stale', 'it is published', () => onRelease(told(), { is: 'released' })],
  ['fix-ready', 'it is not decided', () => acknowledged()],
  ['fix-ready', 'the fix is ready', () => scenarioOf().untilReady()],
  ['fix-ready', 'it ends in nothing', () => lay(rated('high'), () => ({ publication: 'none' }))],
  [
    'fix-ready',
    'it is published without a fix',
    () => lay(onRelease(told(), { is: 'released' }), ({ cs: { fixReady: _ready, ...cs } }) => ({ cs })),
  ],
  ['fix-ready', 'it is deferred', () => lay(rated('high'), () => ({ rm: 'deferred' }))],
  [
    'reporter-verification/main',
    'nobody can be reached',
    () =>
      lay(scenarioOf().untilPatch(), ({ reports }) => ({
        reports: reports.map((one) => ({ ...one, answerable: false })),
      })),
  ],
  [
    'reporter-verification/main',
    'the branch was waived',
    () =>
      lay(scenarioOf().untilPatch(), ({ branches }) => ({
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
      lay(scenarioOf().untilPatch(), ({ branches }) => ({
        branches: branches.map((one) =>
          one.fix?.is === 'submitted' && one.fix.verification?.of === 'reporter'
            ? { ...one, fix: { ...one.fix, verification: { ...one.fix.verification, undelivered: true } } }
            : one,
        ),
      })),
  ],
  ['prenotify', 'nothing is accepted', () => rated('high')],
  ['prenotify', 'it is public', () => lay(scenarioOf().untilReady(), ({ cs }) => ({ cs: { ...cs, public: START } }))],
  ['prenotify', 'the recipients know', () => told()],
  ['prenotify', 'it is published', () => onRelease(told(), { is: 'released' })],
  [
    'prenotify',
    'nobody is told ahead',
    () => lay(withoutLists(scenarioOf().untilReady()), () => ({ severity: 'low' })),
  ],
  [
    'prenotify',
    'there is no date and no embargo to aim at',
    () => lay(scenarioOf().untilReady(), () => ({ em: { is: 'none' } })),
  ],
  ['acknowledge-prenotification', 'the pre-notification has not left', () => scenarioOf().untilPrenotified(RELEASE)],
  ['acknowledge-prenotification', 'everybody has it', () => onRecipients({ sentAt: START, acknowledgedAt: START })],
  [
    'acknowledge-prenotification',
    'who is silent is suspended',
    () => onRecipients({ sentAt: START, suspendedAt: START }),
  ],
  ['acknowledge-prenotification', 'it is published', () => onRelease(told(), { is: 'released' })],
  ['release', 'there is no date', () => scenarioOf().untilReady()],
  ['release', 'it was called off', () => onRelease(told(), { is: 'cancelled' })],
  ['release', 'it is published', () => onRelease(told(), { is: 'released' })],
  ['needs-info', 'nothing was asked', () => acknowledged()],
  ['waiting-on-party', 'it waits for nobody', () => acknowledged()],
  ['request-cve', 'the project uses no ids', () => scenarioOf().untilReady()],
  [
    'request-cve',
    'it is only hardened',
    () => lay(idsBy('form').untilReady(), () => ({ disposition: 'defense-in-depth' })),
  ],
  ['request-cve', 'it is deferred', () => lay(idsBy('form').untilReady(), () => ({ rm: 'deferred' }))],
  [
    'request-cve',
    'there is no date and no embargo to aim at',
    () => lay(idsBy('form').untilReady(), () => ({ em: { is: 'none' } })),
  ],
  ['request-cve', 'one was asked for', () => lay(idsBy('form').untilReady(), () => ({ cve: { requestedAt: START } }))],
  ['request-cve', 'the publication has begun', () => lay(withIds(onRelease(told(), { startedAt: START })), () => ({}))],
  ['publish-cve', 'the team said that it gets no id', () => lay(published('own'), () => ({ withoutCve: true }))],
  ['publish-cve', 'it is only hardened', () => lay(published('own'), () => ({ disposition: 'defense-in-depth' }))],
  [
    'publish-cve',
    'it is withdrawn',
    () => lay(published('own'), () => ({ corrections: [{ at: START, reason: 'No.', parts: [], withdrawn: true }] })),
  ],
  ['publish-cve', 'its record is out', () => published('own', { requestedAt: START, id: CVE, publishedAt: START })],
  [
    'publish-cve',
    'we have published nothing',
    () => changed(published('own', { requestedAt: START, id: CVE }), ({ publishedAt: _at, ...state }) => state),
  ],
  ['retrospective', 'it is not public', () => scenarioOf().untilReady()],
  ['cra-early-warning', 'nothing was attacked', () => scenarioOf('organisation').untilReady()],
  [
    'cra-early-warning',
    'it was sent',
    () => attacked({ duties: { 'cra-early-warning': { at: START, evidence: 'https://srp.example/1' } } }),
  ],
  ['cra-final', 'we have published nothing', () => attacked()],
  ['consent-silence', 'nothing is proposed', () => rated('high')],
  ['embargo-end', 'there is no embargo', () => lay(opened(), () => ({ em: { is: 'none' } }))],
]

describe('a clock does not run', () => {
  it.each(RESTS)('%s: %s', (name, _situation, given) => {
    expect(namesOf(given())).not.toContain(name)
  })
})
