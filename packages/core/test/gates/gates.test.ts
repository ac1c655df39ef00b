import { describe, expect, it } from 'vitest'
import { later, PersonId } from '../../src/index.ts'
import type { GateId, PersonRequest } from '../../src/index.ts'
import { BARS } from '../commands/bars.ts'
import { AHEAD, BEGUN, CLOSED, LEAVING, NOT_ACCEPTED, UNDECIDED, UNSEEN, WAITED_FOR } from '../commands/common.ts'
import {
  acknowledgedCase,
  requestDrop,
  observeAttacks,
  deferredCase,
  cancelledReleaseCase,
  continueInPublic,
  confirmPublic,
  patchedCase,
  POC,
  prenotifiedCase,
  publishingCase,
  ratedCase,
  readyCase,
  receivedCase,
  PREVIEW,
  signalPublic,
  soloPolicy,
  describeAttack,
  validCase,
  verifiedCase,
  withList,
  withoutLists,
} from '../commands/states.ts'
import { removeAnaFromSecond, attachReportByAna, releaseWithSecond } from '../commands/two-cases.ts'
import { ana, DAY, person, RELEASE } from '../fixtures/scenario.ts'
import { plannedRelease, DATE, ONE, MultiCaseScenario, TWO } from '../fixtures/multi-case-scenario.ts'

/** A request that a rule refuses, and a sentence that the refusal must contain. */
type Row = {
  readonly gate: GateId
  readonly given: () => MultiCaseScenario
  readonly request: PersonRequest
  readonly because: string
}

const prenotify = (at = RELEASE): PersonRequest => ({ verb: 'prenotify', case: ONE, at, shown: PREVIEW })
const BOTH = prenotify(DATE)
const plan = (days: number): PersonRequest => ({ verb: 'release.plan', case: ONE, at: later(RELEASE, days * DAY) })
const AFFECTS: PersonRequest = { verb: 'triage.affects', case: ONE, branch: 'main', affected: true }
const CONFIRM: PersonRequest = { verb: 'confirm', case: ONE, fixed: true }
const DEFER: PersonRequest = { verb: 'triage.not-now', case: ONE, reason: 'not this year' }
const DISCLOSE: PersonRequest = { verb: 'disclose', case: ONE, shown: PREVIEW }
const OPEN: PersonRequest = { verb: 'embargo.open', case: ONE }
const CVE = { verb: 'cve.reject', case: ONE, reason: 'it was given twice' } as const
const propose = (days: number): PersonRequest => ({
  verb: 'embargo.until',
  case: ONE,
  end: later(RELEASE, days * DAY),
})

/** Refusals of rules that refuse several commands. Refusals of a single command are listed with that command. */
const ROWS: readonly Row[] = [
  { ...UNSEEN, request: AFFECTS, because: 'Nobody has acknowledged the report yet.' },
  { ...UNDECIDED, request: AFFECTS, because: 'Nobody has decided whether the report is valid.' },
  { ...CLOSED, request: { verb: 'ack', case: ONE }, because: 'The case is closed.' },
  { ...NOT_ACCEPTED, request: CONFIRM, because: 'The case is valid, not accepted, and no affected branch is named.' },
  { ...BEGUN, request: DEFER, because: 'The publication has begun, so patches and texts are frozen.' },
  {
    ...WAITED_FOR,
    request: DEFER,
    because: 'Pre-notifications are out, and their recipients wait for the release.',
  },
  {
    ...AHEAD,
    request: DEFER,
    because: 'The publication is approved and begins 2026-05-12T14:00:00.000Z, so texts and patches cannot change.',
  },
  { ...LEAVING, request: AFFECTS, because: 'Approved mails are still leaving; still to be sent: 3.' },
  {
    gate: 'frozen',
    given: publishingCase,
    request: CVE,
    because: 'The publication is running, and its approved texts cannot change.',
  },
  {
    gate: 'frozen',
    given: () => signalPublic(readyCase()),
    request: prenotify(),
    because:
      'Somebody says that the vulnerability is public, and nothing is sent under embargo until somebody answers.',
  },
  {
    gate: 'frozen',
    given: () => signalPublic(acknowledgedCase()),
    request: { verb: 'triage', case: ONE, disposition: 'spam' },
    because: 'Somebody says that the vulnerability is public, and the case cannot end until somebody answers.',
  },
  {
    gate: 'frozen',
    given: () => requestDrop(prenotifiedCase()),
    request: DISCLOSE,
    because:
      'Ana asked to take SEC-2026-0001 out of its release, and nothing about this case is sent until somebody answers.',
  },
  {
    gate: 'severity-rated',
    given: validCase,
    request: { verb: 'assign-patch', case: ONE, to: ana, branches: [] },
    because: 'The severity is not rated yet.',
  },
  {
    gate: 'severity-rated',
    given: () => observeAttacks(new MultiCaseScenario().ready(ONE, 'main', 'low')),
    request: prenotify(),
    because: 'Attacks are observed, and the case is still rated low.',
  },
  {
    gate: 'fix',
    given: patchedCase,
    request: prenotify(),
    because: 'The patch for main has no verification.',
  },
  {
    gate: 'fix',
    given: () => releaseWithSecond((scenario) => scenario.assign(TWO, '4.2')),
    request: BOTH,
    because: 'SEC-2026-0002: 4.2 has no patch.',
  },
  {
    gate: 'texts-complete',
    given: verifiedCase,
    request: prenotify(),
    because: 'The advisory has no component and impact yet.',
  },
  {
    gate: 'wording',
    given: () => describeAttack(readyCase()),
    request: prenotify(),
    because: `The impact says "${POC}", which shows how to attack.`,
  },
  {
    gate: 'fits-the-stage',
    given: readyCase,
    request: { verb: 'release.cancel', case: ONE, shown: PREVIEW },
    because: 'SEC-2026-0001 is in no release.',
  },
  {
    gate: 'fits-the-stage',
    given: () => readyCase().happens(ONE, { type: 'PublicationChosen', publication: 'none', reason: 'hardening' }),
    request: DISCLOSE,
    because: 'The team decided to publish nothing about this case.',
  },
  {
    gate: 'fits-the-stage',
    given: deferredCase,
    request: propose(30),
    because: 'The case is deferred, and an embargo can be agreed on only while the case is being worked on.',
  },
  {
    gate: 'fits-the-stage',
    given: () => continueInPublic(acknowledgedCase()),
    request: propose(30),
    because:
      'The embargo ended 2026-05-04T10:00:00.000Z because the team and the reporter continued in public, and it cannot be restarted in this round.',
  },
  {
    gate: 'embargo-active',
    given: () => continueInPublic(readyCase()),
    request: prenotify(),
    because: 'No embargo is in force, so nobody could be told in confidence.',
  },
  {
    gate: 'embargo-active',
    given: () => confirmPublic(receivedCase()),
    request: OPEN,
    because: 'No embargo is in force, so there is nothing to end.',
  },
  {
    gate: 'embargo-exited',
    given: () => ratedCase().happens(ONE, { type: 'AdvisoryOpened', link: 'https://github.example/advisory' }),
    request: { verb: 'done.advisory-published', case: ONE, link: 'https://github.example/advisory' },
    because: 'The embargo is in force until 2026-08-02T09:00:00.000Z.',
  },
  {
    gate: 'embargo-cap',
    given: receivedCase,
    request: propose(150),
    because:
      '2026-10-09T14:00:00.000Z is after 2026-09-01T23:59:00.000Z, the latest end that the reporter and the team can agree on without admins.',
  },
  {
    gate: 'nothing-public',
    given: () => confirmPublic(readyCase()),
    request: prenotify(),
    because: 'The vulnerability is public already.',
  },
  {
    gate: 'nothing-public',
    given: () => confirmPublic(receivedCase()),
    request: propose(30),
    because: 'The vulnerability is public, so there is no embargo to agree on.',
  },
  {
    gate: 'one-live-release',
    given: plannedRelease,
    request: { ...plan(14) },
    because: 'SEC-2026-0001 is in release REL-SEC-2026-05-19 already.',
  },
  {
    gate: 'one-live-release',
    given: cancelledReleaseCase,
    request: OPEN,
    because: 'Recipients have patches of this case under this embargo.',
  },
  { gate: 'date-ahead', given: readyCase, request: plan(-9), because: '2026-05-03T14:00:00.000Z is past.' },
  {
    gate: 'inside-embargo',
    given: readyCase,
    request: plan(112),
    because: '2026-09-01T14:00:00.000Z is after the embargo’s end, 2026-08-02T09:00:00.000Z.',
  },
  {
    gate: 'notice',
    given: readyCase,
    request: plan(-6),
    because: 'The list is promised 7 days of notice, and 2026-05-06T14:00:00.000Z is 2 days away.',
  },
  {
    gate: 'hours',
    given: readyCase,
    request: plan(4),
    because: 'Releases come on Tuesday, Wednesday and Thursday, from 14:00 to 16:00 UTC.',
  },
  {
    gate: 'reaches-the-public',
    given: () => readyCase(withoutLists()),
    request: DISCLOSE,
    because: 'The project has no list to announce on, so nothing would become public.',
  },
  {
    gate: 'recipient-consent',
    given: () => readyCase(withList({ plaintext: 'accepted' })),
    request: prenotify(),
    because: 'north never agreed to the terms of the list.',
  },
  {
    gate: 'plain-text',
    given: () => readyCase(withList({ consented: '2026-01-01' })),
    request: prenotify(),
    because: 'north has no key to encrypt to.',
  },
  {
    gate: 'plain-text',
    given: () => readyCase(withList({ consented: '2026-01-01' }, 'linux-distros')),
    request: prenotify(),
    because: 'north has no key, and linux-distros takes only encrypted mail.',
  },
  {
    gate: 'on-the-case',
    given: () => acknowledgedCase(soloPolicy),
    request: { verb: 'people.remove', case: ONE, person: ana },
    because: 'No team member who can work on this case would be left.',
  },
  {
    gate: 'on-the-case',
    given: () => removeAnaFromSecond(),
    request: BOTH,
    because: 'SEC-2026-0002: You are not on this case.',
  },
  {
    gate: 'not-the-reporter',
    given: () => attachReportByAna(),
    request: BOTH,
    because: 'SEC-2026-0002: You reported this vulnerability, so you can neither act nor approve in its case.',
  },
]

describe('gates', () => {
  it.each(ROWS)('$gate refuses $request.verb: $because', ({ gate, given, request, because }) => {
    expect(given().refused(request, person(ana))).toMatchObject({ gate, because })
  })

  const ACK: PersonRequest = { verb: 'ack', case: ONE }
  it.each([
    [
      'an account that belongs to nobody',
      'Your account on terminal belongs to no person that Embargo knows, so it cannot run commands.',
    ],
    ['an observer', 'Cem is observer; this command requires admin or team.'],
    ['the reporter', 'You reported this vulnerability, so you can neither act nor approve in its case.'],
    [
      'a person with a conflict of interest',
      'A conflict of interest is declared for you in this case, so you cannot act or approve in it.',
    ],
    ['a person who was removed from the case', 'You are not on this case.'],
  ])('refuse %s', (when, because) => {
    const scenario = receivedCase()
    const actor = BARS.find((bar) => bar.when === when)?.bars(scenario, ACK, ana) ?? person(PersonId.parse('nobody'))
    expect(scenario.refused(ACK, actor).because).toBe(because)
  })
})
