import { MessageId, ReporterId, ReportId } from '../../src/index.ts'
import type { MailTrust } from '../../src/index.ts'
import type { RetroRequest } from '../../src/events/case/retro.ts'
import { ben, BLOB, HASH } from '../fixtures/scenario.ts'
import { ONE, MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'
import { AHEAD, BEGUN, CLOSED, LEAVING, UNDECIDED } from './common.ts'
import type { Row } from './row.ts'
import {
  acknowledgedCase,
  after,
  assignedCase,
  cem,
  internalCase,
  cancelledReleaseCase,
  logAnswer,
  receiveMail,
  twoListPolicy,
  prenotifiedCase,
  publishedCase,
  publishingCase,
  ratedCase,
  readyCase,
  receivedCase,
  PREVIEW,
  signalPublic,
  teamOfThree,
  withList,
  closedCaseWithMail,
} from './states.ts'

type Verb =
  | 'settle.channel.ok'
  | 'settle.channel.open'
  | 'advisory'
  | 'log-answer.credit'
  | 'reply'
  | 'reply.exploit'
  | 'party.forward'
  | 'people.not-reporter'
  | 'close'
  | RetroRequest['verb']

const NO_REPORT = ReportId.parse('SEC-2026-0001/r7')

const advisory = () =>
  ({ verb: 'advisory', case: ONE, component: 'the loader', impact: 'An attacker may read files.' }) as const
const reply = () => ({ verb: 'reply', case: ONE, text: BLOB, sha256: HASH }) as const
const forward = () => {
  const sent = { text: BLOB, sha256: HASH, reportIn: true, nameIn: true } as const
  return { verb: 'party.forward', case: ONE, to: 'security@vendor.example', ...sent, shown: PREVIEW } as const
}
const credit = () => ({ verb: 'log-answer.credit', case: ONE, credit: 'named', name: 'Rafi' }) as const

/** A report with Ben's address in From. */
function inBensName(trust: MailTrust = 'nothing-proven'): MultiCaseScenario {
  const scenario = new MultiCaseScenario(teamOfThree)
  scenario.does({
    verb: 'open-case',
    case: ONE,
    project: 'quillmark',
    message: MessageId.parse('mail-of-ben'),
    receivedAt: scenario.now,
    reporter: ReporterId.parse('rep-ben'),
    identity: { address: 'ben@quillmark.example' },
    person: ben,
    trust,
    automatic: false,
  })
  return scenario
}
/** A second report of the same vulnerability, also by mail. */
export const twoReports = (scenario: MultiCaseScenario): MultiCaseScenario =>
  scenario.happens(ONE, {
    type: 'ReportAttached',
    report: ReportId.parse('SEC-2026-0001/r2'),
    reporter: ReporterId.parse('rep-2'),
    identity: { $personal: ReporterId.parse('rep-2'), value: { address: 'mo@second.example' } },
    message: MessageId.parse('mail-of-mo'),
    receivedAt: scenario.now,
    answerable: true,
  })

/** The report is about another vendor's software. */
const anothers = (scenario = receivedCase()) =>
  after(scenario, {
    verb: 'triage',
    case: ONE,
    disposition: 'other-vendor',
    vendor: 'Inkwell',
    contact: 'security@inkwell.example',
    reason: 'the parser is theirs',
  })
const saidOfIt = (agreed: boolean) => logAnswer(receiveMail(anothers()), { about: 'forwarding', agreed, named: agreed })

const channel = { platform: 'slack', channel: 'C1' } as const
const withChannel = () => receivedCase().happens(ONE, { type: 'ChannelOpened', ...channel, name: 'sec-2026-0001' })
const exposed = () => withChannel().happens(ONE, { type: 'ChannelExposed', ...channel })
const archived = () => withChannel().happens(ONE, { type: 'ChannelLost', ...channel, how: 'archived' })
const beingOpened = () =>
  archived().happens(ONE, { type: 'ChannelWanted', platform: 'slack', nth: 2, instead: 'archived' })

/** More commands about a case, besides those in `main-line.ts`. */
export const CASE_WORK = {
  'settle.channel.ok': {
    given: exposed,
    asks: () => ({ verb: 'settle.channel.ok', case: ONE }),
    then: ['ChannelCleared'],
    again: { nothing: 'Nothing is held back in this case’s channels.' },
    refused: [],
    noted: [
      { when: 'nothing is held back', given: withChannel, nothing: 'Nothing is held back in this case’s channels.' },
    ],
  },
  'settle.channel.open': {
    given: archived,
    asks: () => ({ verb: 'settle.channel.open', case: ONE }),
    then: ['ChannelWanted'],
    again: { nothing: 'Another channel is being opened already.' },
    refused: [],
    noted: [
      { when: 'they are there', given: withChannel, nothing: 'None of the case’s channels is missing.' },
      { when: 'it comes already', given: beingOpened, nothing: 'Another channel is being opened already.' },
    ],
  },
  advisory: {
    given: ratedCase,
    asks: advisory,
    then: ['AdvisoryDrafted'],
    again: { nothing: 'The advisory says exactly that already.' },
    refused: [
      UNDECIDED,
      BEGUN,
      LEAVING,
      {
        asks: () => ({ verb: 'advisory', case: ONE, workaround: 'Render no templates of others.' }),
        because: 'The advisory has no component and impact yet.',
      },
    ],
  },
  'log-answer.credit': {
    given: receivedCase,
    asks: credit,
    then: ['ReporterAnswered'],
    again: { nothing: 'The reporter is credited like that already.' },
    refused: [
      BEGUN,
      AHEAD,
      { given: internalCase, because: 'Nobody reported this case, so there is nobody to credit.' },
      { given: () => twoReports(receivedCase()), because: 'The case has several reports, so name one of them.' },
      {
        asks: () => ({ ...credit(), report: NO_REPORT }),
        because: 'SEC-2026-0001/r7 is not one of the reports that you can name here.',
      },
      {
        asks: () => ({ verb: 'log-answer.credit', case: ONE, credit: 'pseudonym' }),
        because: 'A credit needs a name, unless it is anonymous.',
      },
    ],
  },
  'reply.exploit': {
    given: prenotifiedCase,
    asks: () => ({ verb: 'reply.exploit', case: ONE, to: 'recipients' }),
    then: ['ExploitShared'],
    again: { nothing: 'That is noted already.' },
    refused: [
      { given: receivedCase, because: 'No recipient holds the patches of this case.' },
      {
        asks: () => ({ verb: 'reply.exploit', case: ONE, to: { recipient: 'east' } }),
        because: 'This recipient does not hold the patches of this case.',
      },
    ],
  },
  reply: {
    given: receivedCase,
    asks: reply,
    then: ['MessageSentOut'],
    again: { nothing: 'The same text was sent to them already, and they have not answered since.' },
    refused: [
      { given: internalCase, because: 'No reporter can be reached.' },
      { given: () => twoReports(receivedCase()), because: 'The case has several reports, so name one of them.' },
      {
        asks: () => ({ ...reply(), report: NO_REPORT }),
        because: 'SEC-2026-0001/r7 is not one of the reports that you can name here.',
      },
      {
        when: 'it is for recipients, and none was told',
        asks: () => ({ ...reply(), to: 'recipients' }),
        because: 'No recipient holds the patches of this case.',
      },
      {
        given: prenotifiedCase,
        asks: () => ({ ...reply(), to: { recipient: 'east' } }),
        because: 'east does not hold the patches of this case.',
      },
      {
        when: 'it is for another vendor, and nothing was forwarded',
        asks: () => ({ ...reply(), to: { vendor: 'security@vendor.example' } }),
        because: 'Nothing was forwarded to security@vendor.example.',
      },
      {
        given: () => prenotifiedCase(twoListPolicy),
        asks: () => ({ ...reply(), to: { recipient: 'north' } }),
        because: 'north is on several lists.',
      },
      {
        given: () => {
          const scenario = prenotifiedCase()
          scenario.policy = withList({ consented: '2026-01-01' })
          return scenario
        },
        asks: () => ({ ...reply(), to: { recipient: 'north' } }),
        gate: 'plain-text',
        because: 'There is no key to encrypt to for north.',
      },
      {
        when: 'it is for a recipient whose key has expired',
        given: () => {
          const scenario = prenotifiedCase()
          const key = {
            fingerprint: 'A'.repeat(40),
            keyIds: [],
            file: '',
            expiresAt: scenario.now,
          }
          scenario.policy = {
            ...withList({ consented: '2026-01-01', plaintext: 'accepted' }),
            publicKeys: { 'security@north.example': key },
          }
          return scenario
        },
        asks: () => ({ ...reply(), to: { recipient: 'north' } }),
        gate: 'plain-text',
        because: 'The key of north has expired.',
      },
      {
        when: 'it is for recipients, and somebody says that secrecy failed',
        given: () => signalPublic(prenotifiedCase()),
        asks: () => ({ ...reply(), to: 'recipients' }),
        gate: 'frozen',
        facts: { signal: 'public' },
      },
    ],
  },
  'party.forward': {
    given: () => saidOfIt(true),
    asks: forward,
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: [
      'The text below goes to security@vendor.example in plain text. The text contains the whole original report. The text contains part of the reporter’s name or address.',
      'UNKNOWN ADDRESS: nobody has recorded it. The contact on record is security@inkwell.example. Before you say yes, check this address in the vendor’s security.txt or on the vendor’s website.',
    ],
    approved: ['ApprovalGiven', 'ReportForwarded'],
    afterwards: { nothing: 'This was forwarded to them already.' },
    refused: [
      {
        given: receivedCase,
        gate: 'fits-the-stage',
        because: 'The case was found neither valid nor about another vendor’s software.',
      },
      {
        given: anothers,
        gate: 'reporter-agrees',
        because: 'The reporter has not said that their report may be forwarded.',
      },
      {
        given: () => saidOfIt(false),
        gate: 'reporter-agrees',
        because: 'The reporter does not want their report forwarded.',
      },
      { given: () => anothers(internalCase()), because: 'Nobody reported this by mail.' },
      { given: () => twoReports(saidOfIt(true)), because: 'The case has several reports, so name one of them.' },
      {
        asks: () => ({ ...forward(), report: NO_REPORT }),
        because: 'SEC-2026-0001/r7 is not one of the reports that you can name here.',
      },
    ],
  },
  'people.not-reporter': {
    given: inBensName,
    asks: () => ({ verb: 'people.not-reporter', case: ONE, person: ben }),
    then: ['ImpersonationLogged', 'PersonInvited'],
    again: { because: 'No report of this case came in the name of Ben.' },
    second: cem,
    refused: [
      { given: receivedCase, because: 'No report of this case came in the name of Ben.' },
      { given: () => inBensName('signed-by-sender'), because: 'The checks of the mail say that Ben sent it.' },
    ],
  },
  close: {
    given: assignedCase,
    asks: () => ({ verb: 'close', case: ONE, reason: 'nobody uses it any more' }),
    then: ['EmbargoExited', 'CaseClosed'],
    again: { gate: 'case-open' },
    refused: [
      CLOSED,
      {
        when: 'it is published and closed',
        given: () => after(publishedCase(), { verb: 'close', case: ONE }),
        gate: 'case-open',
      },
      {
        given: () => receiveMail(publishedCase()),
        asks: () => ({ verb: 'close', case: ONE }),
        because: 'This case has unanswered mail. Closing the case sets that mail aside, so a reason is needed.',
      },
      {
        given: closedCaseWithMail,
        asks: () => ({ verb: 'close', case: ONE }),
        because: 'A mail came after the case was closed, and setting it aside takes a reason.',
      },
      {
        when: 'somebody said that secrecy failed, and nobody has answered',
        given: () => signalPublic(assignedCase()),
        gate: 'frozen',
        facts: { signal: 'public' },
      },
      { given: acknowledgedCase, because: 'The report is not decided yet.' },
      { given: ratedCase, because: 'The case was found valid, but is neither accepted nor deferred.' },
      {
        given: prenotifiedCase,
        because: 'Pre-notifications are out, so the release must be published or cancelled first.',
      },
      { given: publishingCase, because: 'The publication is not finished.' },
      {
        given: cancelledReleaseCase,
        asks: () => ({ verb: 'close', case: ONE }),
        because: 'Recipients have patches of this case, and must be told why it ends without a release.',
      },
      {
        asks: () => ({ verb: 'close', case: ONE }),
        because: 'Closing an accepted case that was not disclosed takes a reason.',
      },
    ],
  },
  retro: {
    given: publishedCase,
    asks: () => ({ verb: 'retro', case: ONE, rootCause: 'paths were joined as text', change: 'a path type' }),
    then: ['RetrospectiveRecorded'],
    again: { nothing: 'That is recorded already.' },
    refused: [
      {
        when: 'it is neither public nor closed',
        given: readyCase,
        gate: 'fits-the-stage',
        because: 'The case is neither public nor closed, so there is nothing to look back on yet.',
      },
    ],
  },
} satisfies { readonly [V in Verb]: Row<V> }
