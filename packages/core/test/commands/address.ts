import { MessageId, ReportId } from '../../src/index.ts'
import type { SystemRequest } from '../../src/index.ts'
import type { IntakeRequest } from '../../src/events/case/intake.ts'
import { ONE } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'
import type { Row } from './row.ts'
import { after, internalCase, lastMail, receiveMail, receivedCase, PREVIEW, teamOfThree } from './states.ts'
import { twoReports } from './case-work.ts'

const ADDRESS = 'rafi@elsewhere.example'

/** The reporter sent a mail from an address that the case does not know. */
const written = () => receiveMail(receivedCase(teamOfThree), 'unverified')
const asks = (scenario: MultiCaseScenario, address = ADDRESS) =>
  ({ verb: 'log-answer.address', case: ONE, message: lastMail(scenario), address, shown: PREVIEW }) as const
type MailDetails = Pick<
  Extract<SystemRequest, { verb: 'take-in-message' }>,
  'from' | 'automatic' | 'recipient' | 'vendor'
>

const taken = (given: MultiCaseScenario, more: MailDetails): MultiCaseScenario =>
  after(given, {
    verb: 'take-in-message',
    case: ONE,
    message: MessageId.parse('mail-of-another'),
    trust: 'nothing-proven',
    ...more,
  })
const erased = () => {
  const scenario = written()
  const state = scenario.caseState(ONE)
  const reports = state.reports.map((report) => ({ ...report, identity: { ...report.identity, value: null } }))
  scenario.states.set(ONE, { ...state, reports })
  return scenario
}

/** The commands about a reporter's address. */
export const ADDRESSES = {
  'log-answer.address': {
    given: written,
    asks: (scenario) => asks(scenario),
    then: ['ReporterAddressNamed', 'ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: [
      'Mails to the reporter go to the address that mail 2 came from, and no longer to the earlier address. Both addresses get a mail about this.',
      'The domain of that address confirms the sender, but not that the sender is the reporter.',
    ],
    approved: ['ApprovalGiven', 'ReporterAddressSet'],
    afterwards: { nothing: 'Mails to the reporter go to that address already.' },
    refused: [
      {
        asks: (scenario) => ({ ...asks(scenario), report: ReportId.parse('SEC-2026-0009/r1') }),
        gate: 'address-of-theirs',
        because: 'SEC-2026-0009/r1 is not in this case.',
      },
      {
        given: erased,
        gate: 'address-of-theirs',
        because: 'The reporter’s data was erased, address included, and cannot be restored.',
      },
      {
        asks: (scenario) => asks(scenario, 'ben@quillmark.example'),
        gate: 'address-of-theirs',
        because: 'That address belongs to Ben.',
      },
      {
        asks: (scenario) => asks(scenario, 'Security@quillmark.example'),
        gate: 'address-of-theirs',
        because: 'That is the address that takes reports for Quillmark.',
      },
      {
        asks: (scenario) => ({ ...asks(scenario), message: MessageId.parse('mail-9') }),
        because: 'The case has no such mail.',
      },
      {
        given: () => taken(receivedCase(teamOfThree), { from: 'team', automatic: false }),
        because: 'That mail is from the team.',
      },
      {
        given: () =>
          taken(receivedCase(teamOfThree), {
            from: 'unverified',
            automatic: false,
            recipient: { list: 'distros', recipient: 'north' },
          }),
        because: 'That mail came to the reply address of north, a recipient, and not to that of a reporter.',
      },
      {
        given: () =>
          taken(receivedCase(teamOfThree), { from: 'vendor', automatic: false, vendor: 'security@vendor.example' }),
        because:
          'That mail came to the reply address of security@vendor.example, another vendor, and not to that of a reporter.',
      },
      {
        given: () => taken(receivedCase(teamOfThree), { from: 'unverified', automatic: true }),
        because: 'A program wrote that mail.',
      },
      { given: () => receiveMail(internalCase(teamOfThree), 'unverified'), because: 'Nobody reported this by mail.' },
      {
        given: () => receiveMail(twoReports(receivedCase(teamOfThree)), 'unverified'),
        because: 'The case has several reports, so name one of them.',
      },
      {
        asks: (scenario) => ({ verb: 'log-answer.address', case: ONE, message: lastMail(scenario), shown: PREVIEW }),
        because: 'That mail cannot be read, so nobody knows where it came from.',
      },
    ],
    noted: [
      {
        when: 'it is where they wrote from first',
        asks: (scenario) => asks(scenario, 'Rafi@reporter.example'),
        nothing: 'Mails to the reporter go to that address already.',
      },
    ],
  },
} satisfies { readonly [V in Extract<IntakeRequest, { verb: 'log-answer.address' }>['verb']]: Row<V> }
